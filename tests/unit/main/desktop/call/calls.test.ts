/** Owns proof that there is one call at a time, whoever opens which in whatever order. */

import { beforeEach, describe, expect, it } from 'vitest';
import { NO_CALL } from '../../../../../main/common/call-api/bridge.ts';
import type { CallReport } from '../../../../../main/common/call-api/commands.ts';
import type { AppCallSession } from '../../../../../main/desktop/call/call-session.ts';
import type { CallTarget } from '../../../../../main/desktop/call/call-target.ts';
import type { CallWindow, CallWindowEvents } from '../../../../../main/desktop/call/call-window.ts';
import { Calls } from '../../../../../main/desktop/call/calls.ts';

const IN_CALL: CallReport = { call: 'joined', microphone: 'open', others: 1 };

const targetAt = (port: number): CallTarget => ({
  own: false,
  server: `http://localhost:${port}`,
  fragment: '#S.T',
  certificate: null,
  invite: `http://localhost:${port}/#S.T`,
});

/** A window without a page: it stands, or fails, when the test says so. */
class FakeWindow {
  readonly target: CallTarget;
  readonly events: CallWindowEvents;
  readonly window = {} as CallWindow['window'];
  inCall = false;
  ending = false;
  raised = 0;
  #settle: (shown: boolean | Error) => void = () => {};
  readonly #shown = new Promise<boolean>((resolve, reject) => {
    this.#settle = (shown) => (shown instanceof Error ? reject(shown) : resolve(shown));
  });

  constructor(target: CallTarget, events: CallWindowEvents) {
    this.target = target;
    this.events = events;
  }

  show = () => this.#shown;
  stand = () => this.#settle(true);
  fail = () => this.#settle(new Error('not shown'));
  raise = () => void this.raised++;

  report(report: CallReport): void {
    this.inCall = report.call !== 'out';
    this.events.onReport(report);
  }

  async end(): Promise<void> {
    if (this.ending) return;
    this.ending = true;
    await Promise.resolve();
    this.#settle(false);
    this.events.onClosed();
  }

  dispose(): void {
    void this.end();
  }
}

function createStage() {
  const windows: FakeWindow[] = [];
  const targets: (CallTarget | null)[] = [];
  const answers: ((leaves: boolean) => void)[] = [];
  const sessions: { readonly give: () => void; readonly refuse: () => void }[] = [];
  const session = {
    setTarget: async (target: CallTarget | null) => void targets.push(target),
  } as AppCallSession;
  const calls = new Calls({
    openSession: () =>
      new Promise((resolve, reject) => {
        sessions.push({ give: () => resolve(session), refuse: () => reject(new Error('no session')) });
      }),
    createWindow: (target, _session, events) => {
      const standing = windows.filter(({ ending }) => !ending);
      if (standing.length > 0) throw new Error('a second window');
      const window = new FakeWindow(target, events);
      windows.push(window);
      return window as unknown as CallWindow;
    },
    confirmLeaving: () => new Promise((resolve) => answers.push(resolve)),
    onAskedToClose: () => {},
  });
  return { calls, windows, targets, answers, sessions };
}

