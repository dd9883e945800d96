/** Owns updates in a real app: asked for, held back by a room, fetched from the one server, and started in the place of the old. */

import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { feedFile } from '../../scripts/update-feed.mjs';
import { type Desktop, describeDesktop, launchDesktop, projectRoot } from '../support/host/electron.ts';
import { until } from '../support/time/until.ts';
import { FEED_PATH, sendTo, UpdateHost } from '../support/updates/update-host.ts';
import { feedOf, makerKey } from '../support/updates/update-samples.ts';

/** Tells that it was started. */
const NEXT = Buffer.from('#!/bin/sh\ntouch "$(dirname "$0")/started"\n');
const FILE = feedFile('secret-call-0.2.0-linux-x86_64.AppImage', NEXT);

const obstacle = process.platform === 'linux' ? undefined : 'an AppImage is for Linux only';

describeDesktop(
  'an update',
  () => {
    let directory: string;
    let program: string;
    let host: UpdateHost;
    let elsewhere: UpdateHost;
    let desktop: Desktop;
    beforeEach(async () => {
      directory = await mkdtemp(path.join(tmpdir(), 'secret-call-update-'));
      program = path.join(directory, 'Secret Call.AppImage');
      await writeFile(program, 'the old one');
      [host, elsewhere] = await Promise.all([UpdateHost.start(), UpdateHost.start()]);
      host.answer(FEED_PATH, feedOf('0.2.0', FILE));
      host.serve(FILE.name, sendTo(new URL(FILE.name, elsewhere.feed).href));
      elsewhere.serve(FILE.name, NEXT);
      const manifest = JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8')) as object;
      const updates = { feed: host.feed, page: host.origin, key: makerKey };
      await writeFile(path.join(directory, 'package.json'), JSON.stringify({ ...manifest, updates }));
      await symlink(path.join(projectRoot, 'dist'), path.join(directory, 'dist'));
      const env = { APPIMAGE: program, XDG_CACHE_HOME: path.join(directory, 'cache') };
      desktop = await launchDesktop({}, [], { env, appPath: directory });
    });
    afterEach(async () => {
      await desktop.dispose();
      await Promise.all([host.stop(), elsewhere.stop()]);
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    });

    it('is looked for, fetched and installed as its person says, and by nobody else', async () => {
      const { page } = desktop;
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

      await page.getByText(`it would ask ${host.feed.host}`).waitFor();
      await press('Yes, it may');
      await until(
        'the answer on the disk',
        desktop.savedPreferences,
        ({ updateChecks }) => updateChecks === true,
      );
      expect(host.asked).toEqual([]);

      await press('Settings');
      await press('Check for updates');
      await page.getByRole('dialog').getByText('Version 0.2.0 is out.').waitFor();
      await press('Done');

      await press('Host');
      await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
      await press('Download');
      await page.getByText('will be downloaded once your room is closed').waitFor();
      expect(host.asked).toEqual([FEED_PATH]);

      // Whom it is sent to on the way is no part of the source.
      await press('Stop');
      await page.getByText('The update server does not answer.').waitFor();
      expect(elsewhere.asked).toEqual([]);

      host.serve(FILE.name, NEXT);
      await press('Try again');
      await press('Restart to install');
      expect(await desktop.exited).toBe(0);
      expect(await readFile(program)).toEqual(NEXT);
      await until(
        'the new program',
        () => existsSync(path.join(directory, 'started')),
        (started) => started,
      );
      // The engine adds what is the same for everybody.
      const said = host.headers.map(({ 'user-agent': program, 'accept-language': languages, cookie }) => ({
        program,
        languages,
        cookie,
      }));
      expect(said).toEqual(said.map(() => ({ program: 'Secret-Call', languages: 'en', cookie: undefined })));
    });
  },
  obstacle,
);
