/** Owns measuring files: how fast one goes beside a bare channel between the same pages, what that takes, and what the voices bear. */

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { findFirefox } from '../support/browser/firefox.ts';
import { bareChannelRate } from '../support/files/bare-channel.ts';
import { acceptFile, fileDigest, fileIsWhole, savedDigest } from '../support/files/page-files.ts';
import { MIB, writeRandomFile } from '../support/files/random-file.ts';
import { type HostProcess, startHostProcess } from '../support/host/host-process.ts';
import { ChromiumSeat, type FileSeat, type FileSeatSetup, FirefoxSeat } from './file-seat.ts';
import { memoryAbove } from './page-memory.ts';
import type { Measure } from './report.ts';

/** `FILES_BENCH_MIB=256 npm run bench -- files` takes less time. */
const LARGE_MIB = Number(process.env.FILES_BENCH_MIB ?? 1_024);
const LARGE = 'large.bin';
const FOR_FIVE_MIB = Number(process.env.FILES_BENCH_MIB ?? 96);
const FOR_FIVE = 'five.bin';
const RECEIVERS = 5;
/** Each before and after: over less than this, one channel goes twice as fast one time as another. */
const BARE_MS = 30_000;
/** The witness knows these. */
const TONES_HZ = { sender: 400, receiver: 600 };
const GAP_MAX_MS = 60;
const ABOVE_MAX_MB = 150;
const PATIENCE_MS = 900_000;

type OpenSeat = (setup: FileSeatSetup) => Promise<FileSeat>;
interface Program {
  readonly name: string;
  readonly executablePath: string;
  readonly open: OpenSeat;
}

const chromiumAt = (executablePath: string): Program => ({
  ...{ name: 'Chromium', executablePath },
  open: (setup) => ChromiumSeat.open(setup),
});
const firefoxAt = (executablePath: string): Program => ({
  ...{ name: 'Firefox', executablePath },
  open: (setup) => FirefoxSeat.open(setup),
});

/** What a part of the bench has to itself; all of it is gone afterwards. */
class FilesStage {
  readonly #seats: FileSeat[] = [];
  readonly directory: string;
  readonly host: HostProcess;

  private constructor(directory: string, host: HostProcess) {
    this.directory = directory;
    this.host = host;
  }

