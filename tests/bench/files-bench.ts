/** Owns measuring files: how fast one goes beside a bare channel between the same pages, what that takes, and what the voices bear. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright';
import { installWitness, longestSilenceMs, testimonyOf } from '../netsim/witness.ts';
import { chromiumArguments } from '../support/browser/chromium.ts';
import { Guest } from '../support/browser/guest.ts';
import { bareChannelRate } from '../support/files/bare-channel.ts';
import { acceptFile, fileDigest, fileIsWhole, offerFile, savedDigest } from '../support/files/page-files.ts';
import { MIB, writeRandomFile } from '../support/files/random-file.ts';
import { startHostProcess } from '../support/host/host-process.ts';
import { writeTone } from '../support/sound/tone.ts';
import { memoryAbove } from './page-memory.ts';
import type { Measure } from './report.ts';

/** `FILES_BENCH_MIB=256 npm run bench -- files` takes less time. */
const LARGE_MIB = Number(process.env.FILES_BENCH_MIB ?? 1_024);
const FOR_FIVE_MIB = 96;
const RECEIVERS = 5;
const BARE_MS = 8_000;
/** The witness knows these. */
const TONES_HZ = { sender: 400, receiver: 600 };
const GAP_MAX_MS = 60;
const ABOVE_MAX_MB = 150;
const PATIENCE_MS = 400_000;

/** A person's own profile: what a private window keeps goes another way, and costs more. */
interface Profile {
  readonly context: BrowserContext;
  readonly browser: Browser;
}

interface Bench {
  readonly directory: string;
  readonly invite: string;
  readonly sending: Profile;
  readonly receiving: Profile;
}

async function launch(executablePath: string, directory: string, toneHz: number): Promise<Profile> {
  const context = await chromium.launchPersistentContext(path.join(directory, `profile-${toneHz}`), {
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    locale: 'en-US',
    ignoreHTTPSErrors: true,
    args: chromiumArguments({ tonePath: await writeTone(directory, toneHz) }),
  });
  const browser = context.browser();
  if (browser === null) throw new Error('a profile without a browser');
  return { context, browser };
}

async function join({ context }: Profile, invite: string, name: string): Promise<Guest> {
  const guest = await Guest.open(context, invite, name, installWitness);
  await guest.join();
  return guest;
}

/** Of one large file between two. */
async function measureTwo(bench: Bench): Promise<Measure[]> {
  const filePath = await writeRandomFile(bench.directory, 'large.bin', LARGE_MIB);
  const sender = await join(bench.sending, bench.invite, 'Sender');
  const receiver = await join(bench.receiving, bench.invite, 'Receiver');
  await sender.hears(TONES_HZ.receiver);
  await receiver.hears(TONES_HZ.sender);

  const bare = [await bareChannelRate(sender.page, receiver.page, BARE_MS)];
  await offerFile(sender.page, filePath);
  let tookMs = Number.NaN;
  const sinceMs = Date.now();
  const above = await memoryAbove([bench.sending.browser, bench.receiving.browser], async () => {
    await acceptFile(receiver.page, 'large.bin');
    const startMs = performance.now();
    await fileIsWhole(receiver.page, 'large.bin', PATIENCE_MS);
    tookMs = performance.now() - startMs;
  });
  const gaps = [
    longestSilenceMs(await testimonyOf(sender.page), TONES_HZ.receiver, sinceMs, Number.POSITIVE_INFINITY),
    longestSilenceMs(await testimonyOf(receiver.page), TONES_HZ.sender, sinceMs, Number.POSITIVE_INFINITY),
  ];
  if ((await savedDigest(receiver.page, 'large.bin', PATIENCE_MS)) !== (await fileDigest(filePath)))
    throw new Error('what came is another file');
  bare.push(await bareChannelRate(sender.page, receiver.page, BARE_MS));
  const size = `${LARGE_MIB} MiB`;
  const alone = { bare: [], unit: 'MB', target: { productAtMost: ABOVE_MAX_MB } };
  return [
    {
      name: `File of ${size}, Accept → whole`,
      unit: 'MB/s',
      bare,
      product: [(LARGE_MIB * MIB) / 1_000 / tookMs],
      target: { atLeast: 0.9 },
    },
    {
      ...alone,
      name: `Memory of the page that sends, above before, ${size}`,
      product: [above[0] ?? Number.NaN],
    },
    {
      ...alone,
      name: `Memory of the page that receives, above before, ${size}`,
      product: [above[1] ?? Number.NaN],
    },
    {
      name: 'Longest gap in either voice meanwhile',
      unit: 'ms',
      bare: [],
      product: [Math.max(...gaps)],
      target: { productAtMost: GAP_MAX_MS },
    },
  ];
}

/** Of one file to several at once. */
async function measureFive(bench: Bench): Promise<Measure[]> {
  const filePath = await writeRandomFile(bench.directory, 'five.bin', FOR_FIVE_MIB);
  const sender = await join(bench.sending, bench.invite, 'Sender');
  const receivers: Guest[] = [];
  for (let number = 1; number <= RECEIVERS; number++)
    receivers.push(await join(bench.receiving, bench.invite, `Receiver ${number}`));
  await sender.isConnectedTo(RECEIVERS);
  await offerFile(sender.page, filePath);
  let tookMs = Number.NaN;
  const [above = Number.NaN] = await memoryAbove([bench.sending.browser], async () => {
    const startMs = performance.now();
    for (const { page } of receivers) await acceptFile(page, 'five.bin');
    await Promise.all(receivers.map(({ page }) => fileIsWhole(page, 'five.bin', PATIENCE_MS)));
    tookMs = performance.now() - startMs;
  });
  const digest = await fileDigest(filePath);
  for (const { page } of receivers)
    if ((await savedDigest(page, 'five.bin', PATIENCE_MS)) !== digest)
      throw new Error('what came is another file');
  return [
    {
      name: `File of ${FOR_FIVE_MIB} MiB to five at once, until all are whole`,
      unit: 's',
      bare: [],
      product: [tookMs / 1_000],
    },
    {
      name: 'Memory of the page that sends to five, above before',
      unit: 'MB',
      bare: [],
      product: [above],
      target: { productAtMost: ABOVE_MAX_MB },
    },
  ];
}

async function bench(
  executablePath: string,
  measure: (bench: Bench) => Promise<Measure[]>,
): Promise<Measure[]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'secret-call-bench-'));
  const host = await startHostProcess();
  const sending = await launch(executablePath, directory, TONES_HZ.sender);
  const receiving = await launch(executablePath, directory, TONES_HZ.receiver);
  try {
    return await measure({ directory, invite: host.invite, sending, receiving });
  } finally {
    await sending.context.close();
    await receiving.context.close();
    await host.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** `executablePath`: of Chromium. */
export const benchFiles = (executablePath: string) => bench(executablePath, measureTwo);
export const benchFilesToFive = (executablePath: string) => bench(executablePath, measureFive);
