import { beforeEach, describe, expect, it } from 'vitest';
import { CALL_MESSAGES_KEPT_MAX } from '../../../../../main/common/protocol/limits.ts';
import type { CallPort } from '../../../../../web-client/core/waiting/call-port.ts';
import { CALL_LOAD_MAX_MS, LateCall } from '../../../../../web-client/core/waiting/late-call.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';

interface Load {
  arrive(): Promise<void>;
  break(): Promise<void>;
}

let time: ManualTime;
let loads: Load[];
/** What the calls that were opened were told, first to last. */
let told: string[];
let opened: number;
let failures: number;
let late: LateCall;

/** Notes the name of each method that is called, with its first value. */
const notingCall = (): CallPort =>
  new Proxy({} as CallPort, {
    get: (_target, name) =>
      name === 'hasConnectedPeers'
        ? true
        : (...values: unknown[]) => void told.push([String(name), ...values.slice(0, 1)].join(' ')),
  });

beforeEach(() => {
  time = new ManualTime();
  [loads, told, opened, failures] = [[], [], 0, 0];
  late = new LateCall({
    timers: time.timers,
    load: () =>
      new Promise((resolve, reject) => {
        const open = () => {
          opened++;
          return notingCall();
        };
        loads.push({
          arrive: async () => {
            resolve(open);
            await settle();
          },
          break: async () => {
            reject(new Error('no answer'));
            await settle();
          },
        });
      }),
    onFailed: () => failures++,
  });
});

const chat = (text: string) => (call: CallPort) => call.sendChat(text);

describe('the code of a call', () => {
  it('is loaded once, however often it is asked for, and one call is opened', async () => {
    late.load();
    late.load();
    late.loadAfter(10);
    await time.advance(1_000);
    expect([loads.length, late.open, late.hasConnectedPeers]).toEqual([1, false, false]);
    await loads[0]?.arrive();
    late.load();
    late.loadAfter(0);
    await time.advance(CALL_LOAD_MAX_MS * 2);
    expect([loads.length, opened, late.open, late.hasConnectedPeers, time.pending]).toEqual([
      ...[1, 1, true, true, 0],
    ]);
  });

  it('comes by itself where nobody asks for so long', async () => {
    late.loadAfter(6_000);
    late.loadAfter(6_000);
    await time.advance(5_999);
    expect(loads).toHaveLength(0);
    await time.advance(1);
    expect(loads).toHaveLength(1);
  });

  it('is asked for once more by itself, then it is told that it did not come, and it may be asked for again', async () => {
    late.load();
    await loads[0]?.break();
    await time.advance(999);
    expect([loads.length, failures]).toEqual([1, 0]);
    await time.advance(1);
    await loads[1]?.break();
    await time.advance(CALL_LOAD_MAX_MS * 2);
    expect([loads.length, failures, time.pending]).toEqual([2, 1, 0]);
    late.load();
    await loads[2]?.break();
    late.load();
    await loads[3]?.arrive();
    expect([loads.length, failures, opened]).toEqual([4, 1, 1]);
  });

  it('that stalls is given up after a while; where it comes later after all it counts, and once', async () => {
    late.load();
    await time.advance(CALL_LOAD_MAX_MS);
    expect(failures).toBe(1);
    late.load();
    late.tell('muted', chat('a'));
    await loads[0]?.arrive();
    await loads[1]?.arrive();
    expect([opened, failures, told]).toEqual([1, 1, ['sendChat a']]);
    await time.advance(CALL_LOAD_MAX_MS);
    expect([failures, time.pending]).toEqual([1, 0]);
  });

  it('that failed long after it was given up says nothing more', async () => {
    late.load();
    await time.advance(CALL_LOAD_MAX_MS);
    late.load();
    await loads[0]?.break();
    await time.advance(1_000);
    expect([loads.length, failures]).toEqual([2, 1]);
  });

  it('opens no call any more once it is disposed of, and is not asked for', async () => {
    late.load();
    late.dispose();
    late.load();
    late.loadAfter(0);
    await loads[0]?.arrive();
    await time.advance(CALL_LOAD_MAX_MS);
    expect([loads.length, opened, failures, time.pending]).toEqual([1, 0, 0, 0]);
  });

  it('fails without a word where it is disposed of meanwhile', async () => {
    late.load();
    late.dispose();
    await loads[0]?.break();
    expect([failures, time.pending]).toEqual([0, 0]);
  });

  it('is ended with the session', async () => {
    late.load();
    await loads[0]?.arrive();
    late.dispose();
    expect(told).toEqual(['dispose']);
  });
});

describe('what a call is told', () => {
  it('before it is there reaches it in order, of each kind the latest', async () => {
    late.tell('stun', chat('stun 1'));
    late.tell('hello', chat('hello'));
    late.tell('place', chat('join'));
    late.pass(chat('box 1'));
    late.tell('stun', chat('stun 2'));
    late.pass(chat('box 2'));
    late.load();
    await loads[0]?.arrive();
    late.tell('stun', chat('stun 3'));
    late.pass(chat('box 3'));
    expect(told.map((line) => line.replace('sendChat ', ''))).toEqual([
      ...['hello', 'join', 'box 1', 'stun 2', 'box 2', 'stun 3', 'box 3'],
    ]);
  });

  it('of what counts each time keeps so many and no more, beside all the kinds', async () => {
    for (let index = 0; index < CALL_MESSAGES_KEPT_MAX + 50; index++) late.pass(chat(`box ${index}`));
    for (let index = 0; index < 1_000; index++) late.tell('roster', chat(`roster ${index}`));
    late.load();
    await loads[0]?.arrive();
    expect(told).toHaveLength(CALL_MESSAGES_KEPT_MAX + 1);
    expect([told[0], told.at(-2), told.at(-1)]).toEqual([
      'sendChat box 0',
      `sendChat box ${CALL_MESSAGES_KEPT_MAX - 1}`,
      'sendChat roster 999',
    ]);
  });

  it('that means nothing before it is there is not kept', async () => {
    late.use(chat('early'));
    late.load();
    await loads[0]?.arrive();
    late.use(chat('now'));
    expect(told).toEqual(['sendChat now']);
  });
});
