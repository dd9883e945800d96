/** Owns whom files go to and come from: the two lanes of each, made when the first file is on its way. */

import { type Disposable, DisposableStore } from '../../../main/common/lifecycle.ts';
import type { FileBody } from '../../../main/common/protocol/file-bodies.ts';
import { FILE_OFFERS } from '../../../main/common/protocol/file-limits.ts';
import { TokenBucket } from '../../../main/common/timing/token-bucket.ts';
import { ConnectionTurns } from '../peer/connection-turns.ts';
import type { FileWorkerPort } from './file-worker-port.ts';
import type { FilesContext } from './files-port.ts';
import { IncomingLane } from './incoming-lane.ts';
import type { FileLinks, FileLinksHandler, FileLinksOptions } from './links/file-links-port.ts';
import { OutgoingLane } from './outgoing-lane.ts';
import { PairTerms } from './pair-terms.ts';

export type CreateFileLinks = (
  options: FileLinksOptions,
  direction: 'sending' | 'receiving',
  handler: FileLinksHandler,
) => FileLinks;

export interface FilePeopleOptions extends FilesContext {
  readonly worker: FileWorkerPort;
  readonly createLinks: CreateFileLinks;
  readonly onChange: () => void;
  /** This person does what no page of ours does; told once. */
  readonly onBarred: (id: string) => void;
}

export interface FilePerson {
  readonly terms: PairTerms;
  readonly outgoing: OutgoingLane;
  readonly incoming: IncomingLane;
  /** How fast they are offered files. */
  readonly offers: TokenBucket;
}

export class FilePeople implements Disposable {
  readonly #options: FilePeopleOptions;
  readonly #turns: ConnectionTurns;
  readonly #people = new Map<string, FilePerson>();
  readonly #barred = new Set<string>();
  readonly #store = new DisposableStore();

  constructor(options: FilePeopleOptions) {
    this.#options = options;
    this.#turns = this.#store.add(new ConnectionTurns(options));
  }

  /** For the page load nothing is taken of them, nor sent to them. */
  isBarred(id: string): boolean {
    return this.#barred.has(id);
  }

  /** null where nothing was ever on its way. */
  known(id: string): FilePerson | null {
    return this.#people.get(id) ?? null;
  }

  /** null for who was never in. */
  meet(id: string): FilePerson | null {
    const known = this.#people.get(id) ?? this.#make(id);
    if (known !== null) this.#people.set(id, known);
    return known;
  }

  /** The servers, or the way that connections are to go, are others now. */
  reroute(): void {
    for (const id of this.#people.keys()) this.endLinks(id);
  }

  /** What is still to be sent makes others. */
  endLinks(id: string): void {
    const known = this.#people.get(id);
    known?.outgoing.links.reroute();
    known?.incoming.links.reroute();
  }

  bar(id: string): void {
    if (this.#barred.has(id)) return;
    this.#barred.add(id);
    const known = this.#people.get(id);
    known?.outgoing.links.dispose();
    known?.incoming.dispose();
    this.#options.onBarred(id);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #make(id: string): FilePerson | null {
    const { pairOf, room, worker, clock, createLinks, onChange, timers, send } = this.#options;
    const pair = pairOf(id);
    if (pair === null) return null;
    const terms = new PairTerms(room.state.self.id, id, pair);
    const links = (direction: 'sending' | 'receiving') => (handler: FileLinksHandler) =>
      this.#store.add(
        createLinks({ ...this.#options, ...pair, turn: this.#turns.pair() }, direction, handler),
      );
    const sendSignal = (body: FileBody) => send(id, body);
    const onRefused = () => this.bar(id);
    return {
      terms,
      outgoing: new OutgoingLane({
        ...{ terms, worker, sendSignal, onChange, onRefused },
        createLinks: links('sending'),
      }),
      incoming: this.#store.add(
        new IncomingLane({
          ...{ timers, sendSignal, onChange, onBroken: onRefused },
          createLinks: links('receiving'),
        }),
      ),
      offers: new TokenBucket(FILE_OFFERS, clock()),
    };
  }
}
