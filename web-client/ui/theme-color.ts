/** Owns the colour of the browser's own frame: that of the page's ground, whatever theme the page is in. */

const DARK = '(prefers-color-scheme: dark)';

/** Follows the system's theme and the page's own, which stands in `data-theme` of the root element. */
export function connectThemeColor(root: Document): void {
  const view = root.defaultView;
  if (view === null) return;
  const metas = root.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  const apply = () => {
    const ground = view.getComputedStyle(root.body).backgroundColor;
    for (const meta of metas) if (meta.content !== ground) meta.content = ground;
  };
  apply();
  view.matchMedia(DARK).addEventListener('change', apply);
  new MutationObserver(apply).observe(root.documentElement, { attributeFilter: ['data-theme'] });
}
