/** Owns reading off a page which way its one connection goes, from the browser's own statistics. */

import '../support/call/call-probe.ts';
import type { EvaluatingPage } from '../support/call/call-probe.ts';

export interface ConnectionWay {
  readonly relayed: boolean;
  /** The kinds of both candidates, this side's first, with this side's way to its relay. */
  readonly words: string;
}

/** Of the connection that stands. */
export function connectionWay(page: EvaluatingPage): Promise<ConnectionWay> {
  return page.evaluate(async () => {
    const connection = window.callProbe
      .connections()
      .find(({ connectionState }) => connectionState === 'connected');
    const all = [...((await connection?.getStats()) ?? new Map<string, Record<string, unknown>>()).values()];
    const byId = (id: unknown) => all.find((entry) => entry.id === id);
    const transport = all.find(({ type }) => type === 'transport');
    // Firefox marks the pair instead.
    const pair =
      byId(transport?.selectedCandidatePairId) ??
      all.find(({ type, selected }) => type === 'candidate-pair' && selected === true);
    const [local, remote] = [byId(pair?.localCandidateId), byId(pair?.remoteCandidateId)];
    const kinds = [local, remote].map((candidate) => String(candidate?.candidateType));
    const transportWord = local?.relayProtocol === undefined ? '' : ` by ${String(local.relayProtocol)}`;
    return { relayed: kinds.includes('relay'), words: `${kinds[0]}${transportWord} – ${kinds[1]}` };
  });
}
