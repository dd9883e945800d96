/** Owns reaching the browser's storage, or a stand-in for it where a person has switched it off. */

export type PageStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const PROBE_KEY = 'secret-call.probe';

/** `look` is `() => window.localStorage` or its like: even that look throws where storage is forbidden. */
export function openStorage(look: () => PageStorage): PageStorage {
  try {
    const storage = look();
    storage.setItem(PROBE_KEY, '');
    storage.removeItem(PROBE_KEY);
    return storage;
  } catch {
    return createMemoryStorage();
  }
}

/** Forgets everything with the page. */
function createMemoryStorage(): PageStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}
