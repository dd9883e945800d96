/** Holds every import against the table in the README: who may import whom, and what from outside. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const LINES_MAX = 400;

interface Room {
  readonly name: string;
  /** Files of this room; the first room that matches owns a file. */
  readonly owns: RegExp;
  /** Rooms it may import besides itself. */
  readonly rooms: readonly string[];
  /** Packages from outside; `node:` stands for all of Node's own. */
  readonly packages: readonly string[];
}

const HOST_CORE = ['common', 'room', 'server', 'tunnel', 'settings', 'log', 'data-directory', 'host'];

const ROOMS: readonly Room[] = [
  { name: 'common', owns: /^main\/common\//, rooms: [], packages: ['valibot'] },
  { name: 'room', owns: /^main\/room\//, rooms: ['common'], packages: [] },
  { name: 'settings', owns: /^main\/settings\.ts$/, rooms: ['common'], packages: ['node:', 'valibot'] },
  { name: 'log', owns: /^main\/log\.ts$/, rooms: ['common'], packages: ['node:', 'pino'] },
  { name: 'data-directory', owns: /^main\/data-directory\.ts$/, rooms: [], packages: ['node:'] },
  { name: 'tunnel', owns: /^main\/tunnel\//, rooms: ['common'], packages: ['node:', 'valibot'] },
  {
    name: 'server',
    owns: /^main\/server\//,
    rooms: ['common', 'room'],
    packages: ['node:', 'fastify', '@fastify/static', 'ws', 'selfsigned'],
  },
  {
    name: 'host',
    owns: /^main\/host\//,
    rooms: ['common', 'room', 'server', 'tunnel', 'settings', 'log', 'data-directory'],
    packages: ['node:'],
  },
  { name: 'cli', owns: /^main\/(cli\.ts$|terminal\/)/, rooms: HOST_CORE, packages: ['node:', 'qrcode'] },
  {
    name: 'desktop',
    owns: /^main\/(index\.ts$|desktop\/)/,
    rooms: HOST_CORE,
    packages: ['node:', 'electron', 'valibot'],
  },
  { name: 'preload', owns: /^preload\//, rooms: ['common'], packages: ['electron'] },
  {
    name: 'renderer',
    owns: /^renderer\//,
    rooms: ['common'],
    packages: ['react', 'react-dom/client', 'qrcode'],
  },
  { name: 'page-core', owns: /^web-client\/core\//, rooms: ['common'], packages: [] },
  { name: 'page-media', owns: /^web-client\/media\//, rooms: ['common', 'page-core'], packages: [] },
  { name: 'page-texts', owns: /^web-client\/i18n\//, rooms: ['common'], packages: [] },
  {
    name: 'page-ui',
    owns: /^web-client\/ui\//,
    rooms: ['common', 'page-core', 'page-texts'],
    packages: ['emoji-picker-element/database'],
  },
  {
    name: 'page',
    owns: /^web-client\//,
    rooms: ['common', 'page-core', 'page-media', 'page-texts', 'page-ui'],
    packages: [],
  },
];

const IMPORT =
  /^\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}

const files = ['main', 'preload', 'renderer', 'web-client'].flatMap(sourceFiles);

function roomOf(file: string): Room {
  const room = ROOMS.find(({ owns }) => owns.test(file));
  if (!room) throw new Error(`${file} lies in no room`);
  return room;
}

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(IMPORT)].map(([, from, dynamic]) => from ?? dynamic ?? '');
}

/** Why this import may not be, or null. */
function objection(file: string, specifier: string): string | null {
  const room = roomOf(file);
  if (specifier.startsWith('.')) {
    const target = path.posix.join(path.posix.dirname(file), specifier);
    if (/\.(css|svg|json)$/.test(target)) return null;
    if (!files.includes(target)) return `${file} imports ${specifier}, which is no source file`;
    const other = roomOf(target).name;
    return other === room.name || room.rooms.includes(other)
      ? null
      : `${file} (${room.name}) imports ${target} (${other})`;
  }
  const known = room.packages.some((name) =>
    name.endsWith(':') ? specifier.startsWith(name) : specifier === name,
  );
  return known ? null : `${file} (${room.name}) imports ${specifier}`;
}

describe('the house', () => {
  it('has no import that the table forbids', () => {
    const objections = files.flatMap((file) =>
      importsOf(file).map((specifier) => objection(file, specifier)),
    );
    expect(objections.filter((text) => text !== null)).toEqual([]);
  });

  it('keeps its files small', () => {
    const long = files.filter(
      (file) => readFileSync(path.join(root, file), 'utf8').split('\n').length > LINES_MAX,
    );
    expect(long).toEqual([]);
  });

  it('has no default export', () => {
    const found = files.filter((file) =>
      /^export default /m.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(found).toEqual([]);
  });

  it('notices an import that the table forbids', () => {
    expect(objection('main/room/room.ts', 'node:fs')).toContain('node:fs');
    expect(objection('web-client/ui/shell/dom.ts', '../media/microphone.ts')).not.toBeNull();
  });
});
