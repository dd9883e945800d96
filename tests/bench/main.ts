/** Owns one run of the bench: its parts one after another, then the table, the file and the verdict. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, launchChromium } from '../support/browser/chromium.ts';
import { writeTone } from '../support/sound/tone.ts';
import { benchApp } from './app-bench.ts';
import { benchFiles, benchFilesFirefox, benchFilesToFive } from './files-bench.ts';
import { benchJoin } from './join-bench.ts';
import { benchPackedStart } from './packed-start.ts';
import { benchPage } from './page-bench.ts';
import { benchRecordedCall } from './recorded-call-bench.ts';
import { benchRecording } from './recording-bench.ts';
import { benchRelay } from './relay-bench.ts';
import { benchTable, type Measure, toRow, writeBenchReport } from './report.ts';
import { benchRoom } from './room-bench.ts';
import { benchStanding } from './standing-bench.ts';

const TONE_HZ = 440;

async function benchJoins(executablePath: string): Promise<Measure[]> {
  const temporary = await mkdtemp(join(tmpdir(), 'secret-call-bench-'));
  // A lasting tone: Chromium's own beep sounds once a second only.
  const browser = await launchChromium(executablePath, {
    tonePath: await writeTone(temporary, TONE_HZ),
    graphicsCard: true,
  });
  try {
    return await benchJoin(browser);
  } finally {
    await browser.close();
    await rm(temporary, { recursive: true, force: true });
  }
}

async function inChromium(measure: (executablePath: string) => Promise<Measure[]>): Promise<Measure[]> {
  const executablePath = findChromium();
  if (executablePath !== null) return measure(executablePath);
  console.error('No Chromium on this machine: this part is not measured.');
  return [];
}

const PARTS: Readonly<Record<string, () => Promise<Measure[]>>> = {
  relay: benchRelay,
  page: () => inChromium(benchPage),
  join: () => inChromium(benchJoins),
  standing: () => inChromium(benchStanding),
  room: () => inChromium(benchRoom),
  files: () => inChromium(benchFiles),
  'files-firefox': () => inChromium(benchFilesFirefox),
  'files-to-five': () => inChromium(benchFilesToFive),
  recording: () => inChromium(benchRecording),
  'recorded-call': () => inChromium(benchRecordedCall),
  app: benchApp,
  packed: benchPackedStart,
};

const [, , directory = 'dist/bench', ...asked] = process.argv;
const unknown = asked.filter((part) => !Object.hasOwn(PARTS, part));
if (unknown.length > 0) {
  console.error(`No part of the bench: ${unknown.join(', ')}. There are ${Object.keys(PARTS).join(', ')}.`);
  process.exit(2);
}
const measures: Measure[] = [];
for (const [part, measure] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(part)) continue;
  console.error(`Measuring: ${part} …`);
  measures.push(...(await measure()));
}
const rows = measures.map(toRow);
console.log(benchTable(rows));
console.log(await writeBenchReport(directory, rows, new Date()));
if (rows.some(({ met }) => !met)) process.exitCode = 1;
