/** Owns how good the connection with one person is. */

export interface LinkQuality {
  readonly grade: 'good' | 'weak';
  /** Whether the voice goes through a TURN server; null while that is not known. */
  readonly relayed: boolean | null;
  readonly roundTripMs: number | null;
  /** Share of the person's packets that did not come in the last interval, 0 to 1. */
  readonly loss: number | null;
  readonly jitterMs: number | null;
}
