/** Owns the browser's storage, which may be switched off, full or broken: what it refuses lasts as long as the page. */

export type PageStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Never throws. */
export interface KeepingStorage extends PageStorage {
  /** Whether it outlives the page; it holds for the page in any case. */
  setItem(key: string, value: string): boolean;
}

/** `open` is `() => window.localStorage` or its like: even that throws where storage is forbidden, or finds nothing. */
export function openStorage(open: () => PageStorage | null): KeepingStorage {
  /** What the storage did not take or give up. */
  const held = new Map<string, string | null>();
  const storage = ask(open) ?? null;
  const write = (key: string, value: string) =>
    ask(() => {
      storage?.setItem(key, value);
      return storage?.getItem(key) === value;
    }) === true;
  const remove = (key: string) => ask(() => storage?.removeItem(key));
  const read = (key: string) => ask(() => storage?.getItem(key)) ?? null;
  return {
    getItem: (key) => held.get(key) ?? (held.has(key) ? null : read(key)),
    setItem(key, value) {
      held.delete(key);
      if (write(key, value)) return true;
      // An older value would come back with the next page; without it there may be room.
      remove(key);
      if (write(key, value)) return true;
      held.set(key, value);
      return false;
    },
    removeItem(key) {
      held.delete(key);
      remove(key);
      if (read(key) !== null) held.set(key, null);
    },
  };
}

/** undefined where the browser refuses. */
function ask<Value>(open: () => Value): Value | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}
