/** Owns this process's hold on Firefox on another machine of the network, and on the one page in it. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type EvaluatingPage, installCallProbe } from '../support/call/call-probe.ts';
import { until } from '../support/time/until.ts';
import type { FirefoxOrder, FirefoxReply } from './firefox-child.ts';
import type { Machine } from './network.ts';

/** More than its driver waits for anything. */
const REPLY_TIMEOUT_MS = 40_000;

export class FirefoxTab implements EvaluatingPage {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Without a page. It ends with its machine, if not before. */
  static async start({ namespace }: Machine, executablePath: string, toneHz: number): Promise<FirefoxTab> {
    const program = [process.execPath, join(import.meta.dirname, 'firefox-child.js')];
    const child = spawn('ip', ['netns', 'exec', namespace, ...program, executablePath, String(toneHz)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const tab = new FirefoxTab(child);
    await tab.#reply();
    return tab;
  }

  /** Our page, with the name typed; Join can be pressed. */
  async open(invite: string, name: string): Promise<void> {
    const url = new URL(invite);
    url.searchParams.set('lang', 'en');
    await this.#ask({ type: 'open', url: url.href, name, prepare: String(installCallProbe) });
    await until(
      'Join in Firefox',
      () => this.evaluate(() => document.querySelector('[role="status"]')?.textContent?.trim()),
      (status) => status === 'Ready to join',
    );
  }

  async click(button: 'Join' | 'Leave'): Promise<void> {
    await this.#ask({ type: 'click', button });
  }

  evaluate<Result>(pageFunction: () => Result): Promise<Awaited<Result>> {
    return this.#ask({ type: 'evaluate', source: String(pageFunction) }) as Promise<Awaited<Result>>;
  }

  async close(): Promise<void> {
    await this.#ask({ type: 'close' });
  }

  async end(): Promise<void> {
    if (!this.#child.connected) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }

  async #ask(order: FirefoxOrder): Promise<unknown> {
    const replied = this.#reply();
    this.#child.send(order);
    return replied;
  }

  async #reply(): Promise<unknown> {
    const signal = AbortSignal.timeout(REPLY_TIMEOUT_MS);
    const [reply] = (await once(this.#child, 'message', { signal })) as [FirefoxReply];
    if (reply.type === 'failed') throw new Error(`Firefox: ${reply.reason}`);
    return reply.value;
  }
}
