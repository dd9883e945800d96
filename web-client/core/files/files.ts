/** Owns the files of a call: gives what is said of them and wanted of them to what is sent and what is received. */

import { type Disposable, DisposableStore } from '../../../main/common/lifecycle.ts';
import type { FileBody, FileLinkBody } from '../../../main/common/protocol/file-bodies.ts';
import { assertNever } from '../../../main/common/result.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { RoomState } from '../state/room-state.ts';
import { FileList } from './file-list.ts';
import { type CreateFileLinks, FilePeople } from './file-people.ts';
import type { FileWorkerPort } from './file-worker-port.ts';
import type { FilesContext, FilesPort } from './files-port.ts';
import { IncomingFiles } from './incoming-files.ts';
import { IncomingTransfer } from './incoming-transfer.ts';
import { LostWords } from './lost-words.ts';
import { OutgoingFiles } from './outgoing-files.ts';
import { OutgoingTransfer } from './outgoing-transfer.ts';

/** After one went out what came so far is deleted, unless that was the page being loaded anew: this one is gone by then. */
const DISCARD_MS = 2_000;

/** The browser's own. */
export interface FilesTools {
  readonly worker: FileWorkerPort;
  readonly createLinks: CreateFileLinks;
}

export class Files implements FilesPort, Disposable {
  readonly #context: FilesContext;
  readonly #worker: FileWorkerPort;
  readonly #store = new DisposableStore();
  readonly #list: FileList<IncomingTransfer | OutgoingTransfer>;
  readonly #people: FilePeople;
  readonly #outgoing: OutgoingFiles;
  readonly #incoming: IncomingFiles;
  readonly #discardDue: Timeout;
  readonly #lost: LostWords;
  /** Ids of those to whom a connection stands. */
  #met: ReadonlySet<string> = new Set();
  #allowed: boolean;
  #updating = false;
  #disposed = false;

