/** Owns the announcements of who came and who left: one by name, and several of a short time in one sentence. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import type { Cue } from '../../core/call-intents.ts';
import type { ParticipantEvent } from '../../core/state/session-events.ts';
import type { TextKey } from '../../i18n/en.ts';
import { Cooldown } from '../shell/cooldown.ts';

/** Long enough for a sentence to be read out. */
export const PEOPLE_ANNOUNCEMENT_GAP_MS = 4_000;
/** Long enough for a busy device to load the page anew, which is no news; nobody is told to have left before. */
const RETURN_MS = 3_500;

export interface PeopleAnnouncerPage {
  announce(text: TextKey, name?: string | null, count?: number): void;
  playCue(cue: Cue): void;
}

type Unannounced = ParticipantEvent & { readonly atMs: number };

export class PeopleAnnouncer implements Disposable {
  readonly #page: PeopleAnnouncerPage;
  readonly #clock: ClockMs;
  readonly #pace: Cooldown;
  /** By id: who came and left again meanwhile is no news. */
  readonly #unannounced = new Map<string, Unannounced>();

  constructor({ timers, clock }: { timers: TimersLike; clock: ClockMs }, page: PeopleAnnouncerPage) {
    this.#page = page;
    this.#clock = clock;
    this.#pace = new Cooldown(timers, PEOPLE_ANNOUNCEMENT_GAP_MS, () => this.#announce());
  }

  /** Who leaves and is back in a moment, perhaps under the id of another page load, is no news either. */
  handle(event: ParticipantEvent): void {
    const { id, name, type } = event;
    const isSame = (other: ParticipantEvent) =>
      other.id === id || (name !== null && other.name === name && other.type === 'left');
    const unannounced = [...this.#unannounced.values()].find(isSame);
    if (unannounced === undefined) this.#unannounced.set(id, { ...event, atMs: this.#clock() });
    else if (unannounced.type !== type) this.#unannounced.delete(unannounced.id);
    if (type === 'left') this.#pace.requestLater();
    else this.#pace.request();
  }

  dispose(): void {
    this.#unannounced.clear();
    this.#pace.dispose();
  }

  #announce(): void {
    const isDue = ({ type, atMs }: Unannounced) => type === 'joined' || this.#clock() - atMs >= RETURN_MS;
    const unannounced = [...this.#unannounced.values()].filter(isDue);
    for (const { id } of unannounced) this.#unannounced.delete(id);
    if (this.#unannounced.size > 0) this.#pace.requestLater();
    for (const type of ['left', 'joined'] as const) {
      const people = unannounced.filter((event) => event.type === type);
      const [first] = people;
      if (first === undefined) continue;
      if (people.length === 1) this.#page.announce(`people.${type}`, first.name);
      else this.#page.announce(`people.${type}-many`, null, people.length);
    }
    const latest = unannounced.at(-1);
    if (latest !== undefined) this.#page.playCue(latest.type);
  }
}
