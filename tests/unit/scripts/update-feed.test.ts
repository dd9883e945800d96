/** Holds that installed programs believe the feed a release makes, find their file in it, and are told of it whole or not at all. */

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFeed, type updateTarget } from '../../../main/desktop/updates/update-feed.ts';
import { parseUpdateSource } from '../../../main/desktop/updates/update-source.ts';
import { FEED_FILE, feedFile, updateSettings } from '../../../scripts/update-feed.mjs';
import { textOf } from '../../support/source/source-tree.ts';
import { MAKER, makerKey, packageOf, STRANGER } from '../../support/updates/update-samples.ts';

const { version } = JSON.parse(textOf('package.json')) as { version: string };
const content = packageOf(version);

/** What the systems build, with what is beside it. */
const PACKAGES = {
  'linux-x64': `secret-call-${version}-linux-x86_64.AppImage`,
  'mac-x64': `secret-call-${version}-mac-x64.zip`,
  'mac-arm64': `secret-call-${version}-mac-arm64.zip`,
  'win-x64': `secret-call-${version}-win-x64.exe`,
} as const;
const OTHERS = [
  `secret-call_${version}_amd64.deb`,
  `secret-call-${version}-win-x64-portable.exe`,
  `secret-call-${version}-mac-x64.dmg`,
  'secret-call-0.0.1-win-x64.exe',
  'secret-call-sbom.cdx.json',
];

describe('the feed of a release', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'secret-call-feed-'));
    for (const name of [...Object.values(PACKAGES), ...OTHERS])
      await writeFile(path.join(directory, name), content);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const make = (signer: typeof MAKER) =>
    promisify(execFile)(process.execPath, ['scripts/update-feed.mjs', 'make', directory], {
      env: {
        ...process.env,
        UPDATE_KEY: makerKey,
        UPDATE_SIGNING_KEY: String(signer.privateKey.export({ type: 'pkcs8', format: 'pem' })),
      },
    });

  it('is believed, and names each system’s own file', async () => {
    await make(MAKER);
    const feed = await readFile(path.join(directory, FEED_FILE));
    const found = Object.keys(PACKAGES).map((target) => {
      const read = readFeed(feed, MAKER.publicKey, target as ReturnType<typeof updateTarget>);
      return [target, read.ok ? read.value : read.error];
    });
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(
        Object.entries(PACKAGES).map(([target, name]) => [
          target,
          { version, file: feedFile(name, content) },
        ]),
      ),
    );
  });

  it('is not made with a key that no program knows', async () => {
    await expect(make(STRANGER)).rejects.toThrow('no pair');
  });

  it('is made of files as electron-builder calls them', () => {
    expect(textOf('electron-builder.yml')).toMatch(
      /^artifactName: \$\{name\}-\$\{version\}-\$\{os\}-\$\{arch\}\.\$\{ext\}$/m,
    );
  });
});

describe('what a package is told', () => {
  const env = {
    SECRET_CALL_UPDATE_FEED: 'https://updates.example/secret-call-updates.txt',
    SECRET_CALL_UPDATE_PAGE: 'https://updates.example/',
    SECRET_CALL_UPDATE_KEY: makerKey,
  };
  /** As electron-builder puts them into package.json. */
  const manifestOf = (settings: readonly string[] | null) => {
    const updates = (settings ?? []).map((setting) => {
      const [, name = '', value] = /^-c\.extraMetadata\.updates\.(\w+)=(.+)$/.exec(setting) ?? [];
      return [name, value === 'true' ? true : value];
    });
    return JSON.stringify({ updates: Object.fromEntries(updates) });
  };

  it('is a source that it can use', () => {
    expect(parseUpdateSource(manifestOf(updateSettings(env, 'linux')))).toMatchObject({
      feed: new URL(env.SECRET_CALL_UPDATE_FEED),
      publisher: null,
      byHand: false,
    });
    const signed = { ...env, SECRET_CALL_UPDATE_PUBLISHER: 'Secret Call contributors', CSC_LINK: 'x' };
    expect(parseUpdateSource(manifestOf(updateSettings(signed, 'darwin')))).toMatchObject({
      publisher: 'Secret Call contributors',
      byHand: false,
    });
  });

  it('is that macOS replaces no program that nobody signed', () => {
    expect(parseUpdateSource(manifestOf(updateSettings(env, 'darwin')))?.byHand).toBe(true);
  });

  it('is nothing where nothing is known, and refused where a part is missing', () => {
    expect(updateSettings({}, 'linux')).toEqual([]);
    expect(updateSettings({ ...env, SECRET_CALL_UPDATE_KEY: '' }, 'linux')).toBeNull();
    expect(updateSettings({ SECRET_CALL_UPDATE_FEED: env.SECRET_CALL_UPDATE_FEED }, 'linux')).toBeNull();
  });
});
