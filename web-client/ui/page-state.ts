/** Owns the page's state, all that it can be showing, and the words that follow from it. */

import type { FragmentProblem } from '../../main/common/e2ee/invite-link.ts';
import { assertNever } from '../../main/common/result.ts';
import type { Cue } from '../core/call-intents.ts';
import type { MicrophoneState } from '../core/state/audio-state.ts';
import type {
  EndReason,
  PeerState,
  RetryReason,
  RoomState,
  SignalingState,
} from '../core/state/room-state.ts';
import type { TextKey } from '../i18n/en.ts';

/** What shows a tab's call. */
export interface TabPage {
  render(state: PageState): void;
  announce(text: TextKey, name?: string | null, count?: number): void;
  askToSwitch(go: () => void): void;
  /** The own microphone's level, 0 to 1, about ten times a second while it changes. */
  showLevel(level: number): void;
  /** A short sound for what happened. */
  playCue(cue: Cue): void;
}

export type PageState =
  /** There is no whole link yet, so no room to connect to. */
  | { readonly kind: 'no-link'; readonly problem: FragmentProblem }
  /** Calls cannot work in this window; the link is shown to be opened elsewhere, if there is one. */
  | { readonly kind: 'unsupported'; readonly invite: string | null }
  /** `invite` is the link to pass on; null once it is of no more use. */
  | { readonly kind: 'room'; readonly room: RoomState; readonly invite: string | null };

/** Why nothing goes on here, or null while something does. */
export function endOf(state: PageState): EndReason | null {
  if (state.kind === 'unsupported') return 'browser-only';
  if (state.kind === 'room' && state.room.signaling.phase === 'ended') return state.room.signaling.reason;
  return null;
}

/** Whether one is in the call. */
export function isLive(state: PageState): state is Extract<PageState, { kind: 'room' }> {
  return state.kind === 'room' && state.room.call === 'joined' && endOf(state) === null;
}

/** Whether the page was loaded anew in a call, and is not in it again yet. */
export function isGoingBack(state: PageState): boolean {
  return state.kind === 'room' && state.room.returned && state.room.call === 'joining';
}

/** Whether one is in a call that another load of the page would not find: the host is out of reach, and nobody else waits. */
export function isStranded({ call, signaling, wayBack }: RoomState): boolean {
  if (call !== 'joined' || signaling.phase !== 'retrying') return false;
  return !wayBack || signaling.why === 'another-room' || signaling.why === 'no-network';
}

/** Whether one is coming in, or people are being connected, and the processor is theirs. */
export function isConnecting({ call, door, participants }: RoomState): boolean {
  return (
    (call === 'joining' && door !== 'waiting') ||
    (call === 'joined' && participants.some(({ peer }) => peer.phase === 'connecting'))
  );
}

const NO_LINK_TEXTS: Readonly<Record<FragmentProblem, TextKey>> = {
  cut: 'status.no-link',
  changed: 'paste.changed-title',
};

/** The one line of the status region. */
export function statusText(state: PageState): TextKey {
  const end = endOf(state);
  if (end !== null) return `ended.${end}.title`;
  if (state.kind === 'room') return roomStatusText(state.room);
  return NO_LINK_TEXTS[state.kind === 'no-link' ? state.problem : 'cut'];
}

const RETRY_TEXTS: Readonly<Record<RetryReason, TextKey>> = {
  'no-answer': 'status.retrying',
  blocked: 'status.blocked',
  'another-room': 'status.another-room',
  'no-network': 'status.no-network',
};

function roomStatusText({ signaling, call, full, door, callMissing }: RoomState): TextKey {
  if (signaling.phase === 'retrying') return RETRY_TEXTS[signaling.why];
  if (call === 'joined') return 'status.live';
  if (call === 'joining') return door === 'waiting' ? 'status.waiting' : 'status.joining';
  if (signaling.phase === 'standby') return 'status.standby';
  if (full) return 'status.full';
  if ((callMissing || door !== null) && signaling.phase === 'online') return 'status.missing';
  return signaling.phase === 'online' ? 'status.ready' : 'status.connecting';
}

/** Whether a press of Join comes to something, at the latest when the connection that is being made stands. */
function mayJoin({ phase }: SignalingState): boolean {
  return phase === 'online' || phase === 'standby' || phase === 'connecting';
}

export type StatusTone = 'calm' | 'busy' | 'live' | 'trouble';

/** How the status is coloured; the words alone say the same. */
export function statusTone(state: PageState): StatusTone {
  if (state.kind !== 'room' || endOf(state) !== null) return 'trouble';
  const { signaling, call, full, door, callMissing } = state.room;
  if (signaling.phase === 'retrying' || full || callMissing) return 'trouble';
  if (call === 'out' && door !== null) return 'trouble';
  if (call === 'joined') return 'live';
  return mayJoin(signaling) && signaling.phase !== 'connecting' && call === 'out' ? 'calm' : 'busy';
}

/** The one button that joins and leaves. */
export interface JoinButton {
  readonly text: TextKey;
  readonly action: 'join' | 'leave' | 'none';
  readonly busy: boolean;
}

export const JOINING: JoinButton = { text: 'join.joining', action: 'none', busy: true };

export function joinButton({ signaling, call }: RoomState): JoinButton {
  switch (call) {
    case 'joined':
      return { text: 'join.leave', action: 'leave', busy: false };
    case 'joining':
      return JOINING;
    case 'out':
      return { text: 'join.join', action: mayJoin(signaling) ? 'join' : 'none', busy: false };
    default:
      return assertNever(call);
  }
}

export function peerText(peer: PeerState): TextKey {
  return `peer.${peer.phase}`;
}

export function microphoneText(microphone: MicrophoneState): TextKey {
  switch (microphone.phase) {
    case 'asking':
      return 'microphone.asking';
    case 'live':
      return microphone.muted ? 'microphone.muted' : 'microphone.on';
    case 'off':
    case 'none':
      return 'microphone.listening';
    default:
      return assertNever(microphone);
  }
}
