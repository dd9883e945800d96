/** Owns one page's files with people made up around it, each of whom says and sends what a test wants. */

import { type Bytes, toBase64Url } from '../../../main/common/bytes.ts';
import { type FileFrame, sealFileFrame } from '../../../main/common/e2ee/file-frame.ts';
import type { CryptoKeyLike } from '../../../main/common/platform.ts';
import type { FileBody, FileLinkBody } from '../../../main/common/protocol/file-bodies.ts';
import { Files } from '../../../web-client/core/files/files.ts';
import type { FileLinks, FileLinksHandler } from '../../../web-client/core/files/links/file-links-port.ts';
import { OwnNetwork } from '../../../web-client/core/peer/own-network.ts';
import type { FileTransfer } from '../../../web-client/core/state/files-state.ts';
import { RoomStore } from '../../../web-client/core/state/room-store.ts';
import { CryptoWork } from '../crypto/crypto-work.ts';
import { importBoxKey, nodeCrypto, randomBytes } from '../crypto/e2ee-tools.ts';
import { person as samplePerson } from '../page/room-states.ts';
import { ManualTime } from '../time/manual-time.ts';
import { FakeFileWorker, TabDisk } from './fake-file-worker.ts';

/** Links that note what is asked of them, and carry what a test says. */
class NotingLinks implements FileLinks {
  readonly relayed = false;
  readonly messageMaxBytes = 262_144;
  readonly handler: FileLinksHandler;
  readonly signals: FileLinkBody[] = [];
  readonly acks: ArrayBuffer[] = [];
  open = true;
  busy = false;
  disposed = false;

  constructor(handler: FileLinksHandler) {
    this.handler = handler;
  }

  handleSignal(body: FileLinkBody): void {
    this.signals.push(body);
  }

  wake(): void {}

  setBusy(busy: boolean): void {
    this.busy = busy;
  }

  sendAck(_link: number, ack: ArrayBuffer): void {
    this.acks.push(ack);
  }

  reroute(): void {
    this.open = false;
  }

  dispose(): void {
    this.disposed = true;
  }
}

export interface MadeUpPerson {
  readonly id: string;
  /** What this page was told to say to them, first to last. */
  readonly told: FileBody[];
  readonly links: Partial<Record<'sending' | 'receiving', NotingLinks>>;
  say(body: FileBody): Promise<void>;
  /** As only they can. */
  seal(frame: FileFrame): Promise<ArrayBuffer>;
  /** By a link, sealed so. */
  sendFrame(frame: FileFrame, link?: number): Promise<void>;
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

export class FilesRig {
  readonly #work = new CryptoWork();
  readonly time = new ManualTime(() => this.#work.done());
  readonly room = new RoomStore(silent);
  readonly worker: FakeFileWorker;
  readonly files: Files;
  readonly #ownId = randomBytes(16);
  readonly #people = new Map<string, MadeUpPerson>();
  readonly #keys = new Map<string, { readonly sealing: CryptoKeyLike; readonly opening: CryptoKeyLike }>();

  /** @param disk with what a former page left */
  constructor(disk = new TabDisk()) {
    this.worker = new FakeFileWorker(this.#work.crypto, disk);
    this.room.dispatch({ type: 'identified', id: toBase64Url(this.#ownId) });
    this.room.dispatch({ type: 'joining', name: 'Anna' });
    this.files = new Files(
      {
        ...{ clock: this.time.clock, timers: this.time.timers, crypto: this.#work.crypto, room: this.room },
        connections: null as never,
        ownNetwork: new OwnNetwork(),
        pairOf: (id) => {
          const keys = this.#keys.get(id);
          if (keys === undefined) return null;
          // What a pair is comes to its links as it is: here, whose they are.
          const pair = {
            fp: randomBytes(32),
            keys: async () => keys,
            canTalk: () => true,
            byRelay: () => false,
          };
          return Object.assign(pair, { owner: id });
        },
        send: (to, body) => this.#people.get(to)?.told.push(body) ?? null,
      },
      {
        worker: this.worker,
        createLinks: (options, direction, handler) => {
          const links = new NotingLinks(handler);
          const { owner } = options as unknown as { readonly owner: string };
          const person = this.#people.get(owner);
          if (person !== undefined) person.links[direction] = links;
          return links;
        },
      },
    );
  }

  get shown(): readonly FileTransfer[] {
    return this.room.state.files;
  }

  get phases(): string[] {
    return this.shown.map(({ phase, why }) => [phase, why].filter(Boolean).join(' '));
  }

  /** How the connection to somebody stands. */
  setPhase(id: string, phase: 'connected' | 'lost'): void {
    const participants = this.room.state.participants.map(({ shortId: _, ...known }) =>
      known.id === id ? { ...known, peer: { phase } } : known,
    );
    this.room.dispatch({ type: 'participants', selfIn: true, participants });
  }

  async addPerson(idBytes: Bytes = randomBytes(16)): Promise<MadeUpPerson> {
    const id = toBase64Url(idBytes);
    const [outward, inward] = await Promise.all(
      [randomBytes(32), randomBytes(32)].map(async (bytes: Bytes) => ({
        seal: await importBoxKey(bytes, ['encrypt']),
        open: await importBoxKey(bytes, ['decrypt']),
      })),
    );
    if (outward === undefined || inward === undefined) throw new Error('two keys');
    this.#keys.set(id, { sealing: outward.seal, opening: inward.open });
    const theirs = { key: inward.seal, from: idBytes, to: this.#ownId };
    const person: MadeUpPerson = {
      id,
      told: [],
      links: {},
      say: async (body) => {
        this.files.handleBody(id, body);
        await this.time.advance(300);
      },
      seal: (frame) => sealFileFrame(nodeCrypto, theirs, frame),
      sendFrame: async (frame, link = 1) => {
        person.links.receiving?.handler.onMessage(link, await person.seal(frame));
        await this.time.advance(300);
      },
    };
    this.#people.set(id, person);
    const { shortId: _, ...view } = samplePerson(id);
    const others = this.room.state.participants.map(({ shortId: _own, ...other }) => other);
    this.room.dispatch({ type: 'participants', selfIn: true, participants: [...others, view] });
    return person;
  }
}
