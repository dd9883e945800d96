/** Owns the floods at the door beside a call: what the host notices of them at his own page, and who comes in afterwards. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { toBase64Url } from '../../../main/common/bytes.ts';
import { type Flooded, type FloodName, FRAGMENTS, UPGRADES, WRONG_PROOFS } from '../floods.ts';
import { IDLE, SILENT } from '../idle-floods.ts';
import type { Attack, AttackStage } from '../stage.ts';

const OWN_PAGE_MAX_MS = 1_000;
const LOOK_MS = 100;

/** During the attack the host looks at his own page, over and over, each time by a new connection. */
export function withOwnPage(attack: Attack): Attack {
  return {
    ...attack,
    async run(stage) {
      let isOver = false;
      const looks = (async () => {
        const answersMs: number[] = [];
        while (!isOver) {
          answersMs.push(await answerMs(stage).catch(() => Number.POSITIVE_INFINITY));
          await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
        }
        return answersMs;
      })();
      try {
        await attack.run(stage);
      } finally {
        isOver = true;
      }
      const answersMs = await looks;
      const longestMs = Math.max(...answersMs);
      stage.note(
        `the host's own page was there in at most ${longestMs.toFixed(0)} ms, ${answersMs.length} times`,
      );
      if (longestMs > OWN_PAGE_MAX_MS) stage.gain('the host waits for his own page');
      await stage.letLatecomerIn();
    },
  };
}

function answerMs({ host }: AttackStage): Promise<number> {
  const startMs = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(`${host.origin}/`, { agent: false }, (response) => {
      response.resume().once('end', () => resolve(performance.now() - startMs));
      response.once('error', reject);
    });
    asked.once('error', reject).end();
  });
}

const flood = (flood: FloodName, name: string): Attack =>
  withOwnPage({
    name,
    async run(stage) {
      const { port, origin, token } = stage.host;
      const outsider = join(import.meta.dirname, 'outsider.js');
      const child = fork(outsider, [flood, String(port), origin, toBase64Url(token)]);
      const failed = once(child, 'exit').then(() => Promise.reject(new Error('the flood broke off')));
      const message = once(child, 'message').then(([flooded]): Flooded => flooded);
      const { gains, notes } = await Promise.race([message, failed]);
      for (const gain of gains) stage.gain(gain);
      for (const note of notes) stage.note(note);
    },
  });

export const slowConnections = flood('slow-connections', `${IDLE} slow connections`);
export const silentSockets = flood('silent-sockets', `${SILENT} sockets that prove nothing`);
export const upgrades = flood('upgrades', `${UPGRADES} upgrades`);
export const fragments = flood('fragments', `${FRAGMENTS} tiny fragments`);
export const wrongProofs = flood('wrong-proofs', `${WRONG_PROOFS} wrong proofs`);
export const notReading = flood('not-reading', 'a socket that never reads');
