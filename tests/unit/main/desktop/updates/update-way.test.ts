/** Owns proof of which package replaces itself, and of what keeps an update waiting. */

import { expect, it } from 'vitest';
import { keepsWaiting, updateWay } from '../../../../../main/desktop/updates/update-way.ts';
import { emptyRoom } from '../../../../support/host/host-samples.ts';

const NONE = { APPIMAGE: undefined, PORTABLE_EXECUTABLE_FILE: undefined };

it.each([
  ['deb, rpm and archive', 'linux', NONE, false, 'by-hand'],
  ['an AppImage', 'linux', { ...NONE, APPIMAGE: '/home/a/x.AppImage' }, false, 'itself'],
  ['the installed program of Windows', 'win32', NONE, false, 'itself'],
  ['the portable one', 'win32', { ...NONE, PORTABLE_EXECUTABLE_FILE: 'C:\\x.exe' }, false, 'by-hand'],
  ['the program of macOS', 'darwin', NONE, false, 'itself'],
  ['one of macOS that nobody signed', 'darwin', NONE, true, 'by-hand'],
] as const)('%s', (_, platform, marks, byHand, way) => {
  expect(updateWay(platform, marks, byHand)).toBe(way);
});

it.each([
  [{ phase: 'idle' }, 'out', false],
  [{ phase: 'failed', code: 'internal' }, 'out', false],
  [{ phase: 'starting', step: 'server' }, 'out', true],
  [emptyRoom, 'out', true],
  [{ phase: 'stopping' }, 'out', true],
  [{ phase: 'idle' }, 'joining', true],
  [{ phase: 'idle' }, 'joined', true],
] as const)('while the host is %j and the call %s: %s', (status, call, waits) => {
  expect(keepsWaiting({ status }, call)).toBe(waits);
});
