/** Owns a browser's caches for tests: what is kept under which name and path. */

export class FakeCaches {
  readonly stored = new Map<string, Map<string, Response>>();

  async open(name: string) {
    const entries = this.stored.get(name) ?? new Map<string, Response>();
    this.stored.set(name, entries);
    return {
      put: async (path: string, response: Response) => {
        entries.set(path, response);
      },
    };
  }

  async match(path: string, { cacheName = '' }: MultiCacheQueryOptions = {}): Promise<Response | undefined> {
    return this.stored.get(cacheName)?.get(path)?.clone();
  }

  async keys(): Promise<string[]> {
    return [...this.stored.keys()];
  }

  async delete(name: string): Promise<boolean> {
    return this.stored.delete(name);
  }
}
