/** Holds introductions to who was asked about whom, and to how many are waited for. */

import { expect, it } from 'vitest';
import type { MeshBody } from '../../../../../main/common/protocol/bodies.ts';
import { INTRODUCTIONS_AWAITED_MAX } from '../../../../../main/common/protocol/peer-limits.ts';
import { Introductions } from '../../../../../web-client/core/mesh/introductions.ts';

const entryOf = (id: string) => ({ id, key: `key-${id}`, fp: `fp-${id}`, name: `name-${id}` });
/** As long as one more question takes to be allowed. */
const STEP_MS = 5_000;

it('forgets whom it asked about first, where somebody names people without end', () => {
  let nowMs = 0;
  const asked: MeshBody[] = [];
  const introduced: string[] = [];
  const introductions = new Introductions({
    clock: () => nowMs,
    peers: new Map([['ada', { reachable: true, tell: (body) => void asked.push(body) }]]),
    listedOf: () => undefined,
    mayIntroduce: () => true,
    onIntroduced: ({ id }) => void introduced.push(id),
  });
  const ids = Array.from({ length: INTRODUCTIONS_AWAITED_MAX + 1 }, (_, at) => `id-${at}`);
  for (const id of ids) {
    introductions.handleReach('ada', [id]);
    nowMs += STEP_MS;
  }
  expect(asked).toEqual(ids.map((id) => ({ kind: 'whois', id })));
  for (const id of ids) introductions.handleIntroduce('ada', { kind: 'introduce', entry: entryOf(id) });
  expect(introduced).toEqual(ids.slice(1));
  introductions.handleReach('ada', ['id-0']);
  expect(asked.at(-1)).toEqual({ kind: 'whois', id: 'id-0' });
});
