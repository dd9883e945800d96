/** Holds that the window sets up a relay where the person said and nowhere else, and never gets hold of its secret. */

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TypedRelay } from '../../../../main/common/host-api/relay-setup.ts';
import type { TurnServer } from '../../../../main/common/host-api/turn-server.ts';
import { RELAY_ANSWER_MAX_UNITS } from '../../../../main/common/protocol/limits.ts';
import { fail, ok } from '../../../../main/common/result.ts';
import { OwnRelaySetup } from '../../../../main/desktop/relay-setup.ts';
import { snapshotOf } from '../../../support/host/host-samples.ts';

const TYPED: TypedRelay = { domain: ' Turn.Example.org ', address: '', email: ' ' };
const FILES = [
  ...['README.md', 'compose.yaml', 'firewall.sh', 'install.sh', 'renew-hook.sh', 'secret-call-turn.service'],
  ...['turn-secret', 'turnserver.conf'],
];

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'secret-call-relay-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** `picked`: what the person picks each time the system's dialog opens. */
function createStage(...picked: readonly (string | null)[]) {
  const asked: OpenDialogOptions[] = [];
  const shown: string[] = [];
  const added: TurnServer[][] = [];
  let outcome: Awaited<ReturnType<OwnRelaySetup['add']>> = ok(null);
  let byte = 0;
  const setup = new OwnRelaySetup({
    host: {
      snapshot: snapshotOf({ phase: 'idle' }, { language: 'ru' }),
      async addTurnServers(servers) {
        added.push([...servers]);
        return outcome;
      },
    },
    window: {} as BrowserWindow,
    dialog: {
      async showOpenDialog(_window, options) {
        const folder = picked[asked.push(options) - 1] ?? null;
        return { canceled: folder === null, filePaths: folder === null ? [] : [folder] };
      },
    },
    shell: { showItemInFolder: (file) => void shown.push(file) },
    randomBytes: (sizeBytes) => Buffer.alloc(sizeBytes, ++byte),
    platform: 'linux',
  });
  return {
    ...{ setup, asked, shown, added },
    refuseServers: () => {
      outcome = fail('too-many-turn-servers');
    },
  };
}

const folderOf = async (name: string) => {
  const folder = path.join(directory, name);
  await mkdir(folder);
  return folder;
};
const read = (folder: string, name: string) => readFile(path.join(folder, name), 'utf8');

describe('the set-up of a relay from the window', () => {
  it('goes into the folder that the person chose, in their language, and keeps the secret in main', async () => {
    const folder = await folderOf('мой relay');
    const { setup, asked, shown, added } = createStage(folder);
    expect(await setup.chooseFolder()).toEqual(ok({ path: folder, note: null }));
    expect(asked).toMatchObject([{ properties: ['openDirectory', 'createDirectory'] }]);
    const written = await setup.write(TYPED);
    expect(written).toMatchObject(ok({ domain: 'turn.example.org', folder, keptSecret: false }));
    expect((await readdir(folder)).sort()).toEqual(FILES);
    expect(await read(folder, 'README.md')).toContain('Собственный ретранслятор: turn.example.org');
    const secret = (await read(folder, 'turn-secret')).trim();
    expect(JSON.stringify(written)).not.toContain(secret);

    expect(await setup.show()).toEqual(ok(null));
    expect(shown).toEqual([path.join(folder, 'README.md')]);
    expect(await setup.add()).toEqual(ok(null));
    const credentials = { kind: 'shared-secret', secret };
    expect(added).toEqual([
      [
        { url: 'turn:turn.example.org:3478', credentials },
        { url: 'turn:turn.example.org:3478?transport=tcp', credentials },
        { url: 'turns:turn.example.org:443?transport=tcp', credentials },
      ],
    ]);
  });

  it('has nothing to write to, to show or to add before', async () => {
    const { setup, shown, added } = createStage(null);
    expect(await setup.write(TYPED)).toEqual(fail({ kind: 'folder', note: 'none' }));
    expect(await setup.chooseFolder()).toEqual(ok(null));
    expect(await setup.write(TYPED)).toEqual(fail({ kind: 'folder', note: 'none' }));
    expect([await setup.show(), await setup.add()]).toEqual([fail('bad-options'), fail('bad-options')]);
    expect([shown, added]).toEqual([[], []]);
  });

  it('opens one dialog, however often it is asked to', async () => {
    const { setup, asked } = createStage(await folderOf('relay'));
    await Promise.all([setup.chooseFolder(), setup.chooseFolder(), setup.chooseFolder()]);
    expect(asked).toHaveLength(1);
  });

  it('stays with the folder of before where the dialog is left without one', async () => {
    const folder = await folderOf('relay');
    const { setup } = createStage(folder, null);
    await setup.chooseFolder();
    await setup.chooseFolder();
    expect(await setup.write(TYPED)).toMatchObject(ok({ folder }));
  });

  it('tells what the list of servers says', async () => {
    const { setup, refuseServers } = createStage(await folderOf('relay'));
    await setup.chooseFolder();
    await setup.write(TYPED);
    refuseServers();
    expect(await setup.add()).toEqual(fail('too-many-turn-servers'));
  });
});

