import { beforeEach, expect, it } from 'vitest';
import { connectRowKeys } from '../../../../../web-client/ui/shell/row-keys.ts';

let focused: string | null;
let row: EventTarget;
beforeEach(() => {
  focused = null;
  row = Object.assign(new EventTarget(), {
    ownerDocument: {
      get activeElement() {
        return focused;
      },
    },
  });
  const buttons = ['left', 'middle', 'right'].map((name) => ({
    contains: (element: string | null) => element === name,
    focus: () => {
      focused = name;
    },
  }));
  connectRowKeys(row as HTMLElement, buttons as unknown as HTMLButtonElement[]);
});

/** Whether the row took the key. */
function press(key: string): boolean {
  const event = Object.assign(new Event('keydown', { cancelable: true }), { key });
  row.dispatchEvent(event);
  return event.defaultPrevented;
}

it.each([
  ['ArrowRight', ['left', 'middle', 'right', 'left']],
  ['ArrowLeft', ['left', 'right', 'middle', 'left']],
])('moves the focus along the row and round its end by %s', (key, places) => {
  focused = 'left';
  const met = places.map(() => {
    const at = focused;
    expect(press(key)).toBe(true);
    return at;
  });
  expect(met).toEqual(places);
});

it('begins with the first where nothing of the row has the focus', () => {
  focused = 'elsewhere';
  press('ArrowRight');
  expect(focused).toBe('left');
});

it('leaves every other key alone', () => {
  focused = 'middle';
  expect(['ArrowUp', 'Tab', 'Enter', 'Escape', 'constructor'].map(press)).toEqual(Array(5).fill(false));
  expect(focused).toBe('middle');
});
