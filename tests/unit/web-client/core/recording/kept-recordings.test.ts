/** Holds that a recording which has ended is there until it is thrown away. */

import { expect, it } from 'vitest';
import { KeptRecordings } from '../../../../../web-client/core/recording/kept-recordings.ts';
import { FakeFinished } from '../../../../support/sound/fake-recorder.ts';
import { settle } from '../../../../support/time/manual-time.ts';

it('keeps a recording over saving, and what was not saved can be saved again', async () => {
  const shown: string[] = [];
  const kept: KeptRecordings = new KeptRecordings(() => shown.push(kept.states[0]?.saved ?? 'gone'));
  const finished = new FakeFinished();
  kept.add(finished, 5);
  const state = { key: 1, cutOff: false, startedAtMs: 5, sizeBytes: 5, saved: 'no', canShow: false };
  expect(kept.states).toEqual([state]);
  finished.refuses = true;
  await kept.save(1);
  finished.refuses = false;
  await Promise.all([kept.save(1), kept.save(1)]);
  kept.discard(1);
  kept.discard(1);
  await settle();
  expect(shown).toEqual(['no', 'saving', 'failed', 'saving', 'saved', 'gone']);
  expect([finished.saves, finished.discarded]).toEqual([1, true]);
});

it('shows where it was saved to, where that is known', async () => {
  const kept = new KeptRecordings(() => {});
  const finished = new FakeFinished();
  let shown = 0;
  finished.showInFolder = () => shown++;
  kept.add(finished, 5);
  kept.show(1);
  await kept.save(1);
  expect(kept.states[0]).toMatchObject({ saved: 'saved', canShow: true });
  kept.show(1);
  expect(shown).toBe(1);
  finished.showInFolder = null;
  await kept.save(1);
  expect(kept.states[0]).toMatchObject({ saved: 'saved', canShow: false });
  kept.show(1);
  expect(shown).toBe(1);
});

it('tells those of an earlier page from the own', () => {
  const kept = new KeptRecordings(() => {});
  kept.addLeft(new FakeFinished());
  kept.add(new FakeFinished(), 9);
  expect(kept.states.map(({ key, cutOff }) => [key, cutOff])).toEqual([
    [1, true],
    [2, false],
  ]);
});
