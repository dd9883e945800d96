import { beforeEach, describe, expect, it } from 'vitest';
import { type StreamPath, StreamPaths } from '../../../../../../main/common/e2ee/stream/stream-paths.ts';
import type { SignalType } from '../../../../../../main/common/protocol/messages.ts';

let paths: StreamPaths;
const open = (...opened: StreamPath[]) => {
  for (const path of opened) paths.set(path, () => {});
};

beforeEach(() => {
  paths = new StreamPaths();
});

describe('the paths of a pair', () => {
  it.each<[SignalType, StreamPath[]]>([
    ['offer', ['socket', 'channel', 'passing']],
    ['chat', ['channel', 'socket', 'passing']],
  ])('take a box by turns, and trouble a third person last: %s', (type, order) => {
    open('passing', 'channel', 'socket');
    const turns = [paths.preferred(type)];
    for (let turn = 0; turn < 3; turn++) turns.push(paths.after(turns.at(-1) ?? 'socket', type));
    expect(turns).toEqual([...order, order[0]]);
  });

  it('leave out what is not open, and take the same again where there is no other', () => {
    open('socket', 'passing');
    expect([paths.preferred('chat'), paths.after('socket', 'chat'), paths.after('passing', 'chat')]).toEqual([
      'socket',
      'passing',
      'socket',
    ]);
    paths.set('socket', null);
    expect([paths.after('passing', 'offer'), paths.isOnly('passing')]).toEqual(['passing', true]);
    paths.set('passing', null);
    expect([paths.preferred('offer'), paths.after('socket', 'offer')]).toEqual([null, null]);
  });
});
