/** Owns the guest who enters as somebody who is away: with the key, the fingerprint and the name that all have seen. */

import { randomBytes } from 'node:crypto';
import { Guest } from '../../support/browser/guest.ts';
import { connectionsStanding } from '../../support/call/call-probe.ts';
import { until } from '../../support/time/until.ts';
import { type PageKey, WirePage } from '../../support/wire/wire-page.ts';
import { RoutedSockets } from '../routed-sockets.ts';
import type { Attack, AttackStage } from '../stage.ts';

const NAME = 'Clara';
const TRIES = 12;
const PAUSE_MS = 250;
const BACK_TIMEOUT_MS = 15_000;

export const squatting: Attack = {
  name: `${TRIES} times in the name of one who is away`,
  run: (stage) =>
    stage.withProfile(async (profile) => {
      const sockets = await RoutedSockets.of(profile, stage.host);
      const clara = await Guest.open(profile, stage.host.invite, NAME);
      await clara.choosesToListen();
      await clara.join();
      await isWithAll(stage, clara);
      // What stands in the roster.
      const { key, fp } = JSON.parse(sockets.toHost.get('hello') ?? '{}');
      const name = sockets.toHost.get('name') ?? '';
      await clara.leave();
      sockets.cut();
      const squatters = await squat(stage, key, fp, name);
      sockets.mend();
      const startMs = performance.now();
      await clara
        .showsStatus('Ready to join')
        .then(() => clara.join())
        .then(() => isWithAll(stage, clara))
        .then(
          () => stage.note(`the true one is back in ${(performance.now() - startMs).toFixed(0)} ms`),
          () => stage.gain('the true one is kept out'),
        );
      for (const squatter of squatters) squatter.socket.terminate();
    }),
};

const isWithAll = (stage: AttackStage, { page }: Guest) =>
  until(
    `${NAME} is with all`,
    async () => (await connectionsStanding(page)) >= stage.bystanders.length,
    Boolean,
    BACK_TIMEOUT_MS,
  );

/** Returns those that stay connected. */
async function squat(stage: AttackStage, key: string, fp: string, name: string): Promise<WirePage[]> {
  const { port, origin, token } = stage.host;
  const [keyBytes, fpBytes] = [key, fp].map((text) => Buffer.from(text, 'base64url'));
  const pageKey = { key: keyBytes, fp: fpBytes, privateKey: randomBytes(32) } as PageKey;
  const squatters: WirePage[] = [];
  for (let tried = 0; tried < TRIES; tried++) {
    const squatter = await WirePage.open({ port, origin }, { pageKey });
    squatters.push(squatter);
    await squatter.prove(token);
    const answer = await squatter.next('hello').catch(() => null);
    if (answer !== null) {
      stage.gain('let in under the key of another');
      squatter.send(name);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    for (const { participants } of stage.bystanders)
      if ((await participants.allInnerTexts()).some((text) => text.includes(NAME)))
        stage.gain('shown as another');
  }
  return squatters;
}
