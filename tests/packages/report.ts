/** Owns what a check of the packages says: point by point what held, what did not, and what could not be tried here. */

import { alignColumns } from '../support/report/table.ts';

export type Outcome =
  | { readonly result: 'held'; readonly seen: string }
  | { readonly result: 'failed'; readonly reason: string }
  | { readonly result: 'skipped'; readonly reason: string };

export interface Point {
  readonly of: string;
  readonly what: string;
  readonly outcome: Outcome;
}

/** Thrown by a point that cannot be tried on this machine. */
export class NotHere extends Error {}

export class CheckReport {
  readonly points: Point[] = [];

  /** Tries one point; what it returns is told as seen. Gives whether it held. */
  async point(of: string, what: string, check: () => Promise<string>): Promise<boolean> {
    const outcome = await check().then(
      (seen): Outcome => ({ result: 'held', seen }),
      (error: unknown): Outcome => {
        const reason = error instanceof Error ? error.message : String(error);
        return { result: error instanceof NotHere ? 'skipped' : 'failed', reason };
      },
    );
    this.points.push({ of, what, outcome });
    console.error(`${of}: ${what}: ${outcome.result}`);
    return outcome.result === 'held';
  }

  get failed(): boolean {
    return this.points.some(({ outcome }) => outcome.result === 'failed');
  }

  table(): string {
    const tell = (outcome: Outcome) => (outcome.result === 'held' ? outcome.seen : outcome.reason);
    return alignColumns([
      ['package: point', 'result', 'seen'],
      ...this.points.map(({ of, what, outcome }) => [`${of}: ${what}`, outcome.result, tell(outcome)]),
    ]);
  }
}

/** Fails a point whose findings are not empty. */
export function expectNone(what: string, findings: readonly string[]): void {
  if (findings.length > 0) throw new Error(`${what}: ${findings.join(', ')}`);
}
