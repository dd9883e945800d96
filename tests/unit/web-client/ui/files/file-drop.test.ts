import { expect, it } from 'vitest';
import { givenFiles, isPasteOfFiles } from '../../../../../web-client/ui/files/file-drop.ts';
import { sendBar } from '../../../../../web-client/ui/files/file-sender.ts';
import { ROOM } from '../../../../support/page/room-states.ts';

const file = new File(['a'], 'a.txt');
const item = (changes: object = {}) => ({
  kind: 'file',
  getAsFile: () => file,
  webkitGetAsEntry: () => ({ isDirectory: false }) as FileSystemEntry,
  ...changes,
});

it('takes the files of what is dropped, and tells of folders, which look like files', () => {
  const folder = item({
    getAsFile: () => new File([], 'folder'),
    webkitGetAsEntry: () => ({ isDirectory: true }),
  });
  const words = item({ kind: 'string', getAsFile: () => null });
  expect(givenFiles([item(), folder, words])).toEqual({ files: [file], folders: true });
  expect(givenFiles([item()]).folders).toBe(false);
  expect(givenFiles([words])).toEqual({ files: [], folders: false });
  // Of a picture on the clipboard there is no entry.
  expect(givenFiles([item({ webkitGetAsEntry: () => null })])).toEqual({ files: [file], folders: false });
});

it('pastes words into a field where a program puts a picture of them beside', () => {
  const both = { types: ['text/plain', 'text/html', 'Files'], files: [file] };
  expect(isPasteOfFiles(both, true)).toBe(false);
  expect(isPasteOfFiles(both, false)).toBe(true);
  expect(isPasteOfFiles({ types: ['Files'], files: [file] }, true)).toBe(true);
  expect(isPasteOfFiles({ types: ['text/plain'], files: [] }, false)).toBe(false);
});

it.each([
  ['outside', { call: 'out' as const }],
  ['off', { call: 'joined' as const, filesAllowed: false }],
  ['alone', { call: 'joined' as const }],
])('says why nothing can be sent: %s', (bar, changes) => {
  expect(sendBar({ ...ROOM, ...changes })).toBe(bar);
});

it('lets who is not alone send', () => {
  expect(sendBar({ ...ROOM, call: 'joined', participants: ['somebody'] })).toBeNull();
});
