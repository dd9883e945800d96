/** Owns the proof that a file between real pages goes on over what befalls it on its way: a computer that sleeps, addresses that change. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILE_MESSAGE_LEAST_BYTES } from '../../main/common/protocol/file-limits.ts';
import { Stage } from '../e2e/stage.ts';
import { findChromium } from '../support/browser/chromium.ts';
import type { Guest } from '../support/browser/guest.ts';
import { standsStill } from '../support/browser/standing-still.ts';
import { takeMessagesOf, watchFiles, watchShares } from '../support/files/file-traffic.ts';
import { acceptFile, fileDigest, fileIsWhole, offerFile, savedDigest } from '../support/files/page-files.ts';
import { MIB, writeRandomFile } from '../support/files/random-file.ts';
import type { HostProcess } from '../support/host/host-process.ts';
import { until } from '../support/time/until.ts';

const chromium = findChromium();
const ANNA_HZ = 440;
const BORIS_HZ = 1_000;
const SLEPT_MIB = 16;
const MOVED_MIB = 10;
/** That have come, or gone, when it happens. */
const BEFORE_BYTES = 3 * MIB;
const PATIENCE_MS = 60_000;

describe.skipIf(chromium === null)('a file on its way', () => {
  let stage: Stage;
  let directory: string;
  let host: HostProcess;
  let annasBrowser: Browser;
  let anna: Guest;
  let boris: Guest;

  /** One call for all: Boris sends, Anna's browser takes no longer messages than the least. */
  beforeAll(async () => {
    stage = await Stage.create();
    directory = await mkdtemp(join(tmpdir(), 'secret-call-sent-'));
    host = await stage.host();
    const [first, second] = await Promise.all([
      stage.browser(ANNA_HZ, chromium ?? ''),
      stage.browser(BORIS_HZ, chromium ?? ''),
    ]);
    annasBrowser = first;
    anna = await stage.guest(first, host.invite, 'Anna');
    boris = await stage.guest(second, host.invite, 'Boris');
    await anna.page.evaluate(takeMessagesOf, FILE_MESSAGE_LEAST_BYTES);
    for (const guest of [anna, boris]) {
      await guest.page.evaluate(watchFiles);
      await guest.join();
    }
    await hearEachOther();
  });
  afterAll(async () => {
    await stage.clear();
    await stage.end();
    await rm(directory, { recursive: true, force: true });
  });

  async function hearEachOther(): Promise<void> {
    await anna.hears(BORIS_HZ);
    await boris.hears(ANNA_HZ);
  }

  /** From Boris to Anna. */
  async function offer(name: string, mebibytes: number) {
    const path = await writeRandomFile(directory, name, mebibytes);
    await offerFile(boris.page, path);
    let shares = async (): Promise<readonly number[]> => [];
    return {
      async begin(): Promise<void> {
        await acceptFile(anna.page, name);
        shares = await watchShares(anna.page, name);
      },
      /** As it was sent; and it was shown to be there no sooner, and at no time to be less than before. */
      async arrives(): Promise<void> {
        expect(await savedDigest(anna.page, name, PATIENCE_MS)).toBe(await fileDigest(path));
        const shown = await shares();
        expect(shown).toEqual(shown.toSorted((one, other) => one - other));
        expect(shown.length).toBeGreaterThan(2);
      },
    };
  }

  it.skipIf(process.platform === 'win32')(
    'goes on by itself once the computer it comes to wakes',
    async () => {
      const sentBytes = () => boris.page.evaluate(() => window.fileTraffic.bytes);
      const bytesBefore = await sentBytes();
      const file = await offer('slept.bin', SLEPT_MIB);
      const underWay = boris.page.evaluate((bytes) => window.fileTraffic.carries(bytes), BEFORE_BYTES);
      await file.begin();
      await underWay;
      await standsStill(annasBrowser, async () => {
        await boris.page.getByText('No connection at the moment. It goes on by itself.').waitFor();
        expect((await sentBytes()) - bytesBefore).toBeLessThan(SLEPT_MIB * MIB);
      });
      await hearEachOther();
      await file.arrives();
    },
  );

  describe('with the host gone', () => {
    beforeAll(async () => {
      // The host has to bring the code of files, with the first of them.
      await offer('first.bin', 1);
      await acceptFile(anna.page, 'first.bin');
      await fileIsWhole(anna.page, 'first.bin', PATIENCE_MS);
      await stage.kill(host);
    });

    it.each(['receives', 'sends'])('goes on from another address of who %s it', async (side) => {
      const [mover, other] = side === 'receives' ? [anna, boris] : [boris, anna];
      await until(
        'the reserve',
        () => other.page.evaluate(() => window.callProbe.waiting()),
        (n) => n === 1,
      );
      const file = await offer(`${side}.bin`, MOVED_MIB);
      const moves = mover.page.evaluate(async (bytes) => {
        await window.fileTraffic.carries(bytes);
        window.callProbe.cut();
        dispatchEvent(new Event('online'));
      }, BEFORE_BYTES);
      await file.begin();
      await moves;
      await hearEachOther();
      await file.arrives();
    });
  });

  it('comes in no longer messages than the other browser takes', async () => {
    const taken = await boris.page.evaluate(() =>
      window.callProbe.connections().flatMap(({ connectionState, sctp }) => {
        return connectionState === 'connected' ? [sctp?.maxMessageSize] : [];
      }),
    );
    expect(new Set(taken)).toEqual(new Set([FILE_MESSAGE_LEAST_BYTES]));
    expect(await boris.page.evaluate(() => window.fileTraffic.longestSentBytes)).toBe(
      FILE_MESSAGE_LEAST_BYTES,
    );
  });
});
