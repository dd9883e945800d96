/** Owns having scripts of workers ahead of need: in the browser's cache, from where they start without the server. */

/** The part of a window that is used. */
export interface ScriptPage {
  readonly fetch: typeof fetch;
  /** Where the app brings the page, scripts and all. */
  readonly app?: unknown;
}

/**
 * Fetches them, one after another. Settles with whether the browser keeps them all, which some do not do with what comes from a
 * server that nobody vouches for, as on the local network; rejects where one does not come.
 */
export async function keepScripts(page: ScriptPage, ...urls: readonly string[]): Promise<boolean> {
  if (page.app !== undefined) return true;
  let allKept = true;
  for (const url of urls) {
    const came = await page.fetch(url);
    if (!came.ok) throw new Error('a script did not come');
    // Only the whole of it is kept.
    await came.arrayBuffer();
    allKept = (await isKept(page, url)) && allKept;
  }
  return allKept;
}

async function isKept(page: ScriptPage, url: string): Promise<boolean> {
  try {
    const kept = await page.fetch(url, { cache: 'only-if-cached', mode: 'same-origin' });
    await kept.body?.cancel();
    return kept.ok;
  } catch {
    return false;
  }
}
