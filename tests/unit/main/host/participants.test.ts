/** Holds how name boxes become the list of who is in. */

import { describe, expect, it, vi } from 'vitest';
import { toBase64Url } from '../../../../main/common/bytes.ts';
import type { RosterEntry } from '../../../../main/common/protocol/messages.ts';
import { type NameOpener, Participants } from '../../../../main/host/participants.ts';

const entry = (id: number, box: number): RosterEntry => ({
  id: toBase64Url(new Uint8Array(16).fill(id)),
  key: '',
  fp: '',
  name: toBase64Url(new Uint8Array([box])),
});

function watch(opener: NameOpener) {
  const told: (readonly (string | null)[])[] = [];
  const participants: Participants = new Participants(opener, () => {
    told.push(participants.list.map(({ name }) => name));
  });
  return { participants, told };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('Participants', () => {
  it('opens each name box once, in the order of the roster', async () => {
    const open = vi.fn<NameOpener['open']>(async (_id, box) => `name ${box[0]}`);
    const { participants, told } = watch({ open });
    participants.handleRoster([entry(1, 10), entry(2, 20)]);
    await settled();
    participants.handleRoster([entry(2, 20), entry(1, 11)]);
    await settled();
    expect(told).toEqual([
      ['name 10', 'name 20'],
      ['name 20', 'name 11'],
    ]);
    expect(open).toHaveBeenCalledTimes(3);
    expect(participants.list[0]?.id).toBe(entry(2, 20).id);
  });

  it('shows somebody whose box does not open without a name', async () => {
    const { participants, told } = watch({ open: async () => null });
    participants.handleRoster([entry(1, 10)]);
    await settled();
    expect(told).toEqual([[null]]);
  });

  it('survives an opener that breaks', async () => {
    const { participants, told } = watch({ open: () => Promise.reject(new Error('no')) });
    participants.handleRoster([entry(1, 10)]);
    await settled();
    expect(told).toEqual([[null]]);
  });

  it('tells only the newest of rosters that come while names are being opened', async () => {
    const waiting: (() => void)[] = [];
    const open: NameOpener['open'] = (_id, box) =>
      new Promise((resolve) => waiting.push(() => resolve(`name ${box[0]}`)));
    const { participants, told } = watch({ open });
    participants.handleRoster([entry(1, 10)]);
    participants.handleRoster([entry(1, 10), entry(2, 20)]);
    participants.handleRoster([]);
    expect(waiting).toHaveLength(1);
    waiting[0]?.();
    await settled();
    expect(told).toEqual([[]]);
  });

  it('is silent once disposed', async () => {
    const { participants, told } = watch({ open: async () => 'name' });
    participants.handleRoster([entry(1, 10)]);
    participants.dispose();
    await settled();
    expect(told).toEqual([]);
  });
});
