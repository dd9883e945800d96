import { beforeEach, expect, it } from 'vitest';
import { TAKEN_IN_AFTER_MS } from '../../../../../main/common/protocol/limits.ts';
import { Provisions } from '../../../../../web-client/core/call/provisions.ts';
import { CallWorld } from '../../../../support/call/call-world.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';

const [IN, OUT] = [{ call: 'joined' }, { call: 'out' }] as const;

let time: ManualTime;
let asked: string[];
let busy: (() => void)[];
let answers: Record<string, () => Promise<void>>;
let provisions: Provisions;

beforeEach(() => {
  time = new ManualTime();
  [asked, busy] = [[], []];
  answers = { files: async () => {}, recorder: async () => {} };
  const part = (name: string) => () => {
    asked.push(name);
    return answers[name]?.() ?? Promise.resolve();
  };
  provisions = new Provisions({
    timers: time.timers,
    whenIdle: () => new Promise((resolve) => busy.push(resolve)),
    parts: [part('files'), part('recorder')],
  });
});

const rest = async () => {
  busy.shift()?.();
  await settle();
};

it('takes nothing in before one has been in the call for a while, then one part after another, each at rest', async () => {
  let come = () => {};
  answers.files = () =>
    new Promise((resolve) => {
      come = resolve;
    });
  await time.advance(2 * TAKEN_IN_AFTER_MS);
  provisions.handleRoom(IN);
  await time.advance(TAKEN_IN_AFTER_MS - 1);
  provisions.handleRoom(IN);
  expect(busy).toHaveLength(0);
  await time.advance(1);
  expect([busy.length, asked]).toEqual([1, []]);
  await rest();
  expect([busy.length, asked]).toEqual([0, ['files']]);
  come();
  await settle();
  await rest();
  expect(asked).toEqual(['files', 'recorder']);
  provisions.handleRoom(OUT);
  provisions.handleRoom(IN);
  expect(time.pending).toBe(0);
});

it('asks again for what does not come, and for nothing that is there', async () => {
  answers.recorder = () => Promise.reject(new Error('no answer'));
  provisions.handleRoom(IN);
  await time.advance(TAKEN_IN_AFTER_MS);
  for (let part = 0; part < 2; part++) await rest();
  for (let again = 0; again < 2; again++) {
    await time.advance(3_000);
    await rest();
  }
  expect(asked).toEqual(['files', 'recorder', 'recorder', 'recorder']);
});

it('asks for nothing more once one is out, and goes on when one is in again', async () => {
  provisions.handleRoom(IN);
  await time.advance(TAKEN_IN_AFTER_MS - 1);
  provisions.handleRoom(OUT);
  await time.advance(TAKEN_IN_AFTER_MS);
  expect([busy.length, time.pending]).toEqual([0, 0]);
  provisions.handleRoom(IN);
  await time.advance(TAKEN_IN_AFTER_MS);
  await rest();
  provisions.handleRoom(OUT);
  await rest();
  expect(asked).toEqual(['files']);
  provisions.handleRoom(IN);
  await time.advance(TAKEN_IN_AFTER_MS);
  await rest();
  expect(asked).toEqual(['files', 'recorder']);
});

it('asks for nothing after its end', async () => {
  answers.files = () => Promise.reject(new Error('no answer'));
  provisions.handleRoom(IN);
  await time.advance(TAKEN_IN_AFTER_MS);
  provisions.dispose();
  await rest();
  expect([asked, time.pending]).toEqual([[], 0]);
});

it('has a call take in what a first file and a first recording need, and nothing of it while people are being connected', async () => {
  const world = new CallWorld();
  const [anna] = await world.joinAll('Anna', 'Boris');
  const ready = () => [anna.fileWorker.isPrepared, anna.recorder.isPrepared];
  await world.pass(TAKEN_IN_AFTER_MS - 1_000);
  expect(ready()).toEqual([false, false]);
  await world.pass(1_000);
  expect(ready()).toEqual([true, true]);
  await world.end();
});
