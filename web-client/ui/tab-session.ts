/** Owns the tab's session: takes links from the address, memory or hand, opens one session a link, and gives intents to it. */

import {
  type FragmentProblem,
  formatInvite,
  isSameRoom,
  type RoomLink,
} from '../../main/common/e2ee/invite-link.ts';
import { Emitter } from '../../main/common/emitter.ts';
import { type Disposable, DisposableStore } from '../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../main/common/platform.ts';
import type { Session } from '../core/session.ts';
import type { EndReason, RoomState } from '../core/state/room-state.ts';
import type { LinkMemory, TakenFragment } from './entry/link-memory.ts';
import { createPageIntents, type PageIntents } from './intents.ts';
import { isStranded, type PageState, type TabPage } from './page-state.ts';
import { PeopleAnnouncer } from './people/people-announcer.ts';
/** The public side of Session; a test hands in another. */
export type CallSession = { readonly [Member in keyof Session]: Session[Member] };

export interface TabSessionOptions {
  readonly memory: LinkMemory;
  /** Whether calls can work in this window. */
  readonly supported: boolean;
  /** Origin of the link to pass on. */
  readonly origin: string;
  readonly openSession: (link: RoomLink) => CallSession;
  readonly reload: () => void;
  readonly timers: TimersLike;
  readonly clock: ClockMs;
}

/** After these the link is of no more use and is forgotten at once. */
const LINK_OVER: readonly EndReason[] = ['kicked', 'host-ended'];

export class TabSession implements Disposable {
  /** For as long as the tab; those of the call go to the present one. */
  readonly intents: PageIntents;
  readonly #options: TabSessionOptions;
  readonly #changes = new Emitter<{ change: RoomState | null }>();
  #page: TabPage | null = null;
  #link: RoomLink | null = null;
  #session: CallSession | null = null;
  #listeners = new DisposableStore();
  /** What is the matter with the address this page was opened at, while it has no link. */
  #missing: FragmentProblem = 'cut';
  /** The link to pass on, where somebody knows better than this page; null: the page's own. */
  #givenInvite: string | null = null;

  constructor(options: TabSessionOptions) {
    this.#options = options;
    const { reload } = options;
    this.intents = createPageIntents(
      { openLink: (link) => this.openLink(link), reload },
      () => this.#session,
    );
  }

  /** Whether leaving the tab would end a call. */
  get inCall(): boolean {
    const state = this.#session?.state;
    return state !== undefined && state.call !== 'out' && state.signaling.phase !== 'ended';
  }

  get stranded(): boolean {
    return this.#session !== null && isStranded(this.#session.state);
  }

  get muted(): boolean {
    return this.#session?.muted ?? false;
  }

  /** null while there is no link. */
  get room(): RoomState | null {
    return this.#session?.state ?? null;
  }

  /** Calls back after each change of `room`. */
  onChange(listener: (room: RoomState | null) => void): Disposable {
    return this.#changes.on('change', listener);
  }

  /** Has another link passed on than the one this page was opened with; null: that one. */
  setInvite(invite: string | null): void {
    this.#givenInvite = invite;
    this.#render();
  }

  /** Opens the link the page was loaded with, else the one this tab had before a reload. */
  start(page: TabPage, taken: TakenFragment): void {
    this.#page = page;
    const link = taken.kind === 'link' ? taken.link : this.#options.memory.recall();
    if (taken.kind === 'changed') this.#missing = 'changed';
    if (link === null) this.#render();
    else this.openLink(link);
  }

  /** A link was put into the address bar of the open page. */
  handleFragment(taken: TakenFragment): void {
    if (taken.kind === 'none') return;
    // The entry of the history is another one now.
    if (this.#link !== null) this.#options.memory.keep(this.#link);
    if (taken.kind !== 'link') this.#page?.announce('paste.ignored');
    else if (this.inCall) this.#maybeSwitch(taken.link);
    else this.openLink(taken.link);
  }

  openLink(link: RoomLink): void {
    this.#close();
    this.#link = link;
    this.#givenInvite = null;
    if (!this.#options.memory.keep(link)) this.#page?.announce('paste.not-kept');
    if (this.#options.supported) this.#open(link);
    this.#render();
  }

  dispose(): void {
    this.#close();
  }

  #open(link: RoomLink): void {
    const session = this.#options.openSession(link);
    this.#session = session;
    this.#listeners.add(session.onState((state) => this.#handleState(state)));
    this.#listeners.add(session.onLevel((level) => this.#page?.showLevel(level)));
    const news = this.#listeners.add(
      new PeopleAnnouncer(this.#options, {
        announce: (...words) => this.#page?.announce(...words),
        playCue: (cue) => this.#page?.playCue(cue),
      }),
    );
    this.#listeners.add(
      session.onEvent((event) => {
        if (event.type !== 'server-left-out') news.handle(event);
        else this.#page?.announce(event.own ? 'server.own-left-out' : 'server.left-out', event.url);
      }),
    );
    session.start();
  }

  #close(): void {
    this.#listeners.dispose();
    this.#listeners = new DisposableStore();
    this.#session?.dispose();
    this.#session = null;
    this.#link = null;
  }

  #maybeSwitch(link: RoomLink): void {
    if (this.#link !== null && isSameRoom(link, this.#link)) return;
    this.#page?.askToSwitch(() => this.openLink(link));
  }

  #handleState({ signaling }: RoomState): void {
    if (signaling.phase === 'ended' && LINK_OVER.includes(signaling.reason)) {
      this.#options.memory.forget();
      this.#link = null;
    }
    this.#render();
  }

  #render(): void {
    this.#page?.render(this.#pageState());
    this.#changes.emit('change', this.room);
  }

  #pageState(): PageState {
    const { supported, origin } = this.#options;
    const invite = this.#link === null ? null : (this.#givenInvite ?? formatInvite(origin, this.#link));
    if (!supported) return { kind: 'unsupported', invite };
    if (this.#session === null) return { kind: 'no-link', problem: this.#missing };
    return { kind: 'room', room: this.#session.state, invite };
  }
}
