import { expect, it } from 'vitest';
import { PageEnd } from '../../../web-client/page-end.ts';

it('tells those first who keep something beyond the page, however late they came, and gives up last', () => {
  const done: string[] = [];
  const listeners: (() => void)[] = [];
  const target = {
    addEventListener: (_type: 'pagehide', listener: () => void) => void listeners.push(listener),
  };
  const end = new PageEnd(target, () => done.push('given up'));
  end.onGoing(() => done.push('kept'));
  end.onGoing(() => done.push('never')).dispose();
  for (const tell of listeners) tell();
  expect(done).toEqual(['kept', 'given up']);
});
