import { expect, it } from 'vitest';
import { takeOver } from '../../../../../web-client/ui/shell/document-start.ts';

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
