/** Owns what ties the page to the app that brings it: how the call stands, what the app has to say in it, and the app's own words. */

import { type CallBridge, NO_CALL } from '../main/common/call-api/bridge.ts';
import type { CallReport } from '../main/common/call-api/commands.ts';
import type { Catalogue, Language } from '../main/common/translate.ts';
import type { StorageLike } from './core/browser-api.ts';
import { ResumeToken } from './core/signaling/resume-token.ts';
import type { RoomState } from './core/state/room-state.ts';
import { sessionEventsBetween } from './core/state/session-events.ts';
import type { AppKey } from './i18n/app-en.ts';
import type { TabSession } from './ui/tab-session.ts';

/** What the app has to do with. */
export type AppTab = Pick<TabSession, 'inCall' | 'intents' | 'onChange' | 'room' | 'setInvite'>;

declare global {
  interface Window {
    /** Where the app brings the page; a browser has none. */
    readonly app?: CallBridge;
  }
}

/** What the page says in the app in the place of what is true in a browser. */
export async function appWords(
  { system }: Pick<CallBridge, 'system'>,
  language: Language,
): Promise<Catalogue> {
  return language === 'ru'
    ? (await import('./i18n/app-ru.ts')).appRu(system)
    : (await import('./i18n/app-en.ts')).appEn(system);
}

/** Among what is protected stands one thing more; its words come with the others. */
export function addOwnCode(root: Document): void {
  const ownCode = root.createElement('li');
  ownCode.dataset.text = 'privacy.own-code' satisfies AppKey;
  root.querySelector('#privacy-dialog .facts-good .facts-list')?.append(ownCode);
}

/** In the own room, what lets the host's own page in past the door: in the place of what the page has kept, whose place it takes over. */
export async function keepOwnResume(app: Pick<CallBridge, 'resume'>, tabStorage: StorageLike): Promise<void> {
  const own = await app.resume().catch(() => null);
  if (own !== null) new ResumeToken([tabStorage]).keep(own.token, own.hostKey);
}

/** For as long as the page. */
export function connectApp(app: CallBridge, tab: AppTab): void {
  let last = '';
  const report = () => {
    const said = tab.inCall ? reportOf(tab.room) : NO_CALL;
    const text = JSON.stringify(said);
    if (text === last) return;
    last = text;
    void app.report(said);
  };
  let before = tab.room;
  tab.onChange((room) => {
    report();
    if (before !== null && room !== null) tellNewcomers(app, before, room);
    before = room;
  });
  report();
  app.onEvent((event) => {
    switch (event.type) {
      case 'invite':
        tab.setInvite(event.invite);
        break;
      case 'toggle-microphone':
        toggleMicrophone(tab);
        break;
      case 'leave':
        tab.intents.leave();
        break;
    }
  });
  void app.invite().then((invite) => tab.setInvite(invite));
}

/** Who looks at another window wants to know. */
function tellNewcomers(app: CallBridge, before: RoomState, room: RoomState): void {
  for (const { type, name } of sessionEventsBetween(before, room))
    if (type === 'joined') void app.notify({ kind: 'joined', name: name ?? '' });
}

function reportOf(room: RoomState | null): CallReport {
  if (room === null) return NO_CALL;
  const { microphone } = room;
  return {
    call: room.call,
    microphone: microphone.phase === 'live' ? (microphone.muted ? 'muted' : 'open') : 'none',
    others: room.others,
  };
}

function toggleMicrophone({ room, intents }: AppTab): void {
  if (room?.microphone.phase === 'live') intents.setMicrophoneMuted(!room.microphone.muted);
}