  static async use(measure: (stage: FilesStage) => Promise<Measure[]>): Promise<Measure[]> {
    const directory = await mkdtemp(path.join(tmpdir(), 'secret-call-bench-'));
    const stage = new FilesStage(directory, await startHostProcess());
    try {
      return await measure(stage);
    } finally {
      for (const seat of stage.#seats) await seat.end();
      await stage.host.stop();
      await rm(directory, { recursive: true, force: true });
    }
  }

  async seat<Seat extends FileSeat>(
    open: (setup: FileSeatSetup) => Promise<Seat>,
    executablePath: string,
    toneHz: number,
  ): Promise<Seat> {
    const directory = path.join(this.directory, `seat-${this.#seats.length}`);
    await mkdir(directory);
    const seat = await open({ executablePath, directory, toneHz });
    this.#seats.push(seat);
    return seat;
  }
}

/** Of one large file between two. */
const measureTwo = (from: Program, to: Program) =>
  FilesStage.use(async (stage) => {
    const { invite } = stage.host;
    const filePath = await writeRandomFile(stage.directory, LARGE, LARGE_MIB);
    const sender = await stage.seat(from.open, from.executablePath, TONES_HZ.sender);
    const receiver = await stage.seat(to.open, to.executablePath, TONES_HZ.receiver);
    await sender.join(invite, 'Sender');
    await receiver.join(invite, 'Receiver');
    await sender.hears(TONES_HZ.receiver);
    await receiver.hears(TONES_HZ.sender);

    const bare = [await bareChannelRate(sender.page, [receiver.page], BARE_MS)];
    const pages = [await sender.pageProcesses(), await receiver.pageProcesses()];
    await sender.offer(filePath);
    let tookMs = Number.NaN;
    const sinceMs = Date.now();
    const above = await memoryAbove(pages, async () => {
      await receiver.accept(LARGE);
      const startMs = performance.now();
      await receiver.isWhole(LARGE, PATIENCE_MS);
      tookMs = performance.now() - startMs;
    });
    const gaps = [
      await sender.longestGapMs(TONES_HZ.receiver, sinceMs),
      await receiver.longestGapMs(TONES_HZ.sender, sinceMs),
    ].filter((gapMs) => gapMs !== null);
    if ((await receiver.savedDigest(LARGE, PATIENCE_MS)) !== (await fileDigest(filePath)))
      throw new Error('what came is another file');
    bare.push(await bareChannelRate(sender.page, [receiver.page], BARE_MS));

    const what = `${from.name} → ${to.name}, ${LARGE_MIB} MiB`;
    const alone = { bare: [], unit: 'MB', target: { productAtMost: ABOVE_MAX_MB } };
    return [
      {
        name: `File, ${what}, Accept → whole`,
        unit: 'MB/s',
        bare,
        product: [(LARGE_MIB * MIB) / 1_000 / tookMs],
        target: { atLeast: 0.9 },
      },
      { ...alone, name: 'Memory of the page that sends, above before', product: above.slice(0, 1) },
      { ...alone, name: 'Memory of the page that receives, above before', product: above.slice(1) },
      {
        name: 'Longest gap in a voice that Chromium hears meanwhile',
        unit: 'ms',
        bare: [],
        product: [Math.max(...gaps)],
        target: { productAtMost: GAP_MAX_MS },
      },
    ];
  });

/** Of one file to several at once, who listen: six voices to five people each are more than two cores have, without any file. */
const measureFive = (executablePath: string) =>
  FilesStage.use(async (stage) => {
    const { invite } = stage.host;
    const filePath = await writeRandomFile(stage.directory, FOR_FIVE, FOR_FIVE_MIB);
    const open = (setup: FileSeatSetup) => ChromiumSeat.open(setup);
    const sender = await stage.seat(open, executablePath, TONES_HZ.sender);
    await sender.join(invite, 'Sender');
    const others = await stage.seat(open, executablePath, TONES_HZ.receiver);
    const receivers: Page[] = [];
    for (let number = 1; number <= RECEIVERS; number++) {
      await others.listen(invite, `Receiver ${number}`);
      receivers.push(others.page);
    }
    await sender.guest.isConnectedTo(RECEIVERS);
    const bare = [await bareChannelRate(sender.page, receivers, BARE_MS)];
    const pages = [await sender.pageProcesses()];
    await sender.offer(filePath);
    let tookMs = Number.NaN;
    const above = await memoryAbove(pages, async () => {
      const startMs = performance.now();
      for (const page of receivers) await acceptFile(page, FOR_FIVE);
      await Promise.all(receivers.map((page) => fileIsWhole(page, FOR_FIVE, PATIENCE_MS)));
      tookMs = performance.now() - startMs;
    });
    const digest = await fileDigest(filePath);
    for (const page of receivers)
      if ((await savedDigest(page, FOR_FIVE, PATIENCE_MS)) !== digest)
        throw new Error('what came is another file');
    bare.push(await bareChannelRate(sender.page, receivers, BARE_MS));
    return [
      {
        name: `File of ${FOR_FIVE_MIB} MiB to five at once, Accept → all whole`,
        unit: 'MB/s',
        bare,
        product: [(RECEIVERS * FOR_FIVE_MIB * MIB) / 1_000 / tookMs],
      },
      {
        name: 'Memory of the page that sends to five, above before',
        unit: 'MB',
        bare: [],
        product: above,
        target: { productAtMost: ABOVE_MAX_MB },
      },
    ];
  });

/** `executablePath`: of Chromium. */
export const benchFiles = (executablePath: string) =>
  measureTwo(chromiumAt(executablePath), chromiumAt(executablePath));
export const benchFilesToFive = measureFive;

/** Both ways. */
export async function benchFilesFirefox(executablePath: string): Promise<Measure[]> {
  const firefoxPath = findFirefox();
  if (firefoxPath === null) {
    console.error('No Firefox on this machine: this part is not measured.');
    return [];
  }
  const [chromium, firefox] = [chromiumAt(executablePath), firefoxAt(firefoxPath)];
  return [...(await measureTwo(chromium, firefox)), ...(await measureTwo(firefox, chromium))];
}
