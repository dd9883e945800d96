/** Owns the view of a participant: what is shown of them, with a peer or without. */

import type { Peer, PeerView } from '../peer/peer.ts';
import type { MonitorView } from '../stats/peer-monitor.ts';
import type { ListedParticipant } from './participant-list.ts';

/** One of the others, as far as the mesh knows them. */
export interface ParticipantView extends PeerView, MonitorView {
  readonly id: string;
}

const NO_PEER: Omit<ParticipantView, 'id' | 'name' | 'peer'> = {
  trust: 'checking',
  code: null,
  codeless: false,
  obstacle: null,
  diagnosis: null,
  tamperedBoxes: 0,
  speaking: false,
  quality: null,
};

/** @param retired their keys made room for others' */
export function viewParticipant(
  { roster: { id, name }, waiting }: ListedParticipant,
  peer: Pick<Peer, 'view' | 'active' | 'failed'> | undefined,
  monitored: MonitorView,
  retired: boolean,
): ParticipantView {
  if (peer && (peer.active || peer.failed)) {
    const { view } = peer;
    return { ...view, ...monitored, id, name: view.name ?? name };
  }
  if (retired)
    return { ...NO_PEER, id, name, trust: 'failed', peer: { phase: 'failed', reason: 'forgotten' } };
  return { ...NO_PEER, id, name, peer: { phase: waiting ? 'waiting' : 'connecting' } };
}
