/** Owns what frames between this page and one person are sealed and opened with. */

import { fromBase64Url } from '../../../main/common/bytes.ts';
import type { PairForFiles } from '../peer/peer-handler.ts';
import type { OpenTerms, SealTerms } from './file-worker-port.ts';

const bytesOfId = (id: string) => fromBase64Url(id) ?? new Uint8Array(0);

export class PairTerms {
  readonly #ownId: string;
  readonly #otherId: string;
  readonly #pair: Pick<PairForFiles, 'keys'>;

  /** @param ownId base64url, as the other one */
  constructor(ownId: string, otherId: string, pair: Pick<PairForFiles, 'keys'>) {
    this.#ownId = ownId;
    this.#otherId = otherId;
    this.#pair = pair;
  }

  /** Of a file with this number of its sender's, to the other one. */
  async sealing(file: number): Promise<Omit<SealTerms, 'messageMaxBytes'>> {
    const { sealing: key } = await this.#pair.keys();
    return { key, from: bytesOfId(this.#ownId), to: bytesOfId(this.#otherId), file };
  }

  /** Of what comes from the other one. */
  async opening(file: number): Promise<OpenTerms> {
    const { opening: key, sealing: ackKey } = await this.#pair.keys();
    return { key, ackKey, from: bytesOfId(this.#otherId), to: bytesOfId(this.#ownId), file };
  }
}
