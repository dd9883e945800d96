/** Owns a queue of asynchronous steps: one at a time, in the order they were asked for. */

export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `step` once all before it have settled; settles as it does. A step that fails does not stop those after it. */
  run<Value>(step: () => Value | Promise<Value>): Promise<Value> {
    const settled = this.#last.then(step);
    this.#last = settled.catch(() => {});
    return settled;
  }
}
