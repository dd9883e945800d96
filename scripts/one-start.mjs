// @ts-check
/**
 * Owns that what the page needs at its start comes as one file. Left alone, the bundler cuts off whatever a part that
 * comes later needs as well, and small files pack worse and are asked for one after the other.
 */

/** @returns {import('vite').Plugin} */
export const oneStart = () => {
  /** @type {Set<string>} */
  const atStart = new Set();
  return {
    name: 'one-start',
    config: () => ({
      build: {
        rolldownOptions: {
          output: { codeSplitting: { groups: [{ name: (id) => (atStart.has(id) ? 'start' : null) }] } },
        },
      },
    }),
    buildEnd() {
      const importsOf = (/** @type {string} */ id) => this.getModuleInfo(id)?.importedIds ?? [];
      const reached = new Set([...this.getModuleIds()].filter((id) => this.getModuleInfo(id)?.isEntry));
      // Grows while it is walked.
      for (const id of reached) for (const next of importsOf(id)) reached.add(next);
      for (const id of reached) if (!id.endsWith('.css')) atStart.add(id);
    },
  };
};
