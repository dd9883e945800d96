/** Owns the theme the page is shown in, the system's or the one chosen, and the colour of the browser's own frame. */

export type Theme = 'system' | 'dark' | 'light';

export const THEMES: readonly Theme[] = ['system', 'dark', 'light'];

const DARK = '(prefers-color-scheme: dark)';

/**
 * Says it where the stylesheets look (`<html data-theme>`, absent for the system's), and to the browser, which draws
 * scroll bars and what lies behind the page.
 */
export function showTheme(root: Document, theme: Theme): void {
  const chosen = theme === 'system' ? null : theme;
  if (chosen === null) root.documentElement.removeAttribute('data-theme');
  else root.documentElement.setAttribute('data-theme', chosen);
  const scheme = root.querySelector<HTMLMetaElement>('meta[name="color-scheme"]');
  const content = chosen ?? 'dark light';
  // Said again it would have the whole page styled anew.
  if (scheme !== null && scheme.content !== content) scheme.content = content;
}

/** Calls back when the page's colours are others, by the system's theme or by the page's own. */
export function onThemeChange(root: Document, listener: () => void): void {
  root.defaultView?.matchMedia(DARK).addEventListener('change', listener);
  new MutationObserver(listener).observe(root.documentElement, { attributeFilter: ['data-theme'] });
}

/** The browser's own frame has the colour of the page's background. */
export function connectThemeColor(root: Document): void {
  const view = root.defaultView;
  if (view === null) return;
  const metas = root.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  const apply = () => {
    const background = view.getComputedStyle(root.body).backgroundColor;
    for (const meta of metas) if (meta.content !== background) meta.content = background;
  };
  // In the system's theme the document says it itself.
  if (root.documentElement.hasAttribute('data-theme')) apply();
  onThemeChange(root, apply);
}
