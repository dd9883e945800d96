/** Owns what a row is, and the questions all rows ask of the pages: gaps in voices, when somebody was told, who is back. */

import type { Person } from './person.ts';
import type { Figure } from './report.ts';
import type { NetsimStage } from './stage.ts';
import { heardAgainAfterMs, longestSilenceMs, type ShownWords, type Testimony } from './witness.ts';

export interface NetsimRow {
  /** What happens, in a few words. */
  readonly fault: string;
  run(
    stage: NetsimStage,
  ): Promise<{ readonly figures: readonly Figure[]; readonly notes?: readonly string[] }>;
}

/** Of a lasting tone nothing is silent; a lost packet or two are made up for by the browser. */
export const VOICE_GAP_MAX_MS = 60;

export const pause = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));

const otherThan = (people: readonly Person[], person: Person) => people.filter((other) => other !== person);

/** The longest silence that any of them heard from any other since then. */
export async function worstGapMs(people: readonly Person[], sinceMs: number): Promise<number> {
  const gaps: number[] = [];
  for (const listener of people) {
    const heard = await listener.testimony();
    for (const { toneHz } of otherThan(people, listener))
      gaps.push(longestSilenceMs(heard, toneHz, sinceMs, Number.POSITIVE_INFINITY));
  }
  return Math.max(...gaps);
}

/** How long after this moment the last of them heard this one again, and this one them. */
export async function voiceBackAfterMs(
  person: Person,
  others: readonly Person[],
  momentMs: number,
): Promise<number> {
  const own = await person.testimony();
  const delays = others.map(({ toneHz }) => heardAgainAfterMs(own, toneHz, momentMs));
  for (const other of others)
    delays.push(heardAgainAfterMs(await other.testimony(), person.toneHz, momentMs));
  return Math.max(...delays);
}

/** Waits until they all hear and are heard again, at most so long; what never comes is told by the figures. */
export async function waitForVoices(
  person: Person,
  others: readonly Person[],
  momentMs: number,
  timeoutMs: number,
): Promise<number> {
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    const backMs = await voiceBackAfterMs(person, others, momentMs);
    if (backMs !== Number.POSITIVE_INFINITY || Date.now() > deadlineMs) return backMs;
    await pause(200);
  }
}

/** How long after this moment the last of them first could read what suits; null where one never could. */
export async function allShowAfterMs(
  people: readonly Person[],
  momentMs: number,
  suits: (shown: ShownWords) => boolean,
): Promise<number | null> {
  return latestMs(
    people,
    ({ shown }) => shown.find((words) => words.atMs >= momentMs && suits(words)),
    momentMs,
  );
}

/** How long after this moment all of them could read what suits, and from then on; null where one cannot. */
export async function allSettleAfterMs(
  people: readonly Person[],
  momentMs: number,
  suits: (shown: ShownWords) => boolean,
): Promise<number | null> {
  return latestMs(people, ({ shown }) => shown[shown.findLastIndex((words) => !suits(words)) + 1], momentMs);
}

async function latestMs(
  people: readonly Person[],
  pick: (testimony: Testimony) => ShownWords | undefined,
  momentMs: number,
): Promise<number | null> {
  const picked = await Promise.all(people.map(async (person) => pick(await person.testimony())));
  const delays = picked.map((shown) =>
    shown === undefined ? Number.POSITIVE_INFINITY : shown.atMs - momentMs,
  );
  const latest = Math.max(0, ...delays);
  return Number.isFinite(latest) ? latest : null;
}

/** RTCPeerConnections that were made, or ever came to stand, of the page that has the most of them. */
export async function mostConnections(
  people: readonly Person[],
  counted: 'connectionsMade' | 'connectionsStood' = 'connectionsStood',
): Promise<number> {
  const counts: number[] = [];
  for (const person of people) counts.push((await person.testimony())[counted]);
  return Math.max(...counts);
}

export const showsLive = ({ status }: ShownWords): boolean => status === 'Live';

export const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1_000);

/** What a person could read since then, as one line: of each change what was not there before. */
export async function readBy(person: Person, sinceMs: number): Promise<string> {
  const { shown } = await person.testimony();
  let before: readonly string[] = [];
  const told: string[] = [];
  for (const { atMs, status, notices, cards } of shown) {
    const words = [status, ...notices, ...cards];
    const fresh = words.filter((text) => !before.includes(text));
    before = words;
    if (atMs >= sinceMs && fresh.length > 0)
      told.push(`${((atMs - sinceMs) / 1_000).toFixed(1)} s: ${fresh.join(' | ')}`);
  }
  return `${person.name} reads ${told.join('  //  ')}`;
}
