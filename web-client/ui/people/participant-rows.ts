/** Owns the rows of the list of participants, from the room's state alone. */

import type { PeerFailureCode } from '../../../main/common/e2ee/pair-state.ts';
import { nameKey } from '../../../main/common/names/case-folding.ts';
import { displayName } from '../../../main/common/names/visible-text.ts';
import type { MicrophoneState } from '../../core/state/audio-state.ts';
import type {
  ParticipantState,
  PeerState,
  RemoteMicrophone,
  RoomState,
  TrustState,
} from '../../core/state/room-state.ts';
import type { ConnectionQuality } from '../../core/stats/connection-quality.ts';

/** One row of the list. Names are made harmless; null stands for one that cannot be shown. */
export interface ParticipantRow
  extends Omit<ParticipantState, 'peer' | 'trust' | 'code' | 'codeless' | 'quality' | 'diagnosis'> {
  /** Somebody else here has the same name. */
  readonly ambiguous: boolean;
  /** Files can be sent to them. */
  readonly takesFiles: boolean;
  readonly kind: 'self' | 'other' | 'outside';
  readonly peerPhase: PeerState['phase'] | null;
  readonly failure: PeerFailureCode | null;
  readonly trust: TrustState | null;
  /** The numbers beside it are no part of a card. */
  readonly grade: ConnectionQuality['grade'] | null;
}

/** What nobody has who is not in the call with one. */
const NO_DETAILS = {
  peerPhase: null,
  failure: null,
  trust: null,
  obstacle: null,
  introduced: false,
  tamperedBoxes: 0,
  mutedHere: false,
  volume: 1,
  volumeReach: 'full',
  speaking: false,
  microphone: null,
  handUp: false,
  reaction: null,
  grade: null,
  takesFiles: false,
} as const satisfies Partial<ParticipantRow>;

/** Several views show the same state, one after another. */
const rowsOf = new WeakMap<RoomState, readonly ParticipantRow[]>();

/**
 * Inside the call: oneself first, then the others in order of joining, with their connections. Before it: only
 * who is in, for there are no connections yet.
 */
export function participantRows(room: RoomState): readonly ParticipantRow[] {
  const known = rowsOf.get(room);
  if (known !== undefined) return known;
  const rows = makeRows(room);
  rowsOf.set(room, rows);
  return rows;
}

function makeRows(room: RoomState): readonly ParticipantRow[] {
  const inside = room.call === 'joined';
  const others = room.participants.map((participant): ParticipantRow => {
    const { id, shortId, name } = participant;
    return {
      ...(inside ? detailsOf(participant, room.filesAllowed) : NO_DETAILS),
      id,
      shortId,
      name: name === null ? null : displayName(name),
      ambiguous: false,
      kind: inside ? 'other' : 'outside',
    };
  });
  const rows = inside ? [selfRow(room), ...others] : others;
  const keys = rows.map(({ name }) => nameKey(name ?? ''));
  return rows.map((row, at) => ({
    ...row,
    ambiguous: keys.some((key, other) => other !== at && key === keys[at]),
  }));
}

/** Failures of a peer for another reason than that something did not hold: they say nothing about trust. */
const NO_MATTER_OF_TRUST: ReadonlySet<PeerFailureCode> = new Set(['flooding', 'forgotten', 'exhausted']);

function isNoMatterOfTrust(peerPhase: PeerState): boolean {
  return peerPhase.phase === 'failed' && NO_MATTER_OF_TRUST.has(peerPhase.reason);
}

function detailsOf(
  participant: ParticipantState,
  filesAllowed: boolean,
): Omit<ParticipantRow, 'ambiguous' | 'kind'> {
  const { peer, trust, code: _, codeless: __, diagnosis: ___, quality, ...shown } = participant;
  const { obstacle, speaking } = participant;
  return {
    ...shown,
    peerPhase: peer.phase,
    failure: peer.phase === 'failed' ? peer.reason : null,
    trust: peer.phase === 'waiting' || isNoMatterOfTrust(peer) ? null : trust,
    obstacle: peer.phase === 'connecting' || peer.phase === 'lost' ? obstacle : null,
    speaking: speaking && peer.phase === 'connected',
    grade: peer.phase === 'connected' ? (quality?.grade ?? null) : null,
    takesFiles: filesAllowed && (peer.phase === 'connected' || peer.phase === 'lost'),
  };
}

function selfRow({ self, microphone }: RoomState): ParticipantRow {
  const { id, shortId, name, speaking, handUp, reaction } = self;
  return {
    ...NO_DETAILS,
    id,
    shortId,
    name: displayName(name),
    ambiguous: false,
    kind: 'self',
    speaking,
    microphone: ownMicrophone(microphone),
    handUp,
    reaction,
  };
}

function ownMicrophone(microphone: MicrophoneState): RemoteMicrophone | null {
  if (microphone.phase === 'none') return 'none';
  if (microphone.phase !== 'live') return null;
  return microphone.muted ? 'muted' : 'open';
}

export function isSameRow(a: ParticipantRow, b: ParticipantRow): boolean {
  return (Object.keys(a) as (keyof ParticipantRow)[]).every((key) => a[key] === b[key]);
}

/** The name to be said where there is nothing to see: with the short id if somebody else here has the same. */
export function spokenName(
  { name, ambiguous, shortId }: Pick<ParticipantRow, 'name' | 'shortId' | 'ambiguous'>,
  unnamed: string,
): string {
  return ambiguous ? `${name ?? unnamed} ${shortId}` : (name ?? unnamed);
}

/** How many of the others are verified; null where one card says it all. */
export function verifiedCount({ call, participants }: RoomState): { count: number; total: number } | null {
  if (call !== 'joined' || participants.length < 2) return null;
  return {
    count: participants.filter(({ trust }) => trust === 'verified').length,
    total: participants.length,
  };
}
