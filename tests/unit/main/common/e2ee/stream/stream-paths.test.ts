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
    expect(paths.preferred(type)).toBe(order[0]);
    const [first, second, third] = order as [StreamPath, StreamPath, StreamPath];
    expect(paths.after(first, type)).toEqual([second, third, first]);
    expect(paths.after(second, type)).toEqual([third, first, second]);
    expect(paths.after(third, type)).toEqual([first, second, third]);
  });

  it('leave out what is not open, and take the same again where there is no other', () => {
    open('socket', 'passing');
    expect(paths.preferred('chat')).toBe('socket');
    expect(paths.after('socket', 'chat')).toEqual(['passing', 'socket']);
    expect(paths.after('passing', 'chat')).toEqual(['socket', 'passing']);
    paths.set('socket', null);
    expect([paths.after('passing', 'offer'), paths.isOnly('passing')]).toEqual([['passing'], true]);
    paths.set('passing', null);
    expect([paths.preferred('offer'), paths.after('socket', 'offer')]).toEqual([null, []]);
  });

  it('tell one channel from the next', () => {
    open('channel', 'socket');
    const { channel } = paths;
    paths.set('channel', null);
    expect(paths.channel).toBe(channel);
    open('channel');
    expect(paths.channel).not.toBe(channel);
  });
});
