import { beforeEach, describe, expect, it } from 'vitest';
import { formatFragment, formatInvite, type RoomLink } from '../../../../main/common/e2ee/invite-link.ts';
import { Emitter } from '../../../../main/common/emitter.ts';
import type { RoomState } from '../../../../web-client/core/state/room-state.ts';
import { LinkMemory, takeFragment } from '../../../../web-client/ui/entry/link-memory.ts';
import type { PageState } from '../../../../web-client/ui/page-state.ts';
import { PEOPLE_ANNOUNCEMENT_GAP_MS } from '../../../../web-client/ui/people/people-announcer.ts';
import { openStorage } from '../../../../web-client/ui/preferences/browser-storage.ts';
import { type CallSession, TabSession } from '../../../../web-client/ui/tab-session.ts';
import { FakeHistory } from '../../../support/page/fake-history.ts';
import { ROOM } from '../../../support/page/room-states.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';

const ORIGIN = 'https://abc.lhr.life';
const LINK = { secret: new Uint8Array(32).fill(1), token: new Uint8Array(16).fill(2), certificate: null };
const OTHER_LINK = {
  secret: new Uint8Array(32).fill(3),
  token: new Uint8Array(16).fill(4),
  certificate: null,
};

type SessionEvent = Parameters<Parameters<CallSession['onEvent']>[0]>[0];

/** A session that does nothing but remember what it was told. */
class FakeSession implements CallSession {
  readonly link: RoomLink;
  readonly calls: string[] = [];
  state: RoomState = ROOM;
  muted = false;
  readonly files = null;
  readonly #events = new Emitter<{ state: RoomState; event: SessionEvent; level: number }>();

  constructor(link: RoomLink) {
    this.link = link;
  }

  onState(listener: (state: RoomState) => void) {
    return this.#events.on('state', listener);
  }
  onEvent(listener: (event: SessionEvent) => void) {
    return this.#events.on('event', listener);
  }
  onLevel(listener: (level: number) => void) {
    return this.#events.on('level', listener);
  }
  tellLevel(level: number): void {
    this.#events.emit('level', level);
  }
  become(changes: Partial<RoomState>): void {
    this.state = { ...this.state, ...changes };
    this.#events.emit('state', this.state);
  }
  tell(event: SessionEvent): void {
    this.#events.emit('event', event);
  }

  start = () => void this.calls.push('start');
  dispose = () => void this.calls.push('dispose');
  join = async (...told: unknown[]) => this.#note('join', told);
  retryMicrophone = async () => this.#note('retryMicrophone', []);
  prepare = (...told: unknown[]) => this.#note('prepare', told);
  restore = (...told: unknown[]) => this.#note('restore', told);
  leave = (...told: unknown[]) => this.#note('leave', told);
  dismissFull = (...told: unknown[]) => this.#note('dismissFull', told);
  openMicrophone = (...told: unknown[]) => this.#note('openMicrophone', told);
  closeMicrophone = (...told: unknown[]) => this.#note('closeMicrophone', told);
  setMicrophoneMuted = (...told: unknown[]) => this.#note('setMicrophoneMuted', told);
  setTalkKeyHeld = (...told: unknown[]) => this.#note('setTalkKeyHeld', told);
  setMuteKeyHeld = (...told: unknown[]) => this.#note('setMuteKeyHeld', told);
  setAudioSettings = (...told: unknown[]) => this.#note('setAudioSettings', told);
  testSpeaker = (...told: unknown[]) => this.#note('testSpeaker', told);
  playCue = (...told: unknown[]) => this.#note('playCue', told);
  setStunServer = (...told: unknown[]) => this.#note('setStunServer', told);
  setAddressHidden = (...told: unknown[]) => this.#note('setAddressHidden', told);
  setMutedHere = (...told: unknown[]) => this.#note('setMutedHere', told);
  setVolume = (...told: unknown[]) => this.#note('setVolume', told);
  react = (...told: unknown[]) => this.#note('react', told);
  setHandUp = (...told: unknown[]) => this.#note('setHandUp', told);
  sendChat = (...told: unknown[]) => this.#note('sendChat', told);
  setChatReaction = (...told: unknown[]) => this.#note('setChatReaction', told);
  verify = (...told: unknown[]) => this.#note('verify', told);
  record = (...told: unknown[]) => this.#note('record', told);
  unlockSound = (...told: unknown[]) => this.#note('unlockSound', told);

  #note(intent: string, told: readonly unknown[]): void {
    this.calls.push([intent, ...told].join(' '));
  }
}

let sessions: FakeSession[];
let memory: LinkMemory;
let shown: PageState[];
let announced: string[];
let cues: string[];
let questions: (() => void)[];
let reloads: number;
let levels: number[];
let time: ManualTime;

