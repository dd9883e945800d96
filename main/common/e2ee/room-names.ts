/** Owns the names in the roster: sealed for everyone who has the room's secret, and the newest one of each id. */

import { type Bytes, toBase64Url } from '../bytes.ts';
import type { CryptoKeyLike } from '../platform.ts';
import { parseRoomName } from '../protocol/codec.ts';
import {
  ID_BYTES,
  NAME_MAX_JSON_BYTES,
  NAME_MAX_UNITS,
  ROOM_NAME_BOX_BYTES,
  ROOM_NAMES_MAX,
} from '../protocol/limits.ts';
import { type BoxTools, encodeBody, openBox, sealBox } from './box.ts';
import { deriveBoxKey, importKeyingMaterial } from './hkdf.ts';

const EVERYONE = new Uint8Array(ID_BYTES);

interface NewestName {
  readonly seq: number;
  readonly name: string;
}

/** Whoever has the secret can forge these, so they serve the host's window and the moment before a connection stands. */
export class RoomNames {
  readonly #tools: BoxTools;
  readonly #key: CryptoKeyLike;
  readonly #newest = new Map<string, NewestName>();

  private constructor(tools: BoxTools, key: CryptoKeyLike) {
    this.#tools = tools;
    this.#key = key;
  }

  /** K_name = HKDF(secret, empty, "secret-call/1 name", 32). */
  static async create({ crypto, text }: BoxTools, secret: Bytes): Promise<RoomNames> {
    const material = await importKeyingMaterial(crypto, secret);
    const uses: ('encrypt' | 'decrypt')[] = ['encrypt', 'decrypt'];
    const key = await deriveBoxKey(crypto, material, new Uint8Array(0), 'secret-call/1 name', uses);
    return new RoomNames({ crypto, text }, key);
  }

  /**
   * A room box of 298 bytes; `seq` is 1 for an id's first name and one more for each rename.
   * @throws RangeError for an empty name and one that `fitName` would cut
   */
  async seal(id: Bytes, seq: number, name: string): Promise<Bytes> {
    if (name === '' || name !== fitName(name)) throw new RangeError('name does not fit a room box');
    const header = { type: 'room', seq, base: 0, ack: 0 } as const;
    return sealBox(this.#tools, this.#direction(id), header, encodeBody(this.#tools.text, { name }));
  }

  /**
   * The name that holds for this id after this box: the box's own if it opens and is newer than any before, else the
   * one known before, null if none.
   */
  async open(id: Bytes, box: Bytes): Promise<string | null> {
    const key = toBase64Url(id);
    const offered = await this.#openOne(id, box);
    const known = this.#newest.get(key);
    if (offered === null || offered.seq <= (known?.seq ?? 0)) return known?.name ?? null;
    this.#newest.delete(key);
    this.#newest.set(key, offered);
    for (const oldest of this.#newest.keys()) {
      if (this.#newest.size <= ROOM_NAMES_MAX) break;
      this.#newest.delete(oldest);
    }
    return offered.name;
  }

  async #openOne(id: Bytes, box: Bytes): Promise<NewestName | null> {
    if (box.length !== ROOM_NAME_BOX_BYTES) return null;
    const opened = await openBox(this.#tools, this.#direction(id), box);
    if (!opened.ok) return null;
    const { header, json } = opened.value;
    if (header.type !== 'room' || header.base !== 0 || header.ack !== 0) return null;
    const name = parseRoomName(json);
    return name.ok ? { seq: header.seq, name: name.value } : null;
  }

  #direction(id: Bytes) {
    return { key: this.#key, from: id, to: EVERYONE };
  }
}

/** The longest start of a name, in whole characters, that fits a room box: 64 UTF-16 units, 240 bytes of JSON. */
export function fitName(name: string): string {
  const characters: string[] = [];
  let units = 0;
  let jsonBytes = '{"name":""}'.length;
  for (const character of name) {
    units += character.length;
    jsonBytes += jsonBytesOf(character);
    if (units > NAME_MAX_UNITS || jsonBytes > NAME_MAX_JSON_BYTES) break;
    characters.push(character);
  }
  return characters.join('');
}

/** UTF-8 bytes of one character inside a JSON string: `\n`, `\u0000` and the like are longer than what they stand for. */
function jsonBytesOf(character: string): number {
  const escaped = JSON.stringify(character).slice(1, -1);
  const codePoint = escaped.codePointAt(0) ?? 0;
  if (escaped.length !== character.length || codePoint < 0x80) return escaped.length;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x1_0000 ? 3 : 4;
}
