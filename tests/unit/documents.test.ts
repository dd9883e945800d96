/** Holds that every file and folder the documents name is there. */

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CALL_COMMANDS, callChannel } from '../../main/common/call-api/commands.ts';
import { commandChannel, HOST_COMMANDS } from '../../main/common/host-api/commands.ts';
import { exists, filesIn, textOf } from '../support/source/source-tree.ts';

const FOLDERS = ['assets', 'findings', 'main', 'preload', 'renderer', 'scripts', 'tests', 'web-client'];
const FILES = FOLDERS.flatMap(filesIn);
const FILE_NAMES = new Set(FILES.map((file) => path.posix.basename(file)));
const DOCUMENTS = [
  'README.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...FILES.filter((file) => file.endsWith('.md')),
];

const matches = (pattern: RegExp, text: string): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found ?? '');

/** Where it links to, from the root. */
function linksIn(document: string): { readonly label: string; readonly target: string }[] {
  return [...textOf(document).matchAll(/\[([^\]]*)\]\(([^)#\s]+)[^)]*\)/g)].flatMap(
    ([, label = '', target = '']) =>
      /^\w+:/.test(target) ? [] : [{ label, target: path.posix.join(path.posix.dirname(document), target) }],
  );
}

/** What a listing of folders names: one or several entries a line, each line two spaces deeper than its folder. */
function pathsInListing(listing: string): string[] {
  const above: string[] = [];
  return listing.split('\n').flatMap((line) => {
    const [, indent = '', names = ''] = /^( *)(\S+(?:, \S+)*)(?: {2}|$)/.exec(line) ?? [];
    const depth = indent.length / 2;
    if (names === '' || depth > above.length) return [];
    above.length = depth;
    const paths = names.split(', ').map((name) => path.posix.join(...above, name));
    above.push(names);
    return paths;
  });
}

describe.each(DOCUMENTS)('%s', (document) => {
  it('links to nothing that is not there, and calls each file by its name', () => {
    const links = linksIn(document);
    expect(links.filter(({ target }) => !exists(target))).toEqual([]);
    const misnamed = links.filter(
      ({ label, target }) => /^[\w.-]+\.\w+$/.test(label) && label !== path.posix.basename(target),
    );
    expect(misnamed).toEqual([]);
  });

  it('names no file of code and no folder that is not there', () => {
    const text = textOf(document);
    const files = matches(/(?<![\w/.-])((?:[\w.-]+\/)*[\w-][\w.-]*\.(?:tsx?|mjs))\b/g, text);
    expect(files.filter((file) => !(file.includes('/') ? exists(file) : FILE_NAMES.has(file)))).toEqual([]);
    const folders = matches(/`([\w-]+\/)`/g, text).filter((name) => !['dist/', 'release/'].includes(name));
    const isThere = (name: string) => exists(name) || FILES.some((file) => file.includes(`/${name}`));
    expect(folders.filter((name) => !isThere(name))).toEqual([]);
  });
});

describe('README.md', () => {
  it('lists no folder and no file that is not there', () => {
    const [listing = ''] = matches(/```\n(main\/ [\s\S]*?)```/g, textOf('README.md'));
    const paths = pathsInListing(listing);
    expect(paths).toContain('main/room/');
    expect(paths.filter((entry) => !exists(entry))).toEqual([]);
  });

  it('lists what pages may ask of main, all of it and nothing else', () => {
    const rows = matches(/^\| (`(?:host|call):[^|]*)\|/gm, textOf('README.md'));
    const channels = [...HOST_COMMANDS.map(commandChannel), ...CALL_COMMANDS.map(callChannel)];
    expect(rows.flatMap((row) => matches(/`([^`]+)`/g, row)).sort()).toEqual(channels.sort());
  });
});
