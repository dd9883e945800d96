/**
 * Model-checks a pair's stream: two ends, two paths each way, and random schedules of loss, doubling, reorder, cuts,
 * absence and slow handlers. Nothing is applied twice or out of order, and nothing that was not given up is lost.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toBase64Url } from '../../main/common/bytes.ts';
import type { StreamedBody } from '../../main/common/e2ee/stream/send-window.ts';
import type { StreamPath } from '../../main/common/e2ee/stream/stream-paths.ts';
import type { Disposable } from '../../main/common/lifecycle.ts';
import { readBox, type SentBox, StreamSide } from '../support/crypto/stream-side.ts';
import { stories } from '../support/random/fuzz-inputs.ts';
import { ManualTime, settle } from '../support/time/manual-time.ts';

type Kind = 'offer' | 'chat' | 'sas';

/** One end with the boxes that travel towards it. */
class End {
  readonly side: StreamSide;
  readonly underway: SentBox[] = [];
  /** What was taken for sending, by number; a sas body sealed anew has further numbers. */
  readonly accepted = new Map<number, string>();
  readonly sas: string[] = [];
  /** Nobody listened for a while, so not all was told. */
  wasDetached = false;
  #attached: Disposable;
  #release: () => void = () => undefined;

  constructor(time: ManualTime) {
    this.side = new StreamSide(time);
    this.#attached = this.side.attach();
  }

  send(kind: Kind, number: number): void {
    const body = bodyOf(kind, number);
    const seq = this.side.stream.send(body.type, body.body);
    if (kind === 'sas') this.sas.push(tagOf(body));
    if (seq !== null) this.accepted.set(seq, tagOf(body));
  }

  detach(): void {
    this.wasDetached = true;
    this.#attached.dispose();
  }

  attach(): void {
    this.#attached = this.side.attach();
  }

  hold(): void {
    this.release();
    this.side.busy = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  release(): void {
    this.#release();
    this.side.busy = Promise.resolve();
  }
}

function bodyOf(kind: Kind, number: number): StreamedBody {
  if (kind === 'offer') return { type: 'offer', body: { epoch: number, sdp: 'v=0' } };
  if (kind === 'chat') return { type: 'chat', body: { id: number, text: 'x' } };
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(0, number);
  return { type: 'sas', body: { step: 1, commit: toBase64Url(bytes) } };
}

const tagOf = (typed: StreamedBody): string => `${typed.type} ${JSON.stringify(typed.body)}`;

const end = fc.constantFrom(0, 1);
const path = fc.constantFrom<StreamPath>('socket', 'channel', 'passing');
const kind = fc.constantFrom<Kind>('offer', 'chat', 'chat', 'sas');
const which = fc.nat({ max: 1_000 });

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send'), end, kind }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('flood'), end, count: fc.nat({ max: 300 }) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('deliver'), end, which, again: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('deliver-all'), end }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('lose'), end, which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('cut'), end, path, underwayToo: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('open'), end, path }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('present'), end, present: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait'), ms: fc.nat({ max: 9_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('ack'), end }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('hold', 'release', 'detach', 'attach'), end }) },
);

type Action = typeof action extends fc.Arbitrary<infer Value> ? Value : never;

class World {
  readonly time = new ManualTime();
  readonly ends: readonly [End, End] = [new End(this.time), new End(this.time)];
  #next = 1;

  constructor() {
    for (const { side } of this.ends) {
      side.stream.setPresent(true);
      side.open('socket');
    }
  }

  /** Gives what either end sent then. */
  async perform(step: Action): Promise<readonly [SentBox[], SentBox[]]> {
    if ('ms' in step) await this.time.advance(step.ms);
    else this.#act(step);
    return this.#carry();
  }

