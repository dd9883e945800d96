/** Owns proof that the app asks once, goes on without a window where that can be undone, ends in order, and in time. */

import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../../main/desktop/activity.ts';
import type { CloseAnswer, CloseQuestion } from '../../../../main/desktop/close-question.ts';
import { LEAVE_DEADLINE_MS, Quit, STOP_DEADLINE_MS } from '../../../../main/desktop/quit.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';

const IDLE: Activity = { room: null, call: null };
const EMPTY: Activity = { room: { people: 0, waiting: 0 }, call: null };
const HOSTING: Activity = { room: { people: 3, waiting: 0 }, call: null };
const TALKING: Activity = { room: null, call: { others: 1, microphone: 'open' } };

type Step = () => Promise<unknown>;

interface StageFacts {
  readonly tray?: boolean;
  readonly leave?: Step;
  readonly stop?: Step;
}

function createStage(activity: Activity, { tray = false, leave, stop }: StageFacts = {}) {
  const time = new ManualTime();
  const log: string[] = [];
  const questions: CloseQuestion[] = [];
  const stage = {
    activity,
    hostHidden: false,
    answer: (_answer: CloseAnswer) => {},
    failAnswer: () => {},
  };
  const step = (name: string, then: Step = async () => {}) => {
    return () => {
      log.push(name);
      return then();
    };
  };
  const quit = new Quit({
    activity: () => stage.activity,
    mayHide: async () => tray,
    ask: (question) => {
      log.push('ask');
      questions.push(question);
      return new Promise((resolve, reject) => {
        stage.answer = resolve;
        stage.failAnswer = () => reject(new Error('no display'));
      });
    },
    hideHost: () => log.push('hide host'),
    hostHidden: () => stage.hostHidden,
    hideCall: () => log.push('hide call'),
    leaveCall: step('leave', leave),
    stop: step('stop', stop),
    stopServer: step('stop-server', stop),
    exit: () => log.push('exit'),
    timers: time.timers,
  });
  return { stage, quit, log, questions, time };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const never = () => new Promise(() => {});
const fails = () => Promise.reject(new Error('stuck'));
const ENDED = ['leave', 'stop', 'exit'];
const SUSPENDED = ['leave', 'stop-server', 'exit'];

describe("closing the host's window", () => {
  it('does not ask while nothing goes on: the call before the room, and both before the end', async () => {
    const { quit, log, time } = createStage(IDLE, { tray: true });
    await quit.closeHost();
    expect(log).toEqual(ENDED);
    expect(time.pending).toBe(0);
  });

  it.each([
    ['a room with people', HOSTING],
    ['a call elsewhere', TALKING],
  ])('asks once about %s, however often one clicks', async (_what, activity) => {
    const { quit, log, stage } = createStage(activity);
    void quit.closeHost();
    void quit.closeHost();
    await settled();
    void quit.request();
    if (activity.call !== null) void quit.closeCall();
    await settled();
    expect(log).toEqual(['ask']);
    stage.answer('end');
    await settled();
    void quit.closeHost();
    await settled();
    expect(log).toEqual(['ask', ...ENDED]);
  });

  it('offers to go on only where there is a tray', async () => {
    for (const tray of [true, false]) {
      const { quit, questions } = createStage(HOSTING, { tray });
      void quit.closeHost();
      await settled();
      expect(questions).toEqual([{ ends: 'app', activity: HOSTING, mayKeep: tray, wantsKeeping: true }]);
    }
  });

  it('asks about an empty room exactly where it could stay open', async () => {
    const without = createStage(EMPTY);
    await without.quit.closeHost();
    expect(without.log).toEqual(ENDED);
    const { quit, log } = createStage(EMPTY, { tray: true });
    void quit.closeHost();
    await settled();
    expect(log).toEqual(['ask']);
  });

  it('goes on in the tray, ending nothing, and asks anew next time', async () => {
    const { quit, log, stage } = createStage(HOSTING, { tray: true });
    const closed = quit.closeHost();
    await settled();
    stage.answer('keep');
    await closed;
    expect(log).toEqual(['ask', 'hide host']);
    void quit.closeHost();
    await settled();
    expect(log).toEqual(['ask', 'hide host', 'ask']);
  });

  it('changes nothing after a refusal', async () => {
    const { quit, log, stage } = createStage(HOSTING);
    const closed = quit.closeHost();
    await settled();
    stage.answer('cancel');
    await closed;
    expect(log).toEqual(['ask']);
  });

  it('closes where the question cannot be shown', async () => {
    const { quit, log, stage } = createStage(HOSTING);
    const closed = quit.closeHost();
    await settled();
    stage.failAnswer();
    await closed;
    expect(log).toEqual(['ask', ...ENDED]);
  });
});

describe("closing the call's window", () => {
  const both: Activity = { ...HOSTING, ...{ call: TALKING.call } };

  it('leaves the call and never the room', async () => {
    const { quit, log, stage, questions } = createStage(both, { tray: true });
    const closed = quit.closeCall();
    await settled();
    stage.answer('end');
    await closed;
    expect(log).toEqual(['ask', 'leave']);
    expect(questions[0]?.ends).toBe('call');
  });

  it('can go on without the window', async () => {
    const { quit, log, stage } = createStage(both, { tray: true });
    const closed = quit.closeCall();
    await settled();
    stage.answer('keep');
    await closed;
    expect(log).toEqual(['ask', 'hide call']);
  });

  it.each([
    ['ends the app where nothing else is in sight', true, TALKING, ['ask', 'leave', ...ENDED]],
    ['leaves the app to the window that is there', false, TALKING, ['ask', 'leave']],
    ['leaves a room in the tray', true, both, ['ask', 'leave']],
  ])('%s', async (_what, hostHidden, activity, expected) => {
    const { quit, log, stage } = createStage(activity, { tray: true });
    stage.hostHidden = hostHidden;
    const closed = quit.closeCall();
    await settled();
    stage.answer('end');
    await closed;
    expect(log).toEqual(expected);
  });

  it('asks nothing before one is in the call', async () => {
    const { quit, log } = createStage(HOSTING, { tray: true });
    await quit.closeCall();
    expect(log).toEqual(['leave']);
  });
});

describe('quitting', () => {
  it.each([HOSTING, TALKING])(
    'asks, and does not offer to go on: that is not what was wanted',
    async (activity) => {
      const { quit, log, stage, questions } = createStage(activity, { tray: true });
      void quit.request();
      await settled();
      expect(questions).toEqual([{ ends: 'app', activity, mayKeep: false, wantsKeeping: false }]);
      stage.answer('end');
      await settled();
      expect(log).toEqual(['ask', ...ENDED]);
    },
  );

  it('asks nothing about an empty room', async () => {
    const { quit, log } = createStage(EMPTY, { tray: true });
    await quit.request();
    expect(log).toEqual(ENDED);
  });
});

describe('force', () => {
  it('asks nobody, and a later answer changes nothing', async () => {
    for (const answer of ['cancel', 'keep', 'end'] as const) {
      const { quit, log, stage } = createStage(HOSTING, { tray: true });
      void quit.closeHost();
      await settled();
      void quit.force();
      stage.answer(answer);
      await settled();
      expect(log).toEqual(['ask', ...SUSPENDED]);
    }
  });

  it('ends the room also where the page of the call hangs', async () => {
    const { quit, log, time } = createStage(TALKING, { leave: never });
    void quit.force();
    await time.advance(LEAVE_DEADLINE_MS);
    await settled();
    expect(log).toEqual(SUSPENDED);
  });

  it('exits at the deadline when stopping takes too long', async () => {
    const { quit, log, time } = createStage(IDLE, { stop: never });
    const done = quit.force();
    await time.advance(STOP_DEADLINE_MS - 1);
    expect(log).toEqual(['leave', 'stop-server']);
    await time.advance(1);
    await done;
    expect(STOP_DEADLINE_MS).toBeLessThanOrEqual(5_000);
    expect(log).toEqual(SUSPENDED);
  });

  it('exits when leaving and stopping fail', async () => {
    const { quit, log } = createStage(IDLE, { leave: fails, stop: fails });
    await quit.force();
    expect(log).toEqual(SUSPENDED);
  });

  it('is another end than a person’s, who ends the room as well', async () => {
    const { quit, log } = createStage(HOSTING);
    await quit.end();
    expect(log).toEqual(ENDED);
  });
});
