/** Holds files that come into memory to what all of them may take of it. */

import { describe, expect, it } from 'vitest';
import { FILE_MEMORY_MAX } from '../../../../main/common/protocol/file-limits.ts';
import { MemoryStore } from '../../../../web-client/files/memory-store.ts';
import { createFileRig, createTerms, offerOf } from '../../../support/files/file-rig.ts';

describe('files in memory', () => {
  it('are bounded together, until one is discarded', async () => {
    const rig = createFileRig(new MemoryStore());
    const { open } = await createTerms();
    expect(await rig.desk.keeps).toBe('memory');
    const first = await rig.desk.openReceiving(offerOf(FILE_MEMORY_MAX - 5, 'a', 1), open);
    expect(await rig.desk.openReceiving(offerOf(6, 'b', 2), open)).toEqual({ ok: false, error: 'no-room' });
    expect((await rig.desk.openReceiving(offerOf(5, 'b', 2), open)).ok).toBe(true);
    await (first.ok && first.value.discard());
    expect((await rig.desk.openReceiving(offerOf(6, 'c', 3), open)).ok).toBe(true);
  });
});
