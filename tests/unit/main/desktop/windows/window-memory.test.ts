/** Owns proof that each window's place outlives the app, and that no file can keep a window from opening. */

import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  WINDOWS_FILE,
  WindowMemory,
  type WindowName,
} from '../../../../../main/desktop/windows/window-memory.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let directory: string;
let time: ManualTime;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'secret-call-windows-'));
  time = new ManualTime();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const file = () => path.join(directory, WINDOWS_FILE);
const vast = { workArea: { x: 0, y: 0, width: 4_000, height: 4_000 } };
const screen = { getPrimaryDisplay: () => vast, getAllDisplays: () => [vast] };
const open = (folder = directory) => new WindowMemory(folder, screen, time.timers);

const USUAL = { width: 640, height: 480, minWidth: 1, minHeight: 1 };

/** null: the usual place. */
function placeOf(memory: WindowMemory, name: WindowName) {
  const { bounds, maximized } = memory.placementOf(name, USUAL);
  return bounds.width === USUAL.width ? null : { bounds, maximized };
}

class FakeWindow extends EventEmitter {
  bounds = { x: 10, y: 20, width: 700, height: 500 };
  state: 'normal' | 'maximized' | 'minimized' | 'destroyed' = 'normal';
  getNormalBounds = () => this.bounds;
  isMaximized = () => this.state === 'maximized';
  isMinimized = () => this.state === 'minimized';
  isDestroyed = () => this.state === 'destroyed';
}

describe('a window that is followed', () => {
  it('is kept once it has come to rest, for the next start', async () => {
    const window = new FakeWindow();
    open().follow('host', window);
    for (const x of [11, 12, 13]) {
      window.bounds = { ...window.bounds, x };
      window.emit('move');
      await time.advance(400);
    }
    expect(existsSync(file())).toBe(false);
    await time.advance(200);
    expect(placeOf(open(), 'host')).toEqual({ bounds: { ...window.bounds, x: 13 }, maximized: false });
    expect(placeOf(open(), 'call')).toBeNull();
  });

  it('is kept at once as it closes, and as the app ends', () => {
    const memory = open();
    const [host, call] = [new FakeWindow(), new FakeWindow()];
    memory.follow('host', host);
    const followed = memory.follow('call', call);
    host.state = 'maximized';
    host.emit('maximize');
    host.emit('close');
    call.bounds = { x: 1, y: 2, width: 800, height: 600 };
    call.emit('resize');
    followed.dispose();
    expect(placeOf(open(), 'host')).toEqual({ bounds: host.bounds, maximized: true });
    expect(placeOf(open(), 'call')).toEqual({ bounds: call.bounds, maximized: false });
    call.bounds = { ...call.bounds, x: 500 };
    call.emit('close');
    expect(placeOf(open(), 'call')?.bounds.x).toBe(1);
  });

  it.each(['minimized', 'destroyed'] as const)('tells no place while it is %s', async (state) => {
    const window = new FakeWindow();
    open().follow('host', window);
    window.emit('move');
    window.state = state;
    await time.advance(1_000);
    expect(existsSync(file())).toBe(false);
  });

  it('leaves nothing else in the folder, and a file that only its owner may read', () => {
    const window = new FakeWindow();
    open().follow('host', window);
    window.emit('close');
    expect(readdirSync(directory)).toEqual([WINDOWS_FILE]);
    expect(Object.keys(JSON.parse(readFileSync(file(), 'utf8')))).toEqual(['host', 'call']);
  });

  it('costs nothing where the folder cannot be written to', () => {
    writeFileSync(path.join(directory, 'occupied'), '');
    const memory = open(path.join(directory, 'occupied'));
    const window = new FakeWindow();
    memory.follow('host', window);
    expect(() => window.emit('close')).not.toThrow();
    expect(placeOf(memory, 'host')).toEqual({ bounds: window.bounds, maximized: false });
  });
});

describe('a file', () => {
  const good = { bounds: { x: 1, y: 2, width: 800, height: 600 }, maximized: true };
  it.each([
    '',
    '{',
    'null',
    '[]',
    '"host"',
    '{"host":{"bounds":{"x":1,"y":2,"width":0,"height":600},"maximized":false}}',
    '{"host":{"bounds":{"x":1.5,"y":2,"width":9,"height":600},"maximized":false}}',
    '{"host":{"bounds":{"x":1e9,"y":2,"width":9,"height":600},"maximized":false}}',
    '{"host":{"bounds":{"x":"1","y":2,"width":9,"height":600},"maximized":false}}',
    '{"host":{"bounds":{"x":1,"y":2,"width":9,"height":600}}}',
  ])('that holds %s tells of no place', (text) => {
    writeFileSync(file(), text);
    expect(placeOf(open(), 'host')).toBeNull();
  });

  it('with one wrong entry still has the other, and passes over what it does not know', () => {
    writeFileSync(file(), JSON.stringify({ call: good, host: { ...good, maximized: 1 }, chat: good }));
    expect(placeOf(open(), 'call')).toEqual(good);
    expect(placeOf(open(), 'host')).toBeNull();
  });
});