  #act(step: Exclude<Action, { ms: number }>): void {
    const one = this.ends[step.end === 0 ? 0 : 1];
    const { stream } = one.side;
    if ('kind' in step) one.send(step.kind, this.#next++);
    else if ('count' in step) for (let left = step.count; left > 0; left--) one.send('chat', this.#next++);
    else if ('again' in step) this.#deliver(one, step.which, step.again);
    else if ('which' in step) one.underway.splice(step.which % Math.max(1, one.underway.length), 1);
    else if ('underwayToo' in step) this.#cut(one, step.path, step.underwayToo);
    else if ('path' in step) one.side.open(step.path);
    else if ('present' in step) stream.setPresent(step.present);
    else if (step.do === 'ack') stream.sendAck();
    else if (step.do === 'deliver-all') for (const box of one.underway.splice(0)) void one.side.receive(box);
    else if (step.do === 'hold') one.hold();
    else if (step.do === 'release') one.release();
    else if (step.do === 'detach') one.detach();
    else one.attach();
  }

  #deliver(to: End, which: number, again: boolean): void {
    const index = which % Math.max(1, to.underway.length);
    const box = to.underway[index];
    if (box === undefined) return;
    if (!again) to.underway.splice(index, 1);
    void to.side.receive(box);
  }

  #cut(one: End, path: StreamPath, underwayToo: boolean): void {
    one.side.cut(path);
    if (!underwayToo) return;
    for (const { underway } of this.ends) {
      underway.splice(0, underway.length, ...underway.filter((box) => box.path !== path));
    }
  }

  /** Puts what went out on its way to the other end. */
  async #carry(): Promise<readonly [SentBox[], SentBox[]]> {
    await settle();
    const [one, other] = this.ends;
    const sent = [one.side.takeSent(), other.side.takeSent()] as const;
    other.underway.push(...sent[0]);
    one.underway.push(...sent[1]);
    return sent;
  }

  /** All is well again: whatever is still kept must arrive. */
  async heal(): Promise<void> {
    for (const one of this.ends) {
      one.release();
      one.attach();
      one.side.stream.setPresent(true);
      for (const name of ['socket', 'channel'] as const) one.side.open(name);
    }
    for (let quiet = 0; quiet < 2; ) {
      await this.#carry();
      const moved = this.ends.some(({ underway }) => underway.length > 0);
      quiet = moved ? 0 : quiet + 1;
      for (const { side, underway } of this.ends)
        for (const box of underway.splice(0)) void side.receive(box);
      await settle();
      await this.time.advance(8_000);
    }
  }
}

function check(from: End, to: End): void {
  const applied = to.side.applied.map(tagOf);
  const appliedOnce = applied.filter((tag) => !tag.startsWith('sas'));
  const sentInOrder = [...from.accepted.values()].filter((tag) => !tag.startsWith('sas'));
  const appliedSet = new Set(applied);
  expect(appliedOnce, 'never twice, never out of order').toEqual(
    sentInOrder.filter((tag) => appliedSet.has(tag)),
  );
  const { delivered, givenUp, sealed } = from.side;
  for (const seq of delivered) {
    const tag = from.accepted.get(seq);
    if (tag !== undefined) expect(appliedSet.has(tag), `lost: ${tag}`).toBe(true);
  }
  const numbers = sealed.filter(({ seq }) => seq > 0).map(({ seq }) => seq);
  expect(numbers, 'numbers without gaps or repeats').toEqual(numbers.map((_, index) => index + 1));
  const ended = [...delivered, ...givenUp].sort((a, b) => a - b);
  const told = from.wasDetached ? numbers.filter((seq) => ended.includes(seq)) : numbers;
  expect(ended, 'each number delivered or given up, once').toEqual(told);
  for (const tag of from.sas) expect(appliedSet.has(tag), `sas lost: ${tag}`).toBe(true);
  expect(to.side.events.filter((event) => !event.startsWith('opened'))).toEqual([]);
}

it('applies in order, once, and loses nothing that it keeps', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 80, size: 'max' }), async (schedule) => {
      const world = new World();
      for (const step of schedule) await world.perform(step);
      await world.heal();
      const [one, other] = world.ends;
      check(one, other);
      check(other, one);
    }),
    stories(600),
  );
});

it('sends the same bytes for the same number, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 60, size: 'max' }), async (schedule) => {
      const world = new World();
      const first = new Map<string, string>();
      for (const step of schedule) {
        for (const [index, boxes] of (await world.perform(step)).entries()) {
          for (const { bytes } of boxes) {
            const { seq } = readBox(bytes);
            const text = bytes.join();
            if (seq > 0) expect(first.get(`${index} ${seq}`) ?? text).toBe(text);
            first.set(`${index} ${seq}`, text);
          }
        }
      }
    }),
    stories(300),
  );
});
