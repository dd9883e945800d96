/** Holds every import against the table of rooms: who may import whom, what from outside, and nobody in a circle. */

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesIn } from '../support/source/circles.ts';
import {
  codeIn,
  exportsOf,
  importsOf,
  linesOf,
  sourceFiles,
  startedImportsOf,
  targetOf,
  textOf,
} from '../support/source/source-tree.ts';

const LINES_MAX = 400;
/** A table or a story may take more than code does; this number only falls, too. */
const TEST_LINES_MAX = 490;
const FEW_LINES = 30;
/** How many files may have fewer; this number only falls. */
const SHORT_FILES_MAX = 37;
const LOOSE_FILES_MAX = 6;
/** What comes once somebody turns to joining. */
const OF_THE_CALL =
  /^web-client\/(?:open-call\.ts|core\/(?:call|files|mesh|peer|audio|messaging|recording|stats)\/)/;

interface Wing {
  readonly folder: string;
  /** What each of its rooms may import from outside: rooms, `**` for all under a folder, packages, `node:` for all of Node. */
  readonly outside: string;
  /**
   * Its rooms, the lower above: single files, folders with all below them, and `.` for what else lies loose. Beside each what more it may
   * import: others of these rooms, `*` for all, packages.
   */
  readonly rooms: Readonly<Record<string, string>>;
}

const HOST_CORE =
  'main/common/** main/room main/server main/tunnel/** main/settings.ts main/log.ts main/data-directory.ts main/whole-file.ts main/host';

const HOUSE: readonly Wing[] = [
  {
    folder: 'main/common',
    outside: '',
    rooms: {
      '.': '',
      names: '',
      timing: '.',
      protocol: '. names timing valibot',
      e2ee: '. timing protocol',
      'host-api': '. protocol valibot',
      'call-api': '. protocol host-api valibot',
      i18n: '. host-api',
    },
  },
  {
    folder: 'main',
    outside: 'main/common/**',
    rooms: {
      room: '',
      'whole-file.ts': 'node:',
      'settings.ts': 'whole-file.ts node: valibot',
      'log.ts': 'node: pino',
      'data-directory.ts': 'node:',
      'key-watch': 'node:',
      server: 'room node: fastify @fastify/static ws selfsigned',
    },
  },
  {
    folder: 'main/tunnel',
    outside: 'main/common/** node:',
    rooms: { process: '', 'http-get.ts': '', providers: 'process http-get.ts', '.': '*' },
  },
  { folder: 'main/host', outside: `${HOST_CORE} node: valibot`, rooms: { '.': '' } },
  {
    folder: 'main/turn-setup',
    outside: 'main/common/** main/whole-file.ts node:',
    rooms: { i18n: '', '.': 'i18n' },
  },
  { folder: 'main', outside: `${HOST_CORE} node:`, rooms: { terminal: 'qrcode', 'cli.ts': 'terminal' } },
  {
    folder: 'main/desktop',
    outside: 'node: electron',
    rooms: {
      'app-scheme.ts': '',
      windows: 'app-scheme.ts main/common/** valibot',
      'ipc.ts': 'main/common/** app-scheme.ts',
      'native-texts.ts': 'main/common/**',
      call: 'main/common/** main/key-watch main/server app-scheme.ts windows ipc.ts native-texts.ts',
      'activity.ts': 'main/common/** native-texts.ts',
      tray: 'main/common/** main/tunnel/process activity.ts native-texts.ts',
      notifications: 'main/common/** native-texts.ts',
      login: 'main/common/** main/whole-file.ts',
      updates: 'main/common/** main/data-directory.ts electron-updater valibot',
      '.': `${HOST_CORE} main/turn-setup *`,
    },
  },
  {
    folder: 'main',
    outside: 'node: electron',
    rooms: { 'index.ts': 'main/common/** main/desktop/** main/data-directory.ts' },
  },
  { folder: 'preload', outside: 'main/common/host-api main/common/call-api electron', rooms: { '.': '' } },
  {
    folder: 'renderer',
    outside: 'main/common/** react',
    rooms: {
      i18n: '',
      '.': 'i18n',
      'App.tsx': '. i18n renderer/components/**',
      'main.tsx': '* react-dom/client',
    },
  },
  {
    folder: 'renderer/components',
    outside: 'main/common/** renderer renderer/i18n react',
    rooms: {
      parts: '',
      setup: 'parts',
      updates: 'parts',
      settings: 'parts updates',
      invite: 'parts qrcode',
      live: 'parts invite',
      join: 'parts',
    },
  },
  {
    folder: 'web-client/core',
    outside: 'main/common/**',
    rooms: {
      'browser-api.ts': '',
      stats: 'browser-api.ts',
      state: 'stats',
      'call-intents.ts': 'state',
      signaling: 'browser-api.ts state',
      waiting: 'browser-api.ts state call-intents.ts',
      '.': 'browser-api.ts state call-intents.ts signaling waiting',
      audio: 'browser-api.ts state call-intents.ts waiting',
      peer: 'browser-api.ts stats state waiting',
      mesh: 'browser-api.ts stats state waiting peer',
      messaging: 'state mesh',
      files: 'browser-api.ts state call-intents.ts peer stats',
      recording: 'browser-api.ts state',
      call: 'browser-api.ts state call-intents.ts waiting audio peer mesh messaging files recording',
    },
  },
  {
    folder: 'web-client',
    outside: 'main/common/**',
    rooms: {
      i18n: '',
      media: 'web-client/core/**',
      files: 'web-client/core/**',
      offline: 'web-client/core/**',
      recording: 'web-client/core/** media mediabunny',
    },
  },
  {
    folder: 'web-client/ui',
    outside: 'main/common/** web-client/core/** web-client/i18n',
    rooms: {
      'intents.ts': '',
      'page-state.ts': '',
      shell: 'intents.ts page-state.ts',
      preferences: 'intents.ts page-state.ts shell',
      people: 'intents.ts page-state.ts shell preferences',
      emoji: 'shell preferences emoji-picker-element/database',
      chat: 'intents.ts page-state.ts shell preferences people emoji',
      files: 'intents.ts page-state.ts shell people',
      recording: 'intents.ts page-state.ts shell people files',
      entry: 'intents.ts page-state.ts shell preferences',
      call: 'intents.ts page-state.ts shell preferences people chat files recording',
      settings: 'intents.ts page-state.ts shell preferences',
      '.': '*',
    },
  },
  { folder: 'web-client', outside: 'main/common/** web-client/**', rooms: { '.': '' } },
];

