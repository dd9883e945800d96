/** Owns the TURN servers of the settings, in a file of their own: what is secret about them is in no other. */

import { readdir } from 'node:fs/promises';
import * as v from 'valibot';
import { type TurnServer, turnServersSchema } from '../common/host-api/turn-server.ts';
import { parseJsonObject } from '../common/json.ts';
import { fail, ok, type Result } from '../common/result.ts';
import { SerialQueue } from '../common/timing/serial-queue.ts';
import { SealedFile, type Sealer } from './sealed-file.ts';

const FILE_VERSION = 1;
const fileSchema = v.strictObject({ version: v.literal(FILE_VERSION), servers: turnServersSchema });

export class TurnStore {
  readonly #file: SealedFile;
  /** Two writes at once could leave the older state on the disk. */
  readonly #writes = new SerialQueue();
  #servers: readonly TurnServer[] = [];
  #lost = false;

  /** Never fails: what cannot be read is put aside. */
  static async open(directory: string, askSealer: () => Sealer | null): Promise<TurnStore> {
    const store = new TurnStore(directory, askSealer);
    const names = await readdir(directory).catch((): string[] => []);
    if (store.#file.names.some((name) => names.includes(name))) await store.#read();
    return store;
  }

  private constructor(directory: string, askSealer: () => Sealer | null) {
    this.#file = new SealedFile(directory, 'turn-servers', askSealer);
  }

  get servers(): readonly TurnServer[] {
    return this.#servers;
  }

  /** Whether there were some that could not be read. */
  get lost(): boolean {
    return this.#lost;
  }

  /** They hold at once; resolves when they are on the disk, or `not-saved` where they hold only until the program ends. */
  async set(servers: readonly TurnServer[]): Promise<Result<null, 'not-saved'>> {
    this.#servers = servers;
    const write = this.#writes.run(() =>
      servers.length === 0
        ? this.#file.remove()
        : this.#file.write(JSON.stringify({ version: FILE_VERSION, servers })),
    );
    return write.then(
      () => ok(null),
      () => fail('not-saved'),
    );
  }

  async #read(): Promise<void> {
    const read = await this.#file.read();
    if (read.kind === 'none') return;
    const parsed = v.safeParse(fileSchema, read.kind === 'text' ? parseJsonObject(read.text) : null);
    if (parsed.success) {
      this.#servers = parsed.output.servers;
      return;
    }
    this.#lost = true;
    await this.#file.putAside(read.kind === 'foreign' ? 'foreign' : 'damaged');
  }
}
