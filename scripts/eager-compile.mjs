// @ts-check
/**
 * Owns when the guest page's script is compiled. A browser compiles a function when it is first called, which for most of
 * the page is while a call is being joined and the main thread has least time. Told so by a first line, Chromium compiles
 * the whole file beside the main thread as it loads (V8's "explicit compile hints"); other browsers see a comment.
 */

const HINT = '//# allFunctionsCalledOnLoad\n';

/** Marks what the page loads at its start, and the call's code, not what else it fetches later. @returns {import('vite').Plugin} */
export const eagerCompile = () => ({
  name: 'eager-compile',
  enforce: 'post',
  generateBundle: {
    // After whatever else puts lines before the script: only the first line of a file counts.
    order: 'post',
    handler(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const soon = chunks.filter(({ isEntry, name }) => isEntry || name === 'call');
      const marked = new Set(soon.map(({ fileName }) => fileName));
      // Grows while it is walked: what a marked file imports is needed as soon.
      for (const fileName of marked) {
        const chunk = chunks.find((other) => other.fileName === fileName);
        if (chunk === undefined) continue;
        chunk.code = HINT + chunk.code;
        for (const imported of chunk.imports) marked.add(imported);
      }
    },
  },
});
