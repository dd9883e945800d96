/** Owns the question whether the page was opened from the home screen, where to have no link is nobody's mistake. */

export function isInstalled(root: Document): boolean {
  return root.defaultView?.matchMedia('(display-mode: standalone)').matches ?? false;
}
