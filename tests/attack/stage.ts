/** Owns where an attack takes place: a host, two people who talk, the hostile guest, and newcomers who want to come in. */

import type { Browser, BrowserContext } from 'playwright';
import { CAPACITY_MAX } from '../../main/common/protocol/limits.ts';
import { Guest } from '../support/browser/guest.ts';
import { connectionsStanding } from '../support/call/call-probe.ts';
import { until } from '../support/time/until.ts';
import { AttackedHost } from './attacked-host.ts';
import { serveHostileScripts } from './hostile-scripts.ts';
import { type MeterReading, readMeter, startMeter } from './meter.ts';
import { RoutedSockets } from './routed-sockets.ts';
import { type TaskFigures, taskFigures } from './task-trace.ts';

const NEWCOMERS = 3;
const NEWCOMER_TIMEOUT_MS = 15_000;
/** The measurement goes on at least so long, so that the attack's consequences are in it. */
const ATTACK_MIN_MS = 5_000;

/** What the hostile one does to the room while it is measured. */
export interface Attack {
  readonly name: string;
  /** The ways of the two who talk to their servers can be cut, and strangers answer. */
  readonly routesSockets?: boolean;
  /** Runs once two people talk and the hostile guest is in; newcomers come meanwhile. */
  run(stage: AttackStage): Promise<void>;
}

/** Of the worse one of the two who talk. */
export interface AttackResult extends TaskFigures {
  readonly name: string;
  /** How long a timer of that page was late: what else the machine does is in it. */
  readonly longestWaitMs: number;
  readonly voiceGapMs: number;
  /** From pressing Join until connected with both, of those who got in. */
  readonly joinMs: readonly number[];
  readonly newcomers: number;
  /** What the hostile one got that he was not to get. */
  readonly gains: readonly string[];
  /** Further figures. */
  readonly notes: readonly string[];
}

interface Cast {
  readonly bystanders: readonly Guest[];
  readonly hostile: Guest;
  /** Of the bystanders, where the attack has them routed. */
  readonly sockets: readonly RoutedSockets[];
}

export class AttackStage {
  readonly host: AttackedHost;
  readonly bystanders: readonly Guest[];
  readonly hostile: Guest;
  readonly sockets: readonly RoutedSockets[];
  readonly #browser: Browser;
  readonly #gains = new Set<string>();
  readonly #notes: string[] = [];

  private constructor(browser: Browser, host: AttackedHost, { bystanders, hostile, sockets }: Cast) {
    this.#browser = browser;
    this.host = host;
    this.bystanders = bystanders;
    this.hostile = hostile;
    this.sockets = sockets;
  }

  /** @param hostileCode folder with the page that has `hostile-page.ts` in front */
  static async measure(browser: Browser, hostileCode: string, attack: Attack): Promise<AttackResult> {
    const host = await AttackedHost.start(CAPACITY_MAX);
    const profiles: BrowserContext[] = [];
    try {
      const sockets: RoutedSockets[] = [];
      const newProfile = async () => {
        const profile = await Guest.profile(browser);
        profiles.push(profile);
        return profile;
      };
      const openBystander = async (name: string) => {
        const profile = await newProfile();
        if (attack.routesSockets) sockets.push(await RoutedSockets.of(profile, host));
        return Guest.open(profile, host.invite, name);
      };
      const bystanders = [await openBystander('Anna'), await openBystander('Boris')];
      for (const guest of bystanders) await guest.join();
      for (const guest of bystanders) await guest.isConnectedTo(1);
      for (const { page } of bystanders) {
        await until(
          'a voice',
          () => page.evaluate(() => window.callProbe.voices().length),
          (n) => n === 1,
        );
        await startMeter(page);
      }
      const hostileProfile = await newProfile();
      await serveHostileScripts(hostileProfile, host, hostileCode);
      const hostile = await Guest.open(hostileProfile, host.invite, 'Mallory');
      await hostile.choosesToListen();
      await hostile.join();
      await hostile.isConnectedTo(2);
      const stage = new AttackStage(browser, host, { bystanders, hostile, sockets });
      return await stage.#run(attack);
    } finally {
      await Promise.all(profiles.map((profile) => profile.close()));
      await host.stop();
    }
  }

  /** Runs in the hostile guest's page. */
  async strike<Argument>(
    action: (argument: Argument) => Promise<void> | void,
    argument: Argument,
  ): Promise<void> {
    await this.hostile.page.evaluate(action as never, argument);
  }

  /** Somebody else's page, while `during`. */
  async withProfile(during: (profile: BrowserContext) => Promise<void>): Promise<void> {
    const profile = await Guest.profile(this.#browser);
    try {
      await during(profile);
    } finally {
      await profile.close();
    }
  }

  /** The hostile one has got what he was not to get. */
  gain(what: string): void {
    this.#gains.add(what);
  }

  note(figure: string): void {
    this.#notes.push(figure);
  }

  async #run(attack: Attack): Promise<AttackResult> {
    const pages = this.bystanders.map(({ page }) => page);
    for (const page of pages)
      await page.evaluate(() => Object.assign(window.attackMeter, { longestWaitMs: 0, voiceGapMs: 0 }));
    let joins: readonly (number | null)[] = [];
    const figures = await taskFigures(this.#browser, pages, async () => {
      [joins] = await Promise.all([this.#letNewcomersIn(), attack.run(this), pause(ATTACK_MIN_MS)]);
    });
    const readings: MeterReading[] = [];
    for (const page of pages) readings.push(await readMeter(page));
    return {
      name: attack.name,
      ...figures,
      longestWaitMs: Math.max(...readings.map(({ longestWaitMs }) => longestWaitMs)),
      voiceGapMs: Math.max(...readings.map(({ voiceGapMs }) => voiceGapMs)),
      joinMs: joins.filter((joinMs) => joinMs !== null),
      newcomers: joins.length,
      gains: [...this.#gains],
      notes: this.#notes,
    };
  }

  /** Comes when the attack has done its work. */
  async letLatecomerIn(): Promise<void> {
    await this.withProfile(async (profile) => {
      await this.#join(profile, 'Latecomer').then(
        (joinMs) => this.note(`a latecomer is in after ${joinMs.toFixed(0)} ms`),
        () => this.gain('a latecomer is kept out'),
      );
    });
  }

  /** One after another, each gone before the next; null for one who did not get in. */
  async #letNewcomersIn(): Promise<(number | null)[]> {
    const joins: (number | null)[] = [];
    for (let index = 1; index <= NEWCOMERS; index++) {
      const profile = await Guest.profile(this.#browser);
      joins.push(await this.#join(profile, `Newcomer ${index}`).catch(() => null));
      await profile.close();
    }
    return joins;
  }

  async #join(profile: BrowserContext, name: string): Promise<number> {
    const guest = await Guest.open(profile, this.host.invite, name);
    await guest.choosesToListen();
    await guest.aimAtJoin();
    const startMs = performance.now();
    await guest.pressJoin();
    const isIn = async () => (await connectionsStanding(guest.page)) >= this.bystanders.length;
    await until(`${name} is in`, isIn, Boolean, NEWCOMER_TIMEOUT_MS);
    return performance.now() - startMs;
  }
}

const pause = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs));