  constructor(given: FilesContext, { worker, createLinks }: FilesTools) {
    this.#lost = this.#store.add(
      new LostWords({
        timers: given.timers,
        canTalk: (person) => given.pairOf(person)?.canTalk() === true,
        sayAgain: (person, body) => this.#sayAgain(person, body),
      }),
    );
    const context: FilesContext = {
      ...given,
      send: (to, body) => {
        const seq = given.send(to, body);
        this.#lost.handleSaid(to, seq, body);
        return seq;
      },
    };
    this.#context = context;
    this.#worker = this.#store.add(worker);
    this.#allowed = context.room.state.filesAllowed;
    const onChange = () => this.#handleChange();
    this.#people = this.#store.add(
      new FilePeople({
        ...{ ...context, worker, createLinks, onChange },
        onBarred: (id) => this.#handleBarred(id),
      }),
    );
    this.#list = this.#store.add(
      new FileList({
        ...context,
        isOpen: ({ person, facts }) => {
          const known = this.#people.known(person);
          return (facts.direction === 'in' ? known?.incoming : known?.outgoing)?.links.open === true;
        },
        onTick: () => {
          this.#outgoing.handleTick();
          this.#incoming.handleTick();
        },
      }),
    );
    const shared = {
      ...{ ...context, worker, onChange, people: this.#people },
      nextKey: () => this.#list.nextKey(),
      onAdded: (file: IncomingTransfer | OutgoingTransfer) => this.#list.add(file),
    };
    this.#outgoing = this.#store.add(new OutgoingFiles({ ...shared, files: () => this.#sent }));
    this.#incoming = new IncomingFiles({
      ...{ ...shared, files: () => this.#received },
      allowed: () => this.#allowed,
    });
    this.#discardDue = this.#store.add(new Timeout(context.timers));
    this.#store.add(context.room.on('state', (state) => this.#handleState(state)));
    this.#handleState(context.room.state);
    void this.#incoming.takeUpFormer().then(() => {
      for (const id of this.#met) this.#incoming.handleMet(id);
    });
  }

  handleBody(from: string, body: FileBody): void {
    switch (body.kind) {
      case 'file-offer':
        this.#incoming.handleOffer(from, body);
        break;
      case 'file-pause':
      case 'file-done':
      case 'file-end':
        this.#incoming.handle(from, body);
        break;
      case 'file-take':
      case 'file-wait':
      case 'file-whole':
      case 'file-stop':
        this.#outgoing.handle(from, body);
        break;
      case 'file-back':
        this.#handleBack(from, body.resume);
        break;
      case 'file-gone':
        this.#incoming.handleGone(from, body.resume);
        break;
      case 'file-link':
        this.#handleLink(from, body);
        break;
      default:
        assertNever(body);
    }
  }

  handleSettled(to: string, seq: number, delivered: boolean): void {
    this.#lost.handleSettled(to, seq, delivered);
  }

  handleExit(from: string): void {
    for (const file of this.#list) if (file.person === from) file.handleExit();
    this.#update();
    this.#people.endLinks(from);
  }

  reroute(): void {
    this.#people.reroute();
  }

  leave(): void {
    for (const file of this.#sent) file.end('cancelled-here');
    for (const file of this.#received) file.leave();
    this.#discardDue.set(() => {
      for (const file of this.#received) if (file.left) void file.discard();
    }, DISCARD_MS);
  }

  sendFiles(chosen: readonly File[], to: string | null): void {
    const { call, participants } = this.#context.room.state;
    if (call !== 'joined' || !this.#allowed) return;
    const people = participants.flatMap(({ id }) => (to === null || to === id ? [id] : []));
    this.#outgoing.send(chosen, people);
  }

  acceptFile(key: string): void {
    const file = this.#list.get(key);
    if (file instanceof IncomingTransfer) file.accept();
  }

  declineFile(key: string): void {
    const file = this.#list.get(key);
    if (file instanceof IncomingTransfer && file.state === 'offered') file.stop('declined');
  }

  pauseFile(key: string, paused: boolean): void {
    this.#list.get(key)?.pause(paused);
  }

  cancelFile(key: string): void {
    const file = this.#list.get(key);
    if (file instanceof IncomingTransfer) file.stop('cancelled');
    else file?.end('cancelled-here');
  }

  saveFile(key: string): void {
    const file = this.#list.get(key);
    if (file instanceof IncomingTransfer) void file.save();
  }

  showSavedFile(key: string): void {
    const file = this.#list.get(key);
    if (file instanceof IncomingTransfer) file.show();
  }

  dismissFile(key: string): void {
    const file = this.#list.get(key);
    if (file === undefined || !file.over) return;
    this.#list.remove(file);
    if (file instanceof IncomingTransfer) void file.discard();
  }

  prepare(): Promise<void> {
    return this.#worker.prepare();
  }

  async previewOf(key: string): Promise<ImageBitmap | null> {
    const file = this.#list.get(key);
    const received = file instanceof IncomingTransfer ? file.received : null;
    return received && this.#worker.preview(received);
  }

  dispose(): void {
    this.#disposed = true;
    this.#store.dispose();
  }

  #handleBack(from: string, resume: string): void {
    if (this.#allowed && !this.#people.isBarred(from)) this.#outgoing.handleBack(from, resume);
    else this.#context.send(from, { kind: 'file-gone', resume });
  }

  /** Only of somebody with whom some file is, or was, on its way. */
  #handleLink(from: string, body: FileLinkBody): void {
    const known = this.#people.known(from);
    if (body.by === 'me') known?.incoming.handleSignal(body);
    else known?.outgoing.links.handleSignal(body);
  }

  get #sent(): readonly OutgoingTransfer[] {
    return [...this.#list].filter((file) => file instanceof OutgoingTransfer);
  }

  get #received(): readonly IncomingTransfer[] {
    return [...this.#list].filter((file) => file instanceof IncomingTransfer);
  }

  #handleState({ participants, filesAllowed }: RoomState): void {
    const met = new Set(participants.flatMap(({ id, peer }) => (peer.phase === 'connected' ? [id] : [])));
    const before = this.#met;
    this.#met = met;
    this.#lost.keep(new Set(participants.map(({ id }) => id)));
    if (this.#allowed && !filesAllowed) this.#switchOff();
    this.#allowed = filesAllowed;
    for (const { id, peer } of participants) if (peer.phase === 'failed') this.#people.bar(id);
    for (const id of met) {
      if (before.has(id)) continue;
      this.#incoming.handleMet(id);
      this.#people.known(id)?.outgoing.links.wake();
    }
  }

  /** It was lost on the way. What ends a file is said again as it was, the rest as it stands by now. */
  #sayAgain(to: string, body: FileBody): void {
    switch (body.kind) {
      case 'file-offer':
      case 'file-pause':
      case 'file-done':
        this.#sent.find(({ person, number }) => person === to && number === body.id)?.sayAgain(body.kind);
        break;
      case 'file-take':
      case 'file-wait':
        this.#received.find(({ person, number }) => person === to && number === body.id)?.sayAgain(body.kind);
        break;
      case 'file-back':
        this.#received.find(({ person, resume }) => person === to && resume === body.resume)?.askBack();
        break;
      default:
        this.#context.send(to, body);
    }
  }

  #switchOff(): void {
    this.#allowed = false;
    for (const file of this.#sent) file.end('off');
    for (const file of this.#received) file.stop('off');
  }

  #handleBarred(id: string): void {
    for (const file of this.#sent) if (file.person === id) file.end('broken');
    for (const file of this.#received) if (file.person === id) file.stop('broken');
    this.#handleChange();
  }

  /** After all that is being said now: one word may change several things. */
  #handleChange(): void {
    if (this.#updating) return;
    this.#updating = true;
    void Promise.resolve().then(() => {
      this.#updating = false;
      if (!this.#disposed) this.#update();
    });
  }

  #update(): void {
    this.#outgoing.offerNext();
    const [sent, received] = [this.#sent, this.#received];
    for (const person of new Set([...this.#list].map((file) => file.person))) {
      const known = this.#people.known(person);
      if (known === null || this.#people.isBarred(person)) continue;
      known.outgoing.update(sent.filter((file) => file.person === person));
      known.incoming.update(received.filter((file) => file.person === person));
    }
    this.#list.show();
  }
}
