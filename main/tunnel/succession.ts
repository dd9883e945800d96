/** Owns the succession of the tunnel's providers: whose turn it is after how a session ended. */

import type { TunnelErrorCode, TunnelSubstitute } from '../common/host-api/snapshot.ts';
import type { ClockMs } from '../common/platform.ts';
import type { TunnelProvider } from './providers/provider.ts';
import { GOOD_ADDRESS_MS, type SessionEnd } from './supervised-session.ts';

/** A provider that has failed so often in a row, and for so long, gives way to the next. */
export const FAILURES_UNTIL_NEXT = 3;
export const FAILING_UNTIL_NEXT_MS = 20_000;

/** What no further try can cure; the person has to do something first. */
const FINAL_CODES: ReadonlySet<TunnelErrorCode> = new Set([
  'ssh-not-found',
  'ssh-unusable',
  'ssh-no-account',
  'cloudflared-not-found',
  'host-key-mismatch',
]);

/** What will not have passed by the next try, so that another provider is the better hope. */
const LASTING_CODES: ReadonlySet<TunnelErrorCode> = new Set(['tunnel-busy', 'tunnel-unsteady']);

/** `failed`: there is none left to be tried. `next`: another one, which need not wait for the one before. */
export type SuccessionTurn = 'again' | 'next' | 'failed';

export class Succession {
  /** The chosen one, then those that may take its place. */
  readonly #providers: readonly [TunnelProvider, ...TunnelProvider[]];
  readonly #unusable = new Set<TunnelProvider>();
  #current: TunnelProvider;
  readonly #clock: ClockMs;
  #failures = 0;
  #failingSinceMs = 0;
  /** Why the chosen one was given up last. */
  #reason: TunnelErrorCode | null = null;
  #exhausted = false;

  constructor(providers: readonly [TunnelProvider, ...TunnelProvider[]], clock: ClockMs) {
    this.#clock = clock;
    this.#providers = providers;
    this.#current = providers[0];
  }

  get provider(): TunnelProvider {
    return this.#current;
  }

  /** null while it is the chosen one's turn. */
  get substitute(): TunnelSubstitute | null {
    const [chosen] = this.#providers;
    if (this.#current === chosen || this.#reason === null) return null;
    return { provider: this.#current.name, of: chosen.name, reason: this.#reason };
  }

  /** Whether each there is was given up once since the last good address. */
  get exhausted(): boolean {
    return this.#exhausted;
  }

  /** Whether another one could be tried in the place of the present one. */
  async hasNext(): Promise<boolean> {
    return (await this.#findNext()) !== null;
  }

  /** A good address, once lost, leads back to the chosen one; and so does a turn of the others, if all of them failed. */
  async handleEnd({ code, addressMs }: SessionEnd): Promise<SuccessionTurn> {
    const [chosen] = this.#providers;
    if (addressMs !== null) this.#exhausted = false;
    if (addressMs !== null && addressMs >= GOOD_ADDRESS_MS && code !== 'tunnel-unsteady') {
      this.restart();
      return 'again';
    }
    if (this.#failures === 0) this.#failingSinceMs = this.#clock();
    this.#failures++;
    // Somebody may be posing as the provider: whether another one is to be trusted in this network a person decides.
    if (code === 'host-key-mismatch' && this.#current === chosen) return 'failed';
    const isFinal = FINAL_CODES.has(code);
    if (isFinal) this.#unusable.add(this.#current);
    // One that only takes another's place is not what a computer without a network is to begin with.
    const isOffline = code === 'network-unreachable' && this.#current !== chosen;
    const keepsFailing =
      this.#failures >= FAILURES_UNTIL_NEXT && this.#clock() - this.#failingSinceMs >= FAILING_UNTIL_NEXT_MS;
    if (!isFinal && !isOffline && !LASTING_CODES.has(code) && !keepsFailing) return 'again';
    if (this.#current === chosen) this.#reason = code;
    const next = await this.#findNext();
    if (next === null || this.#providers.indexOf(next) < this.#providers.indexOf(this.#current))
      this.#exhausted = true;
    if (next === null) return isFinal ? 'failed' : 'again';
    this.#current = next;
    this.#failures = 0;
    return 'next';
  }

  /** Begins with the chosen one again. */
  restart(): void {
    this.#failures = 0;
    this.#current = this.#providers.find((provider) => !this.#unusable.has(provider)) ?? this.#providers[0];
  }

  async #findNext(): Promise<TunnelProvider | null> {
    const at = this.#providers.indexOf(this.#current);
    for (const provider of [...this.#providers.slice(at + 1), ...this.#providers.slice(0, at)]) {
      if (!this.#unusable.has(provider) && (await provider.isInstalled())) return provider;
    }
    return null;
  }
}