/** Each room by its path. */
const rooms = new Map<string, readonly string[]>(
  HOUSE.flatMap(({ folder, outside, rooms: inside }) => {
    const pathOf = (room: string) => (room === '.' ? folder : `${folder}/${room}`);
    const allowedIn = (row: string) =>
      row.split(' ').map((word) => (word === '*' ? `${folder}/**` : word in inside ? pathOf(word) : word));
    return Object.entries(inside).map(([room, row]): [string, readonly string[]] => [
      pathOf(room),
      [...outside.split(' '), ...allowedIn(row)],
    ]);
  }),
);

/** Folders of which a room owns only what lies in them loose: a new folder there needs a row of its own. */
const looseIn = new Set(HOUSE.filter(({ rooms: inside }) => '.' in inside).map(({ folder }) => folder));

function roomOf(file: string): string {
  if (rooms.has(file)) return file;
  const owns = (room: string) =>
    looseIn.has(room) ? path.posix.dirname(file) === room : file.startsWith(`${room}/`);
  const owner = [...rooms.keys()].find(owns);
  if (owner === undefined) throw new Error(`${file} lies in no room`);
  return owner;
}

function allows(allowed: string, wanted: string): boolean {
  if (allowed === 'node:') return wanted.startsWith(allowed);
  return allowed === wanted || (allowed.endsWith('/**') && `${wanted}/`.startsWith(allowed.slice(0, -2)));
}

const mayImport = (room: string, wanted: string) =>
  room === wanted || (rooms.get(room) ?? []).some((allowed) => allows(allowed, wanted));

/** Why this import may not be, or null. */
function objection(file: string, specifier: string): string | null {
  const target = targetOf(file, specifier);
  if (target !== null && /\.(css|svg|json)$/.test(target)) return null;
  if (target !== null && !sourceFiles.includes(target)) return `${file} → ${target}, which is no source file`;
  return mayImport(roomOf(file), target === null ? specifier : roomOf(target))
    ? null
    : `${file} → ${target ?? specifier}`;
}