describe('a folder that is not empty', () => {
  it('is told of at once, and left as it is', async () => {
    const folder = await folderOf('photos');
    await writeFile(path.join(folder, 'photo.jpg'), 'x');
    const { setup } = createStage(folder);
    expect(await setup.chooseFolder()).toEqual(ok({ path: folder, note: 'not-empty' }));
    expect(await setup.write(TYPED)).toEqual(fail({ kind: 'folder', note: 'not-empty' }));
    expect(await readdir(folder)).toEqual(['photo.jpg']);
  });

  it('has a set-up renewed only once the person knows of it, with its secret', async () => {
    const folder = await folderOf('relay');
    const [first, second] = [createStage(folder), createStage(folder)];
    await first.setup.chooseFolder();
    expect(await second.setup.chooseFolder()).toEqual(ok({ path: folder, note: null }));
    await first.setup.write(TYPED);
    const before = await read(folder, 'turnserver.conf');
    const other = { ...TYPED, address: '203.0.113.7' };

    // It was empty when it was chosen.
    expect(await second.setup.write(other)).toEqual(fail({ kind: 'folder', note: 'holds-set-up' }));
    expect(await read(folder, 'turnserver.conf')).toBe(before);
    expect(await second.setup.write(other)).toMatchObject(ok({ keptSecret: true }));
    expect(await read(folder, 'turnserver.conf')).toContain('listening-ip=203.0.113.7');

    const third = createStage(folder);
    expect(await third.setup.chooseFolder()).toEqual(ok({ path: folder, note: 'holds-set-up' }));
    expect(await third.setup.write(other)).toMatchObject(ok({ keptSecret: true }));
  });

  it.each([
    ['a\nb', 'unseen-characters'],
    ['a\u001b[2Jb', 'unseen-characters'],
  ] as const)('or is called %j is none', async (name, note) => {
    const folder = await folderOf(name);
    const { setup } = createStage(folder);
    expect(await setup.chooseFolder()).toEqual(ok({ path: folder, note }));
    expect(await setup.write(TYPED)).toEqual(fail({ kind: 'folder', note }));
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('answers from a hostile page', () => {
  it.each([
    [{ domain: '' }, ['domain']],
    [{ domain: 'turn.example.org\nstatic-auth-secret=x' }, ['domain']],
    [{ domain: "turn.example.org'; reboot; '" }, ['domain']],
    [{ domain: '../../etc' }, ['domain']],
    [{ address: '203.0.113.7\nallow-loopback-peers' }, ['address']],
    [{ address: '203.0.113.7/10.0.0.5 ; reboot' }, ['address']],
    [{ address: 'fe80::1%$(reboot)' }, ['address']],
    [{ email: "a'$(reboot)'@example.org" }, ['email']],
    [{ email: 'a@example.org\nreboot' }, ['email']],
    [{ domain: 'x', address: 'y', email: 'z' }, ['domain', 'address', 'email']],
  ] as const)('never become files: %j', async (change, fields) => {
    const folder = await folderOf('relay');
    const { setup } = createStage(folder);
    await setup.chooseFolder();
    expect(await setup.write({ ...TYPED, ...change })).toEqual(fail({ kind: 'answers', fields }));
    expect(await readdir(folder)).toEqual([]);
  });

  it('become nothing but their own lines, whatever they are', async () => {
    const folder = await folderOf('relay');
    const { setup } = createStage(folder);
    await setup.chooseFolder();
    await setup.write({ ...TYPED, address: '203.0.113.7', email: 'a@example.org' });
    const plain = async (name: string) =>
      (await read(folder, name))
        .replace(/^(?:listening-ip|relay-ip|external-ip|realm)=[\w.:/-]+\n/gm, '')
        .replace(/ (?:--email '[\w.+@-]+'|--register-unsafely-without-email) /, ' ')
        .replace(/-d '[\w.-]+'/, '');
    const names = ['turnserver.conf', 'install.sh'];
    const expected = await Promise.all(names.map(plain));
    const odd = fc.string({
      unit: fc.constantFrom(...'a1.-/:@\n\r\t\'"`$;#=%\\ é\u2028'),
      maxLength: RELAY_ANSWER_MAX_UNITS,
    });
    const near = (good: string) =>
      fc.oneof(
        fc.constant(good),
        fc.tuple(fc.nat(good.length), odd).map(([at, text]) => good.slice(0, at) + text + good.slice(at)),
        odd,
      );
    const typed = fc.record({
      domain: near('turn.example.org'),
      address: near('203.0.113.7/10.0.0.5'),
      email: near('a.b@example.org'),
    });
    await fc.assert(
      fc.asyncProperty(typed, async (answers) => {
        await setup.write(answers);
        expect(await Promise.all(names.map(plain))).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});
