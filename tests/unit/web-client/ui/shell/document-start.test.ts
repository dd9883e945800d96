import { expect, it } from 'vitest';
import { afterFirstPaint, takeOver } from '../../../../../web-client/ui/shell/document-start.ts';

/** A document as early.ts leaves it, as far as it is looked at. */
function documentWith(dataset: Record<string, string>) {
  const done: string[] = [];
  const button = (id: string) => ({
    removeAttribute: (name: string) => done.push(`${id} no longer ${name}`),
    click: () => done.push(`${id} pressed`),
    remove: () => done.push(`${id} gone`),
  });
  const buttons = new Map(['join-leave', 'settings-show', 'trouble'].map((id) => [id, button(id)]));
  const root = {
    documentElement: { dataset },
    getElementById: (id: string) => buttons.get(id) ?? null,
  };
  return { root: root as unknown as Document, done };
}

it('ends the first moments, and presses again what was pressed in them, in order, once asked to', () => {
  const dataset: Record<string, string> = {
    trouble: 'load',
    pressed: ' settings-show join-leave not-there',
  };
  const { root, done } = documentWith(dataset);
  const pressAgain = takeOver(root);
  expect(dataset).toEqual({ running: '' });
  expect(done).toEqual(['trouble gone']);
  pressAgain();
  expect(done.slice(1)).toEqual([
    'settings-show no longer aria-busy',
    'settings-show pressed',
    'join-leave no longer aria-busy',
    'join-leave pressed',
  ]);
});

it('presses nothing where nothing was pressed', () => {
  const { root, done } = documentWith({});
  takeOver(root)();
  expect(done).toHaveLength(1);
});

/** A start that waits for the first picture: what it asks for, and how often it has run. */
function startIn(painted: boolean) {
  const frames: (() => void)[] = [];
  const tasks: (() => void)[] = [];
  let started = 0;
  afterFirstPaint(() => started++, {
    painted: () => painted,
    nextFrame: (callback) => frames.push(callback),
    timers: { setTimeout: (callback) => tasks.push(callback), clearTimeout: () => {} },
  });
  return { frames, tasks, started: () => started };
}

it('starts after the first picture, neither before it nor while it is drawn', () => {
  const { frames, tasks, started } = startIn(false);
  expect([started(), frames.length]).toEqual([0, 1]);
  frames[0]?.();
  expect([started(), tasks.length]).toEqual([0, 1]);
  tasks[0]?.();
  expect(started()).toBe(1);
});

it('starts at once where the document was painted long ago', () => {
  const { frames, started } = startIn(true);
  expect([started(), frames.length]).toEqual([1, 0]);
});
