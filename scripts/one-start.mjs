// @ts-check
/**
 * Owns that what the page needs at its start comes as one file, and what a call needs as another. Left alone, the bundler
 * cuts off whatever a part that comes later needs as well, and small files pack worse and are asked for one after the other.
 */

const CALL = '/web-client/open-call.ts';

/** @returns {import('vite').Plugin} */
export const oneStart = () => {
  /** @type {Map<string, 'start' | 'call'>} */
  const files = new Map();
  return {
    name: 'one-start',
    config: () => ({
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              // The first takes what the second needs as well.
              groups: [
                { name: 'start', test: (id) => files.get(id) === 'start', priority: 2 },
                { name: 'call', test: (id) => files.get(id) === 'call', priority: 1 },
              ],
            },
          },
        },
      },
    }),
    buildEnd() {
      const infoOf = (/** @type {string} */ id) => this.getModuleInfo(id);
      const all = [...this.getModuleIds()];
      /** @param {'start' | 'call'} file @param {readonly string[]} roots */
      const put = (file, roots) => {
        const reached = new Set(roots);
        // Grows while it is walked.
        for (const id of reached) for (const next of infoOf(id)?.importedIds ?? []) reached.add(next);
        for (const id of reached) if (!files.has(id) && !id.endsWith('.css')) files.set(id, file);
      };
      put(
        'start',
        all.filter((id) => infoOf(id)?.isEntry),
      );
      put(
        'call',
        all.filter((id) => id.endsWith(CALL)),
      );
    },
  };
};
