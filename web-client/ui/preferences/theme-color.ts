/** Owns the colour of the browser's own frame: that of the page's ground, whatever theme the page is in. */

import { onThemeChange } from './theme.ts';

export function connectThemeColor(root: Document): void {
  const view = root.defaultView;
  if (view === null) return;
  const metas = root.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  const apply = () => {
    const ground = view.getComputedStyle(root.body).backgroundColor;
    for (const meta of metas) if (meta.content !== ground) meta.content = ground;
  };
  apply();
  onThemeChange(root, apply);
}
