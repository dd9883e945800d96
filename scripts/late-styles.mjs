// @ts-check
/**
 * Owns how a part of the page that comes late gets its styles: before its script runs. The bundler's own helper can preload
 * scripts as well, of which this build has none to preload, and takes three times as much of the first load.
 */

const HELPER = 'vite/preload-helper.js';

/**
 * As the bundler calls it: with what imports the part, and the paths of what that waits for below the page's origin. A script
 * among them is the start's own (page-documents.mjs), which runs. The styles of the start stand in the body, and those that
 * come later have to come after them.
 */
const CODE = `
const coming = new Map();

function come(path) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = '/' + path;
  const came = new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => {
      link.remove();
      coming.delete(path);
      reject(new Error('styles: no answer'));
    };
  });
  coming.set(path, came);
  document.body.append(link);
  return came;
}

export const __vitePreload = async (load, paths = []) => {
  const styles = paths.filter((path) => path.endsWith('.css'));
  await Promise.all(styles.map((path) => coming.get(path) ?? come(path)));
  return load();
};
`;

/** @returns {import('vite').Plugin} */
export const lateStyles = () => ({
  name: 'late-styles',
  enforce: 'pre',
  load: (id) => (id.endsWith(HELPER) ? CODE : undefined),
});
