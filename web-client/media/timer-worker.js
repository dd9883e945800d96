// @ts-check
/** Owns counting time in a worker, where browsers do not slow it down: gives each number back when its time has come. */

/** @type {Map<number, ReturnType<typeof setTimeout>>} */
const running = new Map();

/** A number and its time in milliseconds; without a time it is given up. */
addEventListener('message', ({ data: [id, delayMs] }) => {
  clearTimeout(running.get(id));
  running.delete(id);
  if (delayMs === undefined) return;
  const count = () => {
    running.delete(id);
    postMessage(id);
  };
  running.set(id, setTimeout(count, delayMs));
});
