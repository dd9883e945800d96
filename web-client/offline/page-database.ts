/** Owns the browser's database of what pages leave to their next load: opened for a step, and closed after it. */

import type { FormerPageDatabase, LeftByPage } from './former-pages.ts';

const DATABASE = 'secret-call.former';
const STORE = 'pages';

function resultOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

function open(databases: IDBFactory): Promise<IDBDatabase> {
  const request = databases.open(DATABASE, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE));
  return resultOf(request);
}

async function takeOut(
  store: IDBObjectStore,
  id: string,
  olderThanMs: number,
): Promise<LeftByPage<RTCCertificate> | null> {
  const [ids, all] = await Promise.all([
    resultOf(store.getAllKeys()),
    resultOf<LeftByPage<RTCCertificate>[]>(store.getAll()),
  ]);
  for (const [index, { keptMs }] of all.entries()) {
    const key = ids[index];
    if (key !== undefined && (key === id || keptMs < olderThanMs)) store.delete(key);
  }
  return all[ids.indexOf(id)] ?? null;
}

/** Certificates and keys lie there as such: the browser gives them out to be used, and lets nobody read them. */
export class PageDatabase implements FormerPageDatabase<RTCCertificate> {
  readonly #databases: IDBFactory;

  constructor(databases: IDBFactory) {
    this.#databases = databases;
  }

  async put(id: string, left: LeftByPage<RTCCertificate>, olderThanMs: number): Promise<void> {
    await this.#step(async (store) => {
      await takeOut(store, id, olderThanMs);
      store.put(left, id);
    });
  }

  async delete(id: string): Promise<void> {
    await this.#step((store) => resultOf(store.delete(id)));
  }

  async take(id: string, olderThanMs: number): Promise<LeftByPage<RTCCertificate> | null> {
    return this.#step((store) => takeOut(store, id, olderThanMs));
  }

  async #step<Value>(step: (store: IDBObjectStore) => Promise<Value>): Promise<Value> {
    const database = await open(this.#databases);
    try {
      const transaction = database.transaction(STORE, 'readwrite');
      const done = new Promise<void>((resolve, reject) => {
        transaction.addEventListener('complete', () => resolve());
        transaction.addEventListener('abort', () => reject(transaction.error));
      });
      const value = await step(transaction.objectStore(STORE));
      await done;
      return value;
    } finally {
      database.close();
    }
  }
}
