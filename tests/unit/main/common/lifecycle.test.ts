import { describe, expect, it } from 'vitest';
import { Emitter } from '../../../../main/common/emitter.ts';
import { DisposableStore, toDisposable } from '../../../../main/common/lifecycle.ts';

describe('DisposableStore', () => {
  it('releases in reverse order, once', () => {
    const order: number[] = [];
    const store = new DisposableStore();
    store.add(toDisposable(() => order.push(1)));
    store.add(toDisposable(() => order.push(2)));
    store.dispose();
    store.dispose();
    expect(order).toEqual([2, 1]);
  });

  it('releases at once what comes after the end', () => {
    const store = new DisposableStore();
    store.dispose();
    let released = false;
    store.add(
      toDisposable(() => {
        released = true;
      }),
    );
    expect(released).toBe(true);
  });
});

describe('Emitter', () => {
  it('calls listeners until they are taken off, also from within a call', () => {
    const emitter = new Emitter<{ tick: number }>();
    const seen: string[] = [];
    const first = emitter.on('tick', (value) => {
      seen.push(`a${value}`);
      first.dispose();
    });
    emitter.on('tick', (value) => seen.push(`b${value}`));
    emitter.emit('tick', 1);
    emitter.emit('tick', 2);
    expect(seen).toEqual(['a1', 'b1', 'b2']);
  });

  it('is silent once disposed', () => {
    const emitter = new Emitter<{ tick: number }>();
    let calls = 0;
    emitter.on('tick', () => calls++);
    emitter.dispose();
    emitter.emit('tick', 1);
    expect(calls).toBe(0);
  });
});