const page = {
  render: (state: PageState) => void shown.push(state),
  announce: (text: string, name?: string | null) => void announced.push(`${text} ${name}`),
  askToSwitch: (go: () => void) => void questions.push(go),
  playCue: (cue: string) => void cues.push(cue),
  showLevel: (level: number) => void levels.push(level),
};

function createTab(supported = true): TabSession {
  return new TabSession({
    memory,
    supported,
    origin: ORIGIN,
    openSession: (link) => {
      const session = new FakeSession(link);
      sessions.push(session);
      return session;
    },
    reload: () => {
      reloads++;
    },
    timers: time.timers,
    clock: time.clock,
  });
}

const whole = (link: RoomLink) => ({ kind: 'link', link }) as const;

beforeEach(() => {
  time = new ManualTime();
  sessions = [];
  shown = [];
  announced = [];
  cues = [];
  questions = [];
  reloads = 0;
  levels = [];
  memory = new LinkMemory(
    openStorage(() => {
      throw new Error('storage is switched off');
    }),
    new FakeHistory(),
  );
});

describe('a tab', () => {
  it('opens the link it arrives with, remembers it and shows the room', () => {
    createTab().start(page, whole(LINK));
    expect(sessions).toMatchObject([{ link: LINK, calls: ['start'] }]);
    expect(memory.recall()).toEqual(LINK);
    expect(shown.at(-1)).toEqual({ kind: 'room', room: ROOM, invite: formatInvite(ORIGIN, LINK) });
  });

  it('passes on, also after a reload, the certificate that stood in its link', () => {
    const certificate = new Uint8Array(32).fill(5);
    const address = { origin: ORIGIN, search: '', hash: formatFragment({ ...LINK, certificate }) };
    createTab().start(page, takeFragment({ location: address, history: new FakeHistory() }));
    createTab().start(page, { kind: 'none' });
    const invites = shown.map((state) => (state.kind === 'room' ? state.invite : null));
    expect(invites).toEqual([0, 1].map(() => formatInvite(ORIGIN, { ...LINK, certificate })));
  });

  it('goes on with the remembered link after a reload, also where the address holds a broken one', () => {
    memory.keep(LINK);
    createTab().start(page, { kind: 'none' });
    createTab().start(page, { kind: 'cut' });
    expect(sessions.map(({ link }) => link)).toEqual([LINK, LINK]);
  });

  it('asks for the link where there is none, and goes on with one that is pasted', () => {
    const tab = createTab();
    tab.start(page, { kind: 'cut' });
    expect(shown).toEqual([{ kind: 'no-link', problem: 'cut' }]);
    tab.openLink(LINK);
    expect(sessions).toHaveLength(1);
    expect(shown.at(-1)).toMatchObject({ kind: 'room' });
  });

  it('opens no session in a window that cannot call, and shows the link', () => {
    createTab(false).start(page, whole(LINK));
    expect(sessions).toEqual([]);
    expect(shown).toEqual([{ kind: 'unsupported', invite: formatInvite(ORIGIN, LINK) }]);
    createTab(false).start(page, { kind: 'none' });
  });

  it('shows each state and announces who comes and goes', async () => {
    createTab().start(page, whole(LINK));
    sessions[0]?.become({ call: 'joined' });
    sessions[0]?.tell({ type: 'joined', id: 'anna', name: 'Anna' });
    sessions[0]?.tell({ type: 'left', id: 'boris', name: null });
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS);
    expect(shown.at(-1)).toMatchObject({ room: { call: 'joined' } });
    expect(announced).toEqual(['people.joined Anna', 'people.left null']);
    expect(cues).toEqual(['joined', 'left']);
  });

  it.each(['kicked', 'host-ended'] as const)('forgets the link after %s', (reason) => {
    createTab().start(page, whole(LINK));
    sessions[0]?.become({ signaling: { phase: 'ended', reason } });
    expect(memory.recall()).toBeNull();
    expect(shown.at(-1)).toMatchObject({ kind: 'room', invite: null });
  });

  it.each([
    'link-refused',
    'browser-only',
    'replaced',
    'version-old-page',
    'version-old-host',
    'server-broken',
  ] as const)('keeps the link after %s, for a reload', (reason) => {
    createTab().start(page, whole(LINK));
    sessions[0]?.become({ signaling: { phase: 'ended', reason } });
    expect(memory.recall()).toEqual(LINK);
  });

  it('shows the own level', () => {
    createTab().start(page, whole(LINK));
    sessions[0]?.tellLevel(0.5);
    expect(levels).toEqual([0.5]);
  });

  it('passes every intent on', () => {
    const tab = createTab();
    const { intents } = tab;
    tab.start(page, whole(LINK));
    intents.join('Anna', 'talk');
    intents.setMicrophoneMuted(true);
    intents.setMutedHere('a', false);
    intents.verify('a', true);
    intents.retryMicrophone();
    intents.unlockSound();
    intents.playCue('mention');
    intents.dismissFull();
    intents.leave();
    intents.reload();
    expect(sessions[0]?.calls).toEqual([
      'start',
      'join Anna talk',
      'setMicrophoneMuted true',
      'setMutedHere a false',
      'verify a true',
      'retryMicrophone',
      'unlockSound',
      'playCue mention',
      'dismissFull',
      'leave',
    ]);
    expect(reloads).toBe(1);
  });

  it('takes intents while there is no call for nothing, and gives later ones to the call there is then', () => {
    const tab = createTab();
    const { leave, openLink } = tab.intents;
    tab.start(page, { kind: 'none' });
    leave();
    openLink(LINK);
    leave();
    openLink(OTHER_LINK);
    leave();
    expect(sessions.map(({ calls }) => calls)).toEqual([
      ['start', 'leave', 'dispose'],
      ['start', 'leave'],
    ]);
  });

  it('ends its session with the page', () => {
    const tab = createTab();
    tab.start(page, whole(LINK));
    tab.dispose();
    tab.dispose();
    expect(sessions[0]?.calls).toEqual(['start', 'dispose']);
  });
});

