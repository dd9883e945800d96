import { describe, expect, it } from 'vitest';
import type { PlacedKey } from '../../../../../main/common/call-api/global-key.ts';
import { silentLogger } from '../../../../../main/common/logger.ts';
import {
  GlobalKey,
  type GlobalKeyOptions,
  KEY_WATCH_START_MAX_MS,
} from '../../../../../main/desktop/call/global-key.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const CONTROL: PlacedKey = { code: 'ControlRight', printed: null };
const SPACE: PlacedKey = { code: 'Space', printed: ' ' };

/** A process of the key watch whose words and whose end a test gives. */
class FakeWatch {
  readonly told: (readonly number[])[] = [];
  killed = false;
  say: (message: unknown) => void = () => {};
  end: () => void = () => {};

  tell(keycodes: readonly number[]) {
    this.told.push(keycodes);
  }
  onMessage(listener: (message: unknown) => void) {
    this.say = listener;
  }
  onExit(listener: () => void) {
    this.end = listener;
  }
  kill() {
    this.killed = true;
    // The end of a killed process is told as well.
    this.end();
  }
}

function stage(changes: Partial<GlobalKeyOptions> = {}) {
  const watches: FakeWatch[] = [];
  const logged: string[] = [];
  const time = new ManualTime();
  const key = new GlobalKey({
    platform: 'linux',
    environment: { DISPLAY: ':1' },
    isTrusted: () => true,
    fork: () => {
      const watch = new FakeWatch();
      watches.push(watch);
      return watch;
    },
    logger: { ...silentLogger, warn: (event) => logged.push(event), info: (event) => logged.push(event) },
    timers: time.timers,
    ...changes,
  });
  const told: unknown[] = [];
  key.onHeld((held) => told.push(held));
  key.onState((state) => told.push(state));
  const running = () => watches.filter(({ killed }) => !killed);
  return { key, watches, running, told, logged, time };
}

