/** Owns the ways a relay can spoil recorded boxes or make up its own, drawn by chance that repeats itself. */

import { randomBytes } from 'node:crypto';
import type { Bytes } from '../../../main/common/bytes.ts';
import { BOX_TYPES } from '../../../main/common/e2ee/box.ts';
import { BOX_HEADER_BYTES, BOX_NONCE_BYTES } from '../../../main/common/protocol/limits.ts';
import { type RosterEntry, SIGNAL_TYPES } from '../../../main/common/protocol/messages.ts';
import {
  referenceHeader,
  referenceNameKey,
  referencePair,
  referencePerson,
  referencePlaintext,
  referencePresharedKey,
  referenceSeal,
} from '../crypto/reference-e2ee.ts';
import type { SeenBox } from './hostile-relay.ts';

/** What a relay works with. */
export interface Quarry {
  /** Boxes of this room. */
  readonly boxes: readonly SeenBox[];
  /** Boxes of another room. */
  readonly elsewhere: readonly SeenBox[];
  readonly roster: readonly RosterEntry[];
  /** The room's secret, or what the relay puts in its place where it does not have it. */
  readonly secret: Bytes;
}

export interface Mutation {
  readonly kind: string;
  readonly seen: SeenBox;
}

type Change = (seen: SeenBox) => SeenBox;

const HEADER_FIELDS = [2, 6, 10] as const;

export class BoxMutator {
  readonly #quarry: Quarry;
  readonly #random: () => number;
  readonly #own = referencePerson();
  readonly #changes: Readonly<Record<string, Change>>;

  constructor(quarry: Quarry, random: () => number) {
    this.#quarry = quarry;
    this.#random = random;
    this.#changes = {
      'bits flipped': (seen) => withBox(seen, (box) => this.#flip(box)),
      'version byte': (seen) => withBox(seen, (box) => box.fill(this.#pick([0, 2, 3, 0xff]), 0, 1)),
      'header field': (seen) => withBox(seen, (box) => this.#renumber(box)),
      'type of the box': (seen) => withBox(seen, (box) => this.#retypeBox(box)),
      'type of the message': (seen) => ({
        ...seen,
        type: this.#pick(SIGNAL_TYPES.filter((type) => type !== seen.type)),
      }),
      cut: (seen) => ({ ...seen, box: seen.box.slice(0, this.#below(seen.box.length)) }),
      lengthened: (seen) => ({ ...seen, box: join(seen.box, randomBytes(1 + this.#below(600))) }),
      'head of another': (seen) => this.#splice(seen),
      reflected: (seen) => ({ ...seen, from: seen.to, to: seen.from }),
      'to another': (seen) => ({ ...seen, to: this.#otherThan(seen.from, seen.to) }),
      'from another': (seen) => ({ ...seen, from: this.#otherThan(seen.from, seen.to) }),
      'of another room': (seen) => ({ ...seen, box: this.#pick(this.#quarry.elsewhere).box }),
      'sealed by the relay': (seen) => this.#forge(seen),
      random: (seen) => ({ ...seen, box: new Uint8Array(randomBytes(298)) }),
    };
  }

  /** Something that no page may take for a box of whom it is said to be from. */
  spoil(seen: SeenBox = this.any()): Mutation {
    const kind = this.#pick(Object.keys(this.#changes));
    const change = this.#changes[kind];
    if (change === undefined) throw new Error('no such change');
    return { kind, seen: change(seen) };
  }

  /** A true box, to be delivered again. */
  any(): SeenBox {
    return this.#pick(this.#quarry.boxes);
  }

  #flip(box: Bytes): void {
    // One bit only, or two flips could undo each other.
    const at = this.#below(box.length);
    box[at] = (box[at] ?? 0) ^ (1 << this.#below(8));
  }

  #renumber(box: Bytes): void {
    const view = new DataView(box.buffer);
    const field = this.#pick(HEADER_FIELDS);
    const before = view.getUint32(field);
    view.setUint32(
      field,
      this.#pick([0, 1, before + 1, before + 7, 0xffff_fffe].filter((n) => n !== before)),
    );
  }

  #retypeBox(box: Bytes): void {
    const [, before] = box;
    box[1] = this.#pick([...Object.values(BOX_TYPES), 0, 8, 0xff].filter((type) => type !== before));
  }

  #splice(seen: SeenBox): SeenBox {
    const head = (box: Bytes) => box.subarray(0, BOX_HEADER_BYTES + BOX_NONCE_BYTES);
    const others = this.#quarry.boxes.filter(({ box }) => Buffer.compare(head(box), head(seen.box)) !== 0);
    return { ...seen, box: join(head(this.#pick(others).box), seen.box.slice(head(seen.box).length)) };
  }

  /** Under every key the relay can derive or guess, as from the sender, with a number that may be next. */
  #forge(seen: SeenBox): SeenBox {
    const [from, to] = [this.#entry(seen.from), this.#entry(seen.to)];
    const psk = referencePresharedKey(this.#quarry.secret);
    const key = this.#pick([
      psk,
      referenceNameKey(this.#quarry.secret),
      referencePair(this.#own, to, psk).outward,
      referencePair({ ...this.#own, id: from.id, key: from.key, fp: from.fp }, to, psk).outward,
      referencePair({ ...this.#own, id: from.id, fp: from.fp }, to, psk).outward,
    ]);
    const fingerprint = (this.#own.fp.toString('hex').match(/../g) ?? []).join(':');
    const [type, body] = this.#pick([
      ['chat', { id: 1, text: 'forged' }],
      ['offer', { epoch: 9, sdp: `v=0\r\na=fingerprint:sha-256 ${fingerprint}\r\na=ice-ufrag:evil\r\n` }],
      ['pair', { kind: 'name', name: 'forged', versions: [1] }],
      ['ack', {}],
    ] as const);
    const seq = type === 'ack' ? 0 : 1 + this.#below(40);
    const header = referenceHeader({ type: BOX_TYPES[type], seq, base: 1, ack: 0 });
    return {
      ...seen,
      type,
      box: referenceSeal(key, from.id, to.id, header, referencePlaintext(JSON.stringify(body))),
    };
  }

  #entry(id: string) {
    const entry = this.#quarry.roster.find((candidate) => candidate.id === id);
    if (entry === undefined) throw new Error('not in the roster');
    const bytes = (text: string) => Buffer.from(text, 'base64url');
    return { id: bytes(entry.id), key: bytes(entry.key), fp: bytes(entry.fp) };
  }

  #otherThan(...ids: string[]): string {
    return this.#pick(this.#quarry.roster.map(({ id }) => id).filter((id) => !ids.includes(id)));
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[this.#below(items.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  }
}

function withBox(seen: SeenBox, change: (box: Bytes) => void): SeenBox {
  const box = seen.box.slice();
  change(box);
  return { ...seen, box };
}

function join(first: Uint8Array, second: Uint8Array): Bytes {
  return new Uint8Array(Buffer.concat([first, second]));
}
