/** Owns where the WebSocket may go: the page's own origin, and those the host is said to have moved to. */

/** As the host's tunnels are named: https, a name with at least one dot, no port, no path. */
const MOVED_ORIGIN = /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const MOVED_MAX = 4;

export class ServerOrigins {
  readonly #own: string;
  /** Latest first. */
  #moved: readonly string[] = [];
  #turn = 0;

  constructor(own: string) {
    this.#own = own;
  }

  /** Takes one more origin to try; false for what may not be one, or is known. */
  add(url: string): boolean {
    if (!MOVED_ORIGIN.test(url) || url === this.#own || this.#moved.includes(url)) return false;
    this.#moved = [url, ...this.#moved].slice(0, MOVED_MAX);
    return true;
  }

  /** The own origin is tried first whenever the way is lost; the others only in turn with it, while it does not answer. */
  restart(): void {
    this.#turn = 0;
  }

  nextSocketUrl(): string {
    const turn = this.#turn++;
    const moved = turn % 2 === 1 ? this.#moved[((turn - 1) / 2) % this.#moved.length] : undefined;
    return `${(moved ?? this.#own).replace(/^http/, 'ws')}/ws`;
  }
}
