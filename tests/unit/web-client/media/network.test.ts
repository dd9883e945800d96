import { beforeEach, describe, expect, it } from 'vitest';
import { Network } from '../../../../web-client/media/network.ts';

let nowMs: number;
let ticks: Set<() => void>;
let target: EventTarget;
let wakes: number;
let answer: () => Promise<Response>;
let asked: string[];
const create = (online = true) =>
  new Network({
    target,
    wallClock: () => nowMs,
    setInterval: (callback) => {
      ticks.add(callback);
      return ticks.size;
    },
    clearInterval: () => ticks.clear(),
    online: () => online,
    fetch: (path) => {
      asked.push(path);
      return answer();
    },
  });
const watch = () => create().onWake(() => wakes++);
const pass = (ms: number) => {
  nowMs += ms;
  for (const tick of ticks) tick();
};
beforeEach(() => {
  nowMs = 1_000_000;
  ticks = new Set();
  target = new EventTarget();
  wakes = 0;
  asked = [];
});

describe('the network', () => {
  it('tells when it goes, and comes back', () => {
    watch();
    target.dispatchEvent(new Event('offline'));
    expect(wakes).toBe(1);
    target.dispatchEvent(new Event('online'));
    expect(wakes).toBe(2);
  });

  it('tells a sleep by the gap in time, but not a background tab’s slow timers', () => {
    watch();
    pass(10_000);
    pass(61_000);
    expect(wakes).toBe(0);
    pass(3_600_000);
    expect(wakes).toBe(1);
    pass(10_000);
    expect(wakes).toBe(1);
  });

  it('lets go of clock and events', () => {
    const watching = watch();
    watching.dispose();
    target.dispatchEvent(new Event('online'));
    expect([wakes, ticks.size]).toEqual([0, 0]);
  });
});

describe('the host at the page’s own address', () => {
  it.each<[string, () => Response, boolean]>([
    ['its own words', () => Response.json({ ok: true }), true],
    ['an error', () => Response.json({ ok: true }, { status: 502 }), false],
    ['other words', () => Response.json({ ok: 'yes' }), false],
    ['no object', () => Response.json(null), false],
    ['a page of somebody on the way', () => new Response('<h1>Please sign in</h1>'), false],
    ['nothing', () => new Response(null, { status: 204 }), false],
    [
      'a refusal',
      () => {
        throw new TypeError('Failed to fetch');
      },
      false,
    ],
  ])('that gives %s is taken so', async (_what, give, answers) => {
    answer = async () => give();
    expect(await create().hostAnswers()).toBe(answers);
    expect(asked).toEqual(['/healthz']);
  });

  it('is out of reach where the browser knows of no network', () => {
    expect([create(true).offline, create(false).offline]).toEqual([false, true]);
  });
});