const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('Calls', () => {
  let stage: ReturnType<typeof createStage>;
  beforeEach(() => {
    stage = createStage();
  });

  const places = () => stage.windows.map(({ target, ending }) => `${target.server}${ending ? ' gone' : ''}`);

  /** With a call open and, if asked, joined. */
  async function openFirst(joined: boolean): Promise<FakeWindow> {
    const opened = stage.calls.open(targetAt(1));
    await turns();
    stage.sessions[0]?.give();
    await turns();
    stage.windows[0]?.stand();
    expect(await opened).toBe(true);
    const [window] = stage.windows;
    if (window === undefined) throw new Error('no window');
    if (joined) window.report(IN_CALL);
    return window;
  }

  it('goes to the last of several links that come before the first is there', async () => {
    const { calls, sessions, windows } = stage;
    const opened = [1, 2, 3].map((port) => calls.open(targetAt(port)));
    await turns();
    sessions[0]?.give();
    await turns();
    windows[0]?.stand();
    expect(await Promise.all(opened)).toEqual([false, false, true]);
    expect(places()).toEqual(['http://localhost:3']);
    expect(sessions).toHaveLength(1);
  });

  it('lets a link take the place of one whose page is still loading', async () => {
    const { calls, sessions, windows, targets } = stage;
    const first = calls.open(targetAt(1));
    await turns();
    sessions[0]?.give();
    await turns();
    const second = calls.open(targetAt(2));
    const third = calls.open(targetAt(3));
    await turns();
    windows[1]?.stand();
    expect(await Promise.all([first, second, third])).toEqual([false, false, true]);
    expect(places()).toEqual(['http://localhost:1 gone', 'http://localhost:3']);
    expect(targets.at(-1)?.server).toBe('http://localhost:3');
  });

  it('stays in the own room where it has a new link, and goes by that one when not in any more', async () => {
    const window = await openFirst(true);
    const renewed = { ...targetAt(1), own: true, fragment: '#S.U' };
    expect(await stage.calls.open(renewed)).toBe(true);
    expect([window.raised, stage.answers.length, places()]).toEqual([1, 0, ['http://localhost:1']]);
    window.report(NO_CALL);
    void stage.calls.open(renewed);
    await turns();
    expect(places()).toEqual(['http://localhost:1 gone', 'http://localhost:1']);
  });

  it('only brings up the call that is open, also while it loads', async () => {
    const { calls, sessions, windows } = stage;
    const first = calls.open(targetAt(1));
    await turns();
    sessions[0]?.give();
    await turns();
    expect(await calls.open(targetAt(1))).toBe(true);
    windows[0]?.stand();
    await first;
    expect(await calls.open(targetAt(1))).toBe(true);
    expect(windows.map(({ raised }) => raised)).toEqual([2]);
  });

  it('goes back to a call that is just being left', async () => {
    const { calls, windows } = stage;
    await openFirst(false);
    const away = calls.open(targetAt(2));
    const back = calls.open(targetAt(1));
    await turns();
    windows[1]?.stand();
    expect(await Promise.all([away, back])).toEqual([false, true]);
    expect(places()).toEqual(['http://localhost:1 gone', 'http://localhost:1']);
  });

  it('asks once for all that would end a call, and stays if the person does', async () => {
    const { calls, answers, windows } = stage;
    await openFirst(true);
    const opened = [calls.open(targetAt(2)), calls.open(targetAt(3)), calls.close()];
    await turns();
    expect(answers).toHaveLength(1);
    answers[0]?.(false);
    expect(await Promise.all(opened)).toEqual([false, false, false]);
    expect(places()).toEqual(['http://localhost:1']);

    const again = [calls.open(targetAt(2)), calls.open(targetAt(3))];
    await turns();
    answers[1]?.(true);
    await turns();
    windows[1]?.stand();
    expect(await Promise.all(again)).toEqual([false, true]);
    expect(places()).toEqual(['http://localhost:1 gone', 'http://localhost:3']);
  });

  it('says that there is no call once its window is gone, however it went', async () => {
    const { calls, targets } = stage;
    const reports: CallReport[] = [];
    calls.onReport((report) => reports.push(report));
    const window = await openFirst(true);
    window.ending = true;
    window.events.onClosed();
    expect(reports).toEqual([IN_CALL, NO_CALL]);
    expect([calls.current, targets.at(-1)]).toEqual([null, null]);
    const again = calls.open(targetAt(1));
    await turns();
    stage.windows[1]?.stand();
    expect(await again).toBe(true);
  });

  it('leaves nothing of a page that could not be shown, and tries anew', async () => {
    const { calls, sessions, windows } = stage;
    const first = calls.open(targetAt(1));
    await turns();
    sessions[0]?.refuse();
    await expect(first).rejects.toThrow('no session');
    const second = calls.open(targetAt(1));
    await turns();
    sessions[1]?.give();
    await turns();
    windows[0]?.fail();
    await expect(second).rejects.toThrow('not shown');
    expect([calls.current, ...places()]).toEqual([null, 'http://localhost:1 gone']);
    const third = calls.open(targetAt(1));
    await turns();
    windows[1]?.stand();
    expect(await third).toBe(true);
  });

  it('opens nothing more once it ends', async () => {
    const { calls, sessions, windows } = stage;
    const opened = calls.open(targetAt(1));
    await turns();
    await calls.end();
    sessions[0]?.give();
    expect(await opened).toBe(false);
    expect(windows).toEqual([]);
  });
});
