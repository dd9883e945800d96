/** Owns one guest on a machine of the network: Chromium with a profile and a tone of its own, and the call in its tab. */

import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright';
import { chromiumArguments } from '../support/browser/chromium.ts';
import { Guest } from '../support/browser/guest.ts';
import { installCallProbe } from '../support/call/call-probe.ts';
import { writeTone } from '../support/sound/tone.ts';
import type { Machine } from './network.ts';
import { installWitness, type Testimony, testimonyOf } from './witness.ts';

/** The certificate is the host's own. */
export const TRUSTING = ['--ignore-certificate-errors'] as const;

export interface PersonSetup {
  readonly name: string;
  readonly toneHz: number;
  readonly machine: Machine;
  /** Of this person's files. */
  readonly directory: string;
  readonly browserPath: string;
}

export class Person {
  readonly name: string;
  readonly toneHz: number;
  readonly machine: Machine;
  readonly #setup: PersonSetup;
  #profile: BrowserContext;
  #closed: Promise<unknown>;
  #guest: Guest | null = null;

  private constructor(setup: PersonSetup, profile: BrowserContext) {
    this.name = setup.name;
    this.toneHz = setup.toneHz;
    this.machine = setup.machine;
    this.#setup = setup;
    this.#profile = profile;
    this.#closed = endOf(profile);
  }

  static async arrive(setup: PersonSetup): Promise<Person> {
    return new Person(setup, await launchOn(setup));
  }

  get guest(): Guest {
    if (this.#guest === null) throw new Error(`${this.name} has opened no link`);
    return this.#guest;
  }

  get profile(): BrowserContext {
    return this.#profile;
  }

  async open(invite: string): Promise<void> {
    this.#guest = await Guest.open(this.#profile, invite, this.name, installWitness);
  }

  /** The link once more, where it may be that the name stands there or the call goes on. */
  async reopen(invite: string): Promise<void> {
    const page = await this.#profile.newPage();
    await page.addInitScript(installCallProbe);
    await page.addInitScript(installWitness);
    await page.goto(invite);
    await page
      .getByRole('status')
      .filter({ hasText: /^(Ready to join|Live|Room is full)$/ })
      .waitFor();
    this.#guest = await Guest.at(page, this.name);
  }

  async join(invite: string): Promise<void> {
    await this.open(invite);
    await this.guest.join();
  }

  testimony(): Promise<Testimony> {
    return testimonyOf(this.guest.page);
  }

  /** The processes that run the pages. */
  async signalRenderers(signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    for (const pid of await this.machine.pids()) {
      const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (commandLine.includes('--type=renderer')) process.kill(pid, signal);
    }
  }

  /** All of the browser dies at once, and it is started again with what lies on its disk. */
  async crashAndReturn(): Promise<void> {
    await this.kill();
    this.#guest = null;
    this.#profile = await launchOn(this.#setup);
    this.#closed = endOf(this.#profile);
  }

  async kill(): Promise<void> {
    for (const pid of await this.machine.pids()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It went with another.
      }
    }
    await this.#closed;
  }
}

/** Asked for at once, for a browser may end by itself. */
const endOf = (profile: BrowserContext) => new Promise((resolve) => profile.once('close', resolve));

/** A program that starts the browser on that machine. */
export async function browserOn(
  { namespace }: Machine,
  directory: string,
  browserPath: string,
): Promise<string> {
  const program = join(directory, 'browser');
  await writeFile(program, `#!/bin/sh\nexec ip netns exec '${namespace}' '${browserPath}' "$@"\n`);
  await chmod(program, 0o700);
  return program;
}

async function launchOn({ machine, toneHz, directory, browserPath }: PersonSetup): Promise<BrowserContext> {
  return chromium.launchPersistentContext(join(directory, 'profile'), {
    executablePath: await browserOn(machine, directory, browserPath),
    chromiumSandbox: false,
    locale: 'en-US',
    ignoreHTTPSErrors: true,
    args: chromiumArguments({ tonePath: await writeTone(directory, toneHz), extraArguments: TRUSTING }),
  });
}