describe('a link put into the address bar of the open page', () => {
  it('takes the place of the present one outside a call', () => {
    const tab = createTab();
    tab.start(page, whole(LINK));
    tab.handleFragment(whole(OTHER_LINK));
    expect(sessions[0]?.calls).toEqual(['start', 'dispose']);
    expect(sessions[1]).toMatchObject({ link: OTHER_LINK, calls: ['start'] });
    expect(formatFragment(memory.recall() ?? LINK)).toBe(formatFragment(OTHER_LINK));
    const before = shown.length;
    sessions[0]?.become({ call: 'joined' });
    expect(shown).toHaveLength(before);
  });

  it('is asked about in a call, and followed only if wanted', () => {
    const tab = createTab();
    tab.start(page, whole(LINK));
    sessions[0]?.become({ call: 'joined' });
    tab.handleFragment(whole(OTHER_LINK));
    expect(sessions).toHaveLength(1);
    expect(questions).toHaveLength(1);
    questions[0]?.();
    expect(sessions[1]?.link).toEqual(OTHER_LINK);
  });

  it('changes nothing in a call if it is the same', () => {
    const tab = createTab();
    tab.start(page, whole(LINK));
    sessions[0]?.become({ call: 'joining' });
    const certificate = new Uint8Array(32).fill(5);
    tab.handleFragment(whole({ secret: LINK.secret.slice(), token: LINK.token.slice(), certificate }));
    expect([sessions.length, questions.length]).toEqual([1, 0]);
  });

  it('says that the address held a changed link, as long as there is no other', () => {
    createTab().start(page, { kind: 'changed' });
    expect(shown).toEqual([{ kind: 'no-link', problem: 'changed' }]);
  });

  it('tells that a reload will ask for the link, where nothing keeps it', () => {
    const off = openStorage(() => null);
    const history = new FakeHistory();
    memory = new LinkMemory(off, history);
    createTab().start(page, whole(LINK));
    expect(announced).toEqual([]);
    history.refuses = true;
    history.state = null;
    createTab().start(page, whole(LINK));
    expect(announced).toEqual(['paste.not-kept undefined']);
    expect(shown.at(-1)).toMatchObject({ kind: 'room' });
  });

  it('keeps its link with the entry that a link put into the address bar made', () => {
    const history = new FakeHistory();
    memory = new LinkMemory(
      openStorage(() => null),
      history,
    );
    const tab = createTab();
    tab.start(page, whole(LINK));
    history.state = null;
    tab.handleFragment({ kind: 'cut' });
    expect(
      new LinkMemory(
        openStorage(() => null),
        history,
      ).recall(),
    ).toEqual(LINK);
  });

  it('is said to be broken where it is, and no fragment is no news', () => {
    const tab = createTab();
    tab.start(page, whole(LINK));
    tab.handleFragment({ kind: 'none' });
    tab.handleFragment({ kind: 'cut' });
    expect(announced).toEqual(['paste.ignored undefined']);
    expect(sessions).toHaveLength(1);
  });
});

describe('being in a call', () => {
  it.each([
    [{}, false],
    [{ call: 'joining' }, true],
    [{ call: 'joined' }, true],
    [{ call: 'joined', signaling: { phase: 'retrying', why: 'no-answer' } }, true],
    [{ call: 'joined', signaling: { phase: 'ended', reason: 'kicked' } }, false],
  ] as const)('with %j is %s', (changes, inCall) => {
    const tab = createTab();
    expect(tab.inCall).toBe(false);
    tab.start(page, whole(LINK));
    sessions[0]?.become(changes);
    expect(tab.inCall).toBe(inCall);
  });

  it('ends with the session', () => {
    const tab = createTab();
    tab.start(page, whole(LINK));
    sessions[0]?.become({ call: 'joined' });
    tab.dispose();
    expect(tab.inCall).toBe(false);
  });
});