describe('the global key', () => {
  it('is listened for only while in a call', () => {
    const { key, watches, running } = stage();
    expect(key.set(CONTROL)).toBe('on');
    expect(watches).toHaveLength(0);
    key.setInCall(true);
    expect(watches.map(({ told }) => told)).toEqual([[[0x0e1d]]]);
    key.setInCall(true);
    expect(key.set({ ...CONTROL })).toBe('on');
    expect(watches).toHaveLength(1);
    key.setInCall(false);
    expect(running()).toHaveLength(0);
  });

  it('is listened for only while it is switched on', () => {
    const { key, watches, running } = stage();
    key.setInCall(true);
    expect(watches).toHaveLength(0);
    key.set(CONTROL);
    expect(running()).toHaveLength(1);
    expect(key.set(null)).toBe('off');
    expect(running()).toHaveLength(0);
  });

  it('tells of press and release, each once', () => {
    const { key, watches, told } = stage();
    key.set(CONTROL);
    key.setInCall(true);
    for (const message of ['listening', 'down', 'down', 'up', 'up', 'down', 'x', { down: true }, null])
      watches[0]?.say(message);
    expect(told).toEqual([true, false, true]);
  });

  it('logs nothing of presses', () => {
    const { key, watches, logged } = stage();
    key.set(CONTROL);
    key.setInCall(true);
    for (const message of ['listening', 'down', 'up', 'KeyA', 30]) watches[0]?.say(message);
    expect(logged).toEqual(['key-watch-listening']);
  });

  it.each<[string, (key: GlobalKey) => void]>([
    ['the call ends', (key) => key.setInCall(false)],
    ['it is switched off', (key) => key.set(null)],
    ['it becomes another', (key) => key.set(SPACE)],
    ['it becomes one that cannot be heard', (key) => key.set({ code: 'Fn', printed: null })],
    ['the screen is locked', (key) => key.release()],
    ['the window goes', (key) => key.dispose()],
  ])('is let go when %s', (_, happen) => {
    const { key, watches, told } = stage();
    key.set(CONTROL);
    key.setInCall(true);
    watches[0]?.say('down');
    happen(key);
    expect(told).toEqual([true, false]);
    watches[0]?.say('up');
    expect(told).toEqual([true, false]);
  });

  it('is heard at the first press after the screen was locked over it', () => {
    const { key, watches, running, told } = stage();
    key.set(CONTROL);
    key.setInCall(true);
    key.release();
    expect(watches).toHaveLength(1);
    watches[0]?.say('down');
    key.release();
    expect(running()).toEqual([watches[1]]);
    watches[1]?.say('down');
    expect(told).toEqual([true, false, true]);
  });

  it('says that it failed before it is let go, when its process ends', () => {
    const { key, watches, told, logged } = stage();
    key.set(CONTROL);
    key.setInCall(true);
    watches[0]?.say('down');
    watches[0]?.end();
    expect(told).toEqual([true, 'failed', false]);
    expect(logged).toEqual(['key-watch-ended']);
  });

  it('fails where its process does not come to listen', async () => {
    const { key, watches, told, time } = stage();
    key.set(CONTROL);
    key.setInCall(true);
    await time.advance(KEY_WATCH_START_MAX_MS - 1);
    expect(told).toEqual([]);
    await time.advance(1);
    expect(told).toEqual(['failed']);
    expect(watches[0]?.killed).toBe(true);
  });

  it('waits for nothing once it listens, or is not wanted any more', async () => {
    const { key, watches, told, time } = stage();
    key.set(CONTROL);
    key.setInCall(true);
    watches[0]?.say('listening');
    expect(time.pending).toBe(0);
    key.set(SPACE);
    key.set(null);
    expect(time.pending).toBe(0);
    await time.advance(2 * KEY_WATCH_START_MAX_MS);
    expect(told).toEqual([]);
  });

  it('is not begun again by itself after that, and is when asked for', () => {
    const { key, watches, running } = stage();
    key.set(CONTROL);
    key.setInCall(true);
    watches[0]?.end();
    key.setInCall(false);
    key.setInCall(true);
    expect(watches).toHaveLength(1);
    expect(key.set(CONTROL)).toBe('on');
    expect(running()).toHaveLength(2);
  });

  it('hears no process but its own', () => {
    const { key, watches, told } = stage();
    key.set(CONTROL);
    key.setInCall(true);
    key.set(SPACE);
    expect(watches.map(({ killed }) => killed)).toEqual([true, false]);
    watches[0]?.say('down');
    watches[0]?.end();
    expect(told).toEqual([]);
    watches[1]?.say('down');
    expect(told).toEqual([true]);
  });
});

describe('where it is not to be had', () => {
  it.each<[string, Partial<GlobalKeyOptions>, string]>([
    ['Linux without a display', { environment: {} }, 'no-display'],
    ['a Wayland session', { environment: { DISPLAY: ':0', XDG_SESSION_TYPE: 'wayland' } }, 'wayland'],
    ['a Wayland display', { environment: { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' } }, 'wayland'],
    [
      'macOS that was not asked',
      { platform: 'darwin', environment: {}, isTrusted: () => false },
      'no-permission',
    ],
  ])('%s says so, and starts nothing', (_, changes, state) => {
    const { key, watches } = stage(changes);
    key.setInCall(true);
    expect(key.set(CONTROL)).toBe(state);
    expect(watches).toHaveLength(0);
  });

  it('refuses a key that the system cannot tell from others', () => {
    const { key, watches } = stage();
    key.setInCall(true);
    expect(key.set({ code: 'MediaPlayPause', printed: null })).toBe('unknown-key');
    expect(watches).toHaveLength(0);
  });

  it.each(['win32', 'darwin'] as const)('asks for no display on %s', (platform) => {
    const { key } = stage({ platform, environment: {} });
    expect(key.set(CONTROL)).toBe('on');
  });

  it('has macOS put its question once, and takes a later yes', () => {
    const asked: boolean[] = [];
    let trusted = false;
    const { key, running } = stage({
      platform: 'darwin',
      isTrusted: (ask) => {
        asked.push(ask);
        return trusted;
      },
    });
    key.setInCall(true);
    key.set(CONTROL);
    key.set(CONTROL);
    trusted = true;
    expect(key.set(CONTROL)).toBe('on');
    expect(asked).toEqual([true, false, false]);
    expect(running()).toHaveLength(1);
  });
});
