/** Owns the view of a participant: what is shown of them, with a peer or without. */

import type { Peer } from '../peer/peer.ts';
import type { PeerView } from '../peer/peer-handler.ts';
import type { MonitorView } from '../stats/peer-monitor.ts';
import type { ListedParticipant } from './participant-list.ts';

/** One of the others, as far as the mesh knows them. */
export interface ParticipantView extends PeerView, MonitorView {
  readonly id: string;
  readonly introduced: boolean;
}

const NO_PEER: Omit<ParticipantView, 'id' | 'name' | 'introduced' | 'peer'> = {
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
  { roster: { id, name }, metBefore, waiting, ...listed }: ListedParticipant,
  peer: Pick<Peer, 'view' | 'active' | 'failed'> | undefined,
  monitored: MonitorView,
  retired: boolean,
): ParticipantView {
  const introduced = listed.introduced && !metBefore;
  if (peer && (peer.active || peer.failed)) {
    const { view } = peer;
    return { ...view, ...monitored, id, introduced, name: view.name ?? name };
  }
  const unpaired = { ...NO_PEER, id, introduced, name };
  if (retired) return { ...unpaired, trust: 'failed', peer: { phase: 'failed', reason: 'forgotten' } };
  return { ...unpaired, peer: { phase: waiting ? 'waiting' : 'connecting' } };
}
