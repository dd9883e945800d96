/** Owns which side of one connection is the client in DTLS: its first answer settles that for as long as it lasts. */

/**
 * Firefox (153) answers a restart of ICE as the client whatever it is, since the offer leaves both roles open, as it should
 * (RFC 8842). Chromium refuses to change the role. Told the peer's role in the offer, every browser answers with its own.
 */
export class DtlsRole {
  #peers: 'active' | 'passive' | null = null;

  handleAnswer(sdp: string, by: 'self' | 'peer'): void {
    const role = /^a=setup:(active|passive)/m.exec(sdp)?.[1];
    if (role !== undefined) this.#peers ??= (role === 'active') === (by === 'peer') ? 'active' : 'passive';
  }

  /** The peer's offer as the own browser is to see it. */
  settle(sdp: string): string {
    return this.#peers === null ? sdp : sdp.replaceAll('a=setup:actpass', `a=setup:${this.#peers}`);
  }
}
