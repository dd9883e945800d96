/** Owns a page's signaling over fake sockets, with time by hand, and the words of a server that its host has proven. */

import { afterEach, beforeEach, expect } from 'vitest';
import { toBase64Url } from '../../../main/common/bytes.ts';
import { silentLogger } from '../../../main/common/logger.ts';
import { Signaling } from '../../../web-client/core/signaling/signaling.ts';
import { MemoryStorage } from '../call/call-world.ts';
import { CryptoWork } from '../crypto/crypto-work.ts';
import { ManualTime, settle } from '../time/manual-time.ts';
import { FakeSocket } from './fake-socket.ts';

const OWN_ID = new Uint8Array(16).fill(1);
export const TOKEN = new Uint8Array(16).fill(3);
export const RESUME = toBase64Url(new Uint8Array(32).fill(9));
const ANSWER = toBase64Url(new Uint8Array(32).fill(5));
export const HOST_KEY = toBase64Url(new Uint8Array(65).fill(7));
/** Stands for what only the room's host can say; the real proofs are in the tests of e2ee. */
export const PROVEN = toBase64Url(new Uint8Array(32).fill(6));
const UNPROVEN = toBase64Url(new Uint8Array(32));
export const CHALLENGE = {
  type: 'challenge',
  ...{ versions: [3], version: 3, key: HOST_KEY, nonce: UNPROVEN, proof: PROVEN },
};
/** By the page. */
const SPOKEN = [3, 4];
const BYE = '{"type":"bye"}';
export const HELLO = {
  type: 'hello',
  id: toBase64Url(OWN_ID),
  roster: [],
  capacity: 6,
  iceServers: [],
  resume: RESUME,
  proof: PROVEN,
};

export class SignalingRig {
  readonly work = new CryptoWork();
  readonly time = new ManualTime();
  readonly storage = new MemoryStorage();
  readonly lastingStorage = new MemoryStorage();
  readonly sockets: FakeSocket[] = [];
  /** What the page was told, first to last. */
  readonly told: string[] = [];
  frames = 0;
  voicesStand = false;
  prove = async (json: string): Promise<string> => json;
  readonly signaling = this.create();

  /** As the page has it when it is loaded. */
  create(): Signaling {
    const { clock, timers } = this.time;
    return new Signaling(
      {
        origin: 'https://a.lhr.life',
        link: { token: TOKEN },
        crypto: this.work.crypto,
        prover: async () => ({
          identity: { id: OWN_ID, key: new Uint8Array(65).fill(4), fp: new Uint8Array(32) },
          open: async (address) => ({
            hello: {
              type: 'hello',
              versions: SPOKEN,
              ...{ key: UNPROVEN, fp: UNPROVEN, nonce: UNPROVEN, proof: UNPROVEN, address },
            },
            verifyHost: async ({ key, proof }) =>
              proof === PROVEN
                ? {
                    ...{ key, answer: ANSWER, bye: BYE },
                    verify: async (frame) => frame.includes(PROVEN),
                    prove: (json) => this.prove(json),
                  }
                : null,
          }),
        }),
        hasConnectedPeers: () => this.voicesStand,
        createSocket: (url) => {
          const socket = new FakeSocket(url);
          this.sockets.push(socket);
          return socket;
        },
        storage: this.storage,
        lastingStorage: this.lastingStorage,
        clock,
        timers,
        random: () => 0.999,
        logger: silentLogger,
      },
      {
        onHello: () => this.told.push('hello'),
        onMessage: ({ type }) => this.told.push(type),
        onFrame: () => this.frames++,
        onOffline: (reason) => this.told.push(reason === 'lost' ? 'offline' : reason),
        onEnded: (reason) => this.told.push(`ended ${reason}`),
      },
    );
  }

  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('there is no socket');
    return socket;
  }

  /** The server lets the last socket in. */
  async welcome(): Promise<FakeSocket> {
    const socket = this.last;
    socket.open();
    await settle();
    socket.receive(CHALLENGE);
    socket.receive(HELLO);
    await settle();
    return socket;
  }

  /** Resolves with the first socket there. */
  async begin(page = this.signaling): Promise<void> {
    page.start();
    await this.work.done();
  }

  async goOnline(): Promise<FakeSocket> {
    await this.begin();
    return this.welcome();
  }

  /** Loses the present socket and waits for the next; how long that took, in ms. */
  async lose(): Promise<number> {
    this.last.drop();
    const fromMs = this.time.clock();
    const before = this.sockets.length;
    while (this.sockets.length === before) await this.time.advance(10);
    return this.time.clock() - fromMs;
  }
}

/** To be called where tests are told. `give` is handed each test's own, of which nothing may stay. */
export function signalingForEachTest(give: (rig: SignalingRig) => void): void {
  let rig: SignalingRig;
  beforeEach(() => {
    rig = new SignalingRig();
    give(rig);
  });
  afterEach(() => {
    rig.signaling.dispose();
    expect(rig.time.pending).toBe(0);
    expect(rig.sockets.every(({ readyState }) => readyState === 3)).toBe(true);
  });
}
