import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type HookEvent,
  type KeyWatchMessage,
  readKeycodes,
  watchKey,
} from '../../../../main/key-watch/key-watch.ts';

const PRESSED = 4;
const RELEASED = 5;
const KEY = 0x0e1d;

/** All that is said while these events happen, in one list, with what was said at which event. */
function saidOf(events: readonly HookEvent[], keycodes: readonly number[] = [KEY]): KeyWatchMessage[] {
  const said: KeyWatchMessage[] = [];
  let listener: (event: HookEvent) => void = () => {};
  watchKey({ start: (given) => (listener = given) }, keycodes, (message) => said.push(message));
  for (const event of events) listener(event);
  return said;
}

const down = (keycode: number): HookEvent => ({ type: PRESSED, keycode });
const up = (keycode: number): HookEvent => ({ type: RELEASED, keycode });

describe('the key watch', () => {
  it('says when it listens, and each press and release of its key once', () => {
    expect(saidOf([down(KEY), down(KEY), down(KEY), up(KEY), up(KEY), down(KEY), up(KEY)])).toEqual([
      'listening',
      'down',
      'up',
      'down',
      'up',
    ]);
  });

  it('says nothing of the end of a key that was held before', () => {
    expect(saidOf([up(KEY)])).toEqual(['listening']);
  });

  it('takes both codes of a key for one', () => {
    expect(saidOf([down(0x4f), up(0xee4f)], [0x4f, 0xee4f])).toEqual(['listening', 'down', 'up']);
  });

  const anyEvent: fc.Arbitrary<HookEvent> = fc.oneof(
    fc.record({ type: fc.constantFrom(PRESSED, RELEASED), keycode: fc.constantFrom(KEY, KEY - 1, 0x1e, 0) }),
    fc.record({ type: fc.constantFrom(PRESSED, RELEASED), keycode: fc.integer({ min: 0, max: 0xffff }) }),
    // The mouse, as the library tells of it.
    fc.record({ type: fc.integer({ min: 6, max: 11 }), x: fc.integer(), y: fc.integer(), button: fc.nat(5) }),
  );

  it('says the same whatever happens to other keys and to the mouse', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        expect(saidOf(events)).toEqual(saidOf(events.filter(({ keycode }) => keycode === KEY)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('looks at nothing of another key but which one it is', () => {
    const looked: (string | symbol)[] = [];
    const spied = (event: HookEvent) =>
      new Proxy(event, {
        get(target, name) {
          looked.push(name);
          return Reflect.get(target, name);
        },
        ownKeys: () => expect.unreachable('the event was walked through'),
      });
    saidOf([spied(down(0x1e)), spied(up(0x1e)), spied({ type: 9 })]);
    expect(new Set(looked)).toEqual(new Set(['keycode']));
  });
});

describe('readKeycodes', () => {
  it.each([
    [[KEY], [KEY]],
    [
      [1, 2],
      [1, 2],
    ],
    [[], null],
    [[1, 2, 3], null],
    [['1'], null],
    [[1.5], null],
    [[0], null],
    [[-1], null],
    ['29', null],
    [null, null],
    [{ 0: 1, length: 1 }, null],
  ])('%j: %j', (told, keycodes) => {
    expect(readKeycodes(told)).toEqual(keycodes);
  });
});
