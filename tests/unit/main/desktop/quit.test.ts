/** Owns proof that the app asks once, stops in order, and ends in time whatever happens. */

import { describe, expect, it } from 'vitest';
import { Quit, STOP_DEADLINE_MS } from '../../../../main/desktop/quit.ts';

function createStage(people: number) {
  const stage = {
    log: [] as string[],
    answer: (_confirmed: boolean) => {},
    finishStop: () => {},
    failStop: () => {},
    fireDeadline: () => {},
    delayMs: 0,
  };
  const quit = new Quit({
    peopleInRoom: () => people,
    confirm: (count) => {
      stage.log.push(`ask ${count}`);
      return new Promise((resolve) => {
        stage.answer = resolve;
      });
    },
    stop: () => {
      stage.log.push('stop');
      return new Promise<void>((resolve, reject) => {
        stage.finishStop = resolve;
        stage.failStop = () => reject(new Error('stuck'));
      });
    },
    exit: () => stage.log.push('exit'),
    timers: {
      setTimeout(callback, delayMs) {
        stage.delayMs = delayMs;
        stage.fireDeadline = callback;
        return 1;
      },
      clearTimeout: () => stage.log.push('timer off'),
    },
  });
  return { stage, quit };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('request', () => {
  it('does not ask while nobody is in, and stops before it exits', async () => {
    const { stage, quit } = createStage(0);
    const done = quit.request();
    expect(stage.log).toEqual(['stop']);
    stage.finishStop();
    await done;
    expect(stage.log).toEqual(['stop', 'timer off', 'exit']);
  });

  it('asks once while people are in, however often one clicks', async () => {
    const { stage, quit } = createStage(3);
    void quit.request();
    void quit.request();
    await settled();
    expect(stage.log).toEqual(['ask 3']);
    stage.answer(true);
    await settled();
    void quit.request();
    stage.finishStop();
    await settled();
    expect(stage.log).toEqual(['ask 3', 'stop', 'timer off', 'exit']);
  });

  it('goes on after a refusal and asks anew next time', async () => {
    const { stage, quit } = createStage(1);
    const first = quit.request();
    stage.answer(false);
    await first;
    expect(stage.log).toEqual(['ask 1']);
    void quit.request();
    expect(stage.log).toEqual(['ask 1', 'ask 1']);
  });
});

describe('force', () => {
  it('asks nobody, and a later answer changes nothing', async () => {
    const { stage, quit } = createStage(2);
    void quit.request();
    void quit.force();
    stage.answer(false);
    stage.finishStop();
    await settled();
    expect(stage.log).toEqual(['ask 2', 'stop', 'timer off', 'exit']);
  });

  it('exits at the deadline when stopping takes too long', async () => {
    const { stage, quit } = createStage(0);
    const done = quit.force();
    expect(stage.delayMs).toBe(STOP_DEADLINE_MS);
    expect(STOP_DEADLINE_MS).toBeLessThanOrEqual(5_000);
    stage.fireDeadline();
    await done;
    expect(stage.log).toEqual(['stop', 'timer off', 'exit']);
  });

  it('exits when stopping fails', async () => {
    const { stage, quit } = createStage(0);
    const done = quit.force();
    stage.failStop();
    await done;
    expect(stage.log.at(-1)).toBe('exit');
  });
});
