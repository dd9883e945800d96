/** Spoils what is kept of a room: only rooms come out that a host can go on with, and that are read again the same. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatKept, parseKept } from '../../main/host/kept-room.ts';
import { Room } from '../../main/room/room.ts';
import { KEPT_ROOM } from '../support/host/kept-rooms.ts';
import { inputs } from '../support/random/fuzz-inputs.ts';

const GOOD = formatKept(KEPT_ROOM);

const edit = fc.tuple(fc.nat({ max: GOOD.length }), fc.nat({ max: 6 }), fc.string({ maxLength: 6 }));
const spoiled = fc
  .array(edit, { minLength: 1, maxLength: 3 })
  .map((edits) =>
    edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), GOOD),
  );
/** A value anywhere in it is another of the same kind, or any. */
const changed = fc
  .tuple(fc.nat({ max: 200 }), fc.oneof(fc.jsonValue(), fc.double(), fc.integer()))
  .map(([index, value]) => {
    let at = 0;
    return JSON.stringify(JSON.parse(GOOD, (_, old: unknown) => (at++ === index ? value : old)));
  });

it('goes on with a room that could be, or with none', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(spoiled, changed, fc.json(), fc.string({ unit: 'binary' })), (text) => {
      const parsed = parseKept(text);
      if (!parsed.ok) return;
      read += 1;
      expect(parseKept(formatKept(parsed.value))).toEqual(parsed);
      const { capacity, lobby, files } = parsed.value.options;
      const room = new Room({
        capacity,
        lobby,
        iceServers: [],
        turn: null,
        files,
        relayOnly: false,
        newResume: () => '',
        newLink: () => 0,
      });
      const { places } = parsed.value.server;
      room.handle({ type: 'resumed', kept: places, awayMs: 0 }, 0);
      expect(room.attendance.files).toBe(files);
      expect(room.roster()).toHaveLength(places.members.filter(({ name }) => name !== null).length);
      room.handle({ type: 'tick' }, room.nextDeadlineMs() ?? 0);
    }),
    inputs('kept rooms'),
  );
  expect(read).toBeGreaterThan(0);
});
