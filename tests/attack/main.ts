/** Owns one run of the attacks: each by itself, then the table, the file and the verdict. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium, launchChromium } from '../support/browser/chromium.ts';
import { writeTone } from '../support/sound/tone.ts';
import { calm } from './attacks/calm.ts';
import { channelMessages } from './attacks/channel-messages.ts';
import { churn, renames } from './attacks/churn.ts';
import {
  fragments,
  notReading,
  silentSockets,
  slowConnections,
  upgrades,
  wrongProofs,
} from './attacks/door.ts';
import { identities } from './attacks/identities.ts';
import { onlookers } from './attacks/onlookers.ts';
import { passed, passedOn } from './attacks/passing.ts';
import { places } from './attacks/places.ts';
import { candidates, chats, fileOffers, hands, rebuilds, shortChats } from './attacks/said.ts';
import { squatting } from './attacks/squatting.ts';
import { strangeServers } from './attacks/strange-servers.ts';
import { attackTable, isHeld, writeAttackReport } from './report.ts';
import { type Attack, type AttackResult, AttackStage } from './stage.ts';

const ATTACKS: Readonly<Record<string, Attack>> = {
  calm,
  'channel-messages': channelMessages,
  chats,
  'short-chats': shortChats,
  hands,
  candidates,
  'file-offers': fileOffers,
  rebuilds,
  passed,
  'passed-on': passedOn,
  churn,
  places,
  renames,
  identities,
  squatting,
  'strange-servers': strangeServers,
  onlookers,
  'slow-connections': slowConnections,
  'silent-sockets': silentSockets,
  upgrades,
  fragments,
  'wrong-proofs': wrongProofs,
  'not-reading': notReading,
};

const TONE_HZ = 440;

async function attackAll(executablePath: string, hostileCode: string, asked: readonly string[]) {
  const temporary = await mkdtemp(join(tmpdir(), 'secret-call-attack-'));
  const browser = await launchChromium(executablePath, { tonePath: await writeTone(temporary, TONE_HZ) });
  const results: AttackResult[] = [];
  try {
    for (const [key, attack] of Object.entries(ATTACKS)) {
      if (asked.length > 0 && !asked.includes(key)) continue;
      console.error(`Attacking: ${key} …`);
      results.push(await AttackStage.measure(browser, hostileCode, attack));
    }
  } finally {
    await browser.close();
    await rm(temporary, { recursive: true, force: true });
  }
  return results;
}

const [, , directory = 'dist/attack', hostileCode = '', ...asked] = process.argv;
const executablePath = findChromium();
if (executablePath === null) throw new Error('No Chromium on this machine: nothing is attacked.');
const results = await attackAll(executablePath, hostileCode, asked);
console.log(attackTable(results));
console.log(await writeAttackReport(directory, results, new Date()));
if (!results.every(isHeld)) process.exitCode = 1;
