/** Owns telling who came and who left: one by name, and several of a short time in one sentence. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import type { Cue } from '../../core/call-intents.ts';
import type { ParticipantEvent } from '../../core/state/session-events.ts';
import type { TextKey } from '../../i18n/en.ts';
import { Cooldown } from '../shell/cooldown.ts';

/** Long enough for a sentence to be read out. */
export const PEOPLE_NEWS_GAP_MS = 2_000;

export interface PeopleAnnouncerPage {
  announce(text: TextKey, name?: string | null, count?: number): void;
  playCue(cue: Cue): void;
}

export class PeopleAnnouncer implements Disposable {
  readonly #page: PeopleAnnouncerPage;
  readonly #pace: Cooldown;
  /** By id: who came and left again meanwhile is no news. */
  readonly #untold = new Map<string, ParticipantEvent>();

  constructor(timers: TimersLike, page: PeopleAnnouncerPage) {
    this.#page = page;
    this.#pace = new Cooldown(timers, PEOPLE_NEWS_GAP_MS, () => this.#tell());
  }

  handle(event: ParticipantEvent): void {
    const untold = this.#untold.get(event.id);
    if (untold === undefined) this.#untold.set(event.id, event);
    else if (untold.type !== event.type) this.#untold.delete(event.id);
    this.#pace.ask();
  }

  dispose(): void {
    this.#untold.clear();
    this.#pace.dispose();
  }

  #tell(): void {
    const untold = [...this.#untold.values()];
    this.#untold.clear();
    for (const type of ['left', 'joined'] as const) {
      const people = untold.filter((event) => event.type === type);
      const [first] = people;
      if (first === undefined) continue;
      if (people.length === 1) this.#page.announce(`people.${type}`, first.name);
      else this.#page.announce(`people.${type}-many`, null, people.length);
    }
    const latest = untold.at(-1);
    if (latest !== undefined) this.#page.playCue(latest.type);
  }
}
