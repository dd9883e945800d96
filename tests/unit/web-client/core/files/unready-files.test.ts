import { beforeEach, expect, it } from 'vitest';
import { toBase64Url } from '../../../../../main/common/bytes.ts';
import { silentLogger } from '../../../../../main/common/logger.ts';
import type { FileBody } from '../../../../../main/common/protocol/file-bodies.ts';
import { UnreadyFiles } from '../../../../../web-client/core/files/unready-files.ts';
import { RoomStore } from '../../../../../web-client/core/state/room-store.ts';
import { randomBytes } from '../../../../support/crypto/e2ee-tools.ts';
import { person } from '../../../../support/page/room-states.ts';

let room: RoomStore;
let unready: UnreadyFiles;
beforeEach(() => {
  room = new RoomStore(silentLogger);
  unready = new UnreadyFiles(room);
  const participants = ['ada', 'bea'].map((id) => person(id, { name: id }));
  room.dispatch({ type: 'joining', name: 'Me' });
  room.dispatch({ type: 'participants', selfIn: true, participants });
});

const offer = (id: number): FileBody => ({
  ...{ kind: 'file-offer', id, size: 1, name: '../evil.exe', mime: '' },
  resume: toBase64Url(randomBytes(32)),
});
const shown = () =>
  room.state.files.map(({ direction, personName, phase }) => `${direction} ${personName} ${phase}`);

it('shows nothing before the wait is long, then whoever offers, once, and to whom what was chosen goes', () => {
  unready.handleBody('ada', offer(1));
  unready.handleBody('ada', offer(2));
  unready.handleChosen('bea');
  expect(shown()).toEqual([]);
  unready.show();
  expect(shown()).toEqual(['in ada unready', 'out bea unready']);
  unready.handleBody('bea', offer(1));
  unready.handleChosen(null);
  expect(shown().toSorted()).toEqual([
    'in ada unready',
    'in bea unready',
    'out ada unready',
    'out bea unready',
  ]);
  expect(new Set(room.state.files.map(({ key }) => key)).size).toBe(4);
  expect(room.state.files.map(({ name }) => name).join('')).toBe('');
});

it('shows no more what was taken back, nor anything of who is gone', () => {
  unready.show();
  for (const id of [1, 2]) unready.handleBody('ada', offer(id));
  unready.handleBody('ada', { kind: 'file-end', id: 1, why: 'cancelled' });
  expect(shown()).toEqual(['in ada unready']);
  unready.handleBody('ada', { kind: 'file-end', id: 2, why: 'cancelled' });
  expect(shown()).toEqual([]);
  unready.handleBody('bea', offer(1));
  unready.handleChosen('bea');
  unready.handleExit('bea');
  expect(shown()).toEqual([]);
});

it('shows what comes after one went out and in again as well, and nothing where files are off', () => {
  unready.show();
  unready.handleBody('ada', offer(1));
  unready.clear();
  expect(shown()).toEqual([]);
  unready.handleBody('ada', offer(2));
  expect(shown()).toEqual(['in ada unready']);
  room.dispatch({ type: 'files-allowed', allowed: false });
  unready.handleBody('bea', offer(1));
  expect(shown()).toEqual([]);
});
