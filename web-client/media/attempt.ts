/** Owns asking a browser for what it may refuse: by a promise, by an exception, or by not having it. */

/** Whether it was done. What was refused stays as it was; the next tap or change tries again. */
export async function attempt(ask: () => Promise<unknown> | undefined): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch {
    return false;
  }
}

/** Takes things apart as far as the browser lets it: what fails to end is no reason to keep the rest. */
export function endAll(...ends: readonly (() => void)[]): void {
  for (const end of ends) {
    try {
      end();
    } catch {
      // It is as good as ended.
    }
  }
}
