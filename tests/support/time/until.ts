/** Owns waiting for a state that only asking can tell. */

const POLL_MS = 50;

/** Asks until the answer satisfies, and returns it; after `timeoutMs` throws with the last answer. */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value> | Value,
  satisfies: (value: Value) => boolean,
  timeoutMs = 20_000,
): Promise<Value> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (satisfies(value)) return value;
    if (performance.now() > deadlineMs) {
      throw new Error(`${what} did not come in ${timeoutMs} ms; last: ${JSON.stringify(value)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