describe('the house', () => {
  it('has no import that the table forbids', () => {
    const objections = sourceFiles.flatMap((file) =>
      importsOf(file).map((specifier) => objection(file, specifier)),
    );
    expect(objections.filter((text) => text !== null)).toEqual([]);
  });

  it('has no circle of files, by types neither', () => {
    const graph = new Map(
      [...sourceFiles, ...codeIn('tests')].map((file) => {
        const targets = importsOf(file).map((specifier) => targetOf(file, specifier));
        return [file, targets.filter((target) => target !== null)];
      }),
    );
    expect(circlesIn(graph)).toEqual([]);
  });

  it('has no circle of rooms in its table', () => {
    const graph = new Map(
      [...rooms.keys()].map((room) => [
        room,
        [...rooms.keys()].filter((other) => other !== room && mayImport(room, other)),
      ]),
    );
    expect(circlesIn(graph)).toEqual([]);
  });

  it('has nothing of the call in what the page starts with', () => {
    const started = new Set(['web-client/main.ts']);
    // Grows while it is walked.
    for (const file of started)
      for (const specifier of startedImportsOf(file)) {
        const target = targetOf(file, specifier);
        if (target !== null && sourceFiles.includes(target)) started.add(target);
      }
    expect(started).toContain('web-client/core/session.ts');
    expect([...started].filter((file) => OF_THE_CALL.test(file))).toEqual([]);
  });

  it('keeps its files small, and not too small', () => {
    expect(sourceFiles.filter((file) => linesOf(file) > LINES_MAX)).toEqual([]);
    const short = sourceFiles.filter((file) => linesOf(file) < FEW_LINES);
    expect(short.length, `under ${FEW_LINES} lines:\n${short.join('\n')}\n`).toBeLessThanOrEqual(
      SHORT_FILES_MAX,
    );
  });

  it('keeps the files of its tests readable', () => {
    expect(codeIn('tests').filter((file) => linesOf(file) > TEST_LINES_MAX)).toEqual([]);
  });

  it.each(['web-client/core', 'web-client/ui'])('lets few files of %s lie outside its rooms', (folder) => {
    const loose = codeIn(folder).filter((file) => !file.slice(folder.length + 1).includes('/'));
    expect(loose.length, loose.join(' ')).toBeLessThanOrEqual(LOOSE_FILES_MAX);
  });

  it('gives no two things the same name', () => {
    const owners = new Map<string, string[]>();
    for (const file of [...sourceFiles, ...codeIn('tests')]) {
      for (const name of exportsOf(file)) owners.set(name, [...(owners.get(name) ?? []), file]);
    }
    const shared = [...owners].filter(([, { length }]) => length > 1);
    expect(shared).toEqual([]);
  });

  it('has no default export', () => {
    expect(sourceFiles.filter((file) => /^export default /m.test(textOf(file)))).toEqual([]);
  });

  it('has no folder without a row in the table', () => {
    expect(() => roomOf('web-client/core/uploads/upload.ts')).toThrow('lies in no room');
  });

  it('notices an import that the table forbids', () => {
    expect(objection('main/room/room.ts', 'node:fs')).toContain('node:fs');
    expect(objection('web-client/ui/shell/dom.ts', '../../media/microphone.ts')).not.toBeNull();
    expect(objection('web-client/ui/shell/dom.ts', '../people/people-view.ts')).not.toBeNull();
  });

  it('knows which imports a file starts with', () => {
    expect(importsOf('web-client/open-session.ts')).toContain('./open-call.ts');
    expect(startedImportsOf('web-client/open-session.ts')).not.toContain('./open-call.ts');
    expect(startedImportsOf('web-client/core/session.ts')).toContain('./waiting/late-call.ts');
    expect(startedImportsOf('web-client/core/waiting/late-call.ts')).not.toContain('./call-port.ts');
  });

  it('notices a circle, once', () => {
    const graph = new Map([
      ['a', ['b', 'd']],
      ['b', ['a', 'c']],
      ['c', ['d', 'a']],
      ['d', []],
      ['e', ['e', 'a']],
    ]);
    expect(circlesIn(graph)).toEqual(['a → b → a', 'c → a → b → c', 'e → e']);
  });
});
