/** Owns a room that was kept, for tests of what lies on the disk. */

import { toBase64Url } from '../../../main/common/bytes.ts';
import type { KeptRoom } from '../../../main/host/kept-room.ts';
import { OPTIONS } from './fake-dependencies.ts';

const filled = (sizeBytes: number, value: number) => new Uint8Array(sizeBytes).fill(value);
const text = (sizeBytes: number, value: number) => toBase64Url(filled(sizeBytes, value));

const person = (value: number, name: string | null) => ({
  id: text(16, value),
  key: text(65, value),
  fp: text(32, value),
  resume: text(32, value),
  links: [1, 2],
  name,
  hasPlace: name !== null,
  isLetIn: name !== null,
  isHost: false,
});

/** One who is in, one who looks on, a link of each kind and one that is over. */
export const KEPT_ROOM: KeptRoom = {
  savedAtMs: 1_700_000_000_000,
  secret: filled(32, 1),
  options: { ...OPTIONS, keepRoom: true, lobby: true, files: false, origins: ['https://call.example'] },
  server: {
    hostKey: filled(32, 2),
    tokens: new Map([1, 2, 3, 4].map((id) => [id, filled(16, id)])),
    formerTunnels: ['https://a.lhr.life'],
    places: {
      nowMs: 12.5,
      door: { locked: true, lobby: true },
      files: false,
      links: [
        { id: 1, terms: { kind: 'main' } },
        { id: 3, terms: { kind: 'one-time' } },
        { id: 4, terms: { kind: 'expiring', expiresAtMs: 99.5 } },
        { id: 2, terms: null },
      ],
      members: [person(5, text(298, 9)), person(6, null)],
    },
  },
};
