import { beforeEach, describe, expect, it } from 'vitest';
import { KEPT_PAGE_MAX_MS, KEPT_PAGE_SLOW_MS } from '../../../../main/common/protocol/limits.ts';
import { KeptPage } from '../../../../web-client/offline/kept-page.ts';
import { FakeCaches } from '../../../support/page/fake-caches.ts';
import { ManualTime, settle } from '../../../support/time/manual-time.ts';

const ORIGIN = 'https://a.lhr.life';
const CALL = '/assets/call-abcdefgh.js';
const LINK = '#Vm9pY2VzIGdvIHN0cmFpZ2h0.AAAAAAAAAAAAAAAAAAAAAA';

type Asked = Pick<Request, 'method' | 'mode' | 'url'>;
type Answer = () => Promise<Response>;

const words =
  (text: string, status = 200): Answer =>
  async () =>
    new Response(text, { status });
const nobody: Answer = () => Promise.reject(new TypeError('no connection'));
const never: Answer = () => new Promise(() => {});

/** What lasts over the lives of a worker. */
let time: ManualTime;
let caches: FakeCaches;
let served: Map<string, Answer>;
let asked: string[];
let retired: number;

function worker(build = 'one', files: readonly string[] = [CALL]): KeptPage<Asked> {
  return new KeptPage<Asked>({
    ...{ origin: ORIGIN, build, files, timers: time.timers, wallClock: () => time.clock() },
    caches: caches as unknown as CacheStorage,
    fetch: (what) => {
      const path = typeof what === 'string' ? what : new URL(what.url).pathname;
      asked.push(path);
      return (served.get(path) ?? words('nothing', 404))();
    },
    retire: async () => void retired++,
  });
}

const navigation = (path = '/'): Asked => ({ method: 'GET', mode: 'navigate', url: ORIGIN + path });
const file = (path: string): Asked => ({ method: 'GET', mode: 'cors', url: ORIGIN + path });

async function installed(): Promise<KeptPage<Asked>> {
  const page = worker();
  await page.install();
  await page.activate();
  asked = [];
  return page;
}

/** What is shown in the end; null where the browser asks by itself. */
async function shown(page: KeptPage<Asked>, what: Asked): Promise<string | null> {
  const lasting: Promise<unknown>[] = [];
  const answer = page.answer(what, (step) => void lasting.push(step));
  const text = answer === null ? null : (await answer).text();
  const read = await text;
  await Promise.all(lasting);
  return read;
}

beforeEach(() => {
  time = new ManualTime();
  caches = new FakeCaches();
  served = new Map([
    ['/', words('the page')],
    [CALL, words('the call')],
  ]);
  asked = [];
  retired = 0;
});

describe('a page that is kept', () => {
  it('is shown where nobody answers, with what a call needs', async () => {
    const page = await installed();
    served = new Map([['/', nobody]]);
    expect(await shown(page, navigation())).toBe('the page');
    expect(await shown(page, navigation('/index.html?lang=en'))).toBe('the page');
    expect(await shown(page, file(CALL))).toBe('the call');
    expect(asked).toEqual(['/', '/index.html']);
  });

  it.each([502, 503, 530, 404])('is shown where something on the way answers %i instead', async (status) => {
    const page = await installed();
    served.set('/', words('no tunnel here', status));
    expect(await shown(page, navigation())).toBe('the page');
  });

  it('is shown where an answer does not come in time', async () => {
    const page = await installed();
    served.set('/', never);
    const text = shown(page, navigation());
    await time.advance(KEPT_PAGE_SLOW_MS - 1);
    let done = false;
    void text.then(() => {
      done = true;
    });
    await settle();
    expect(done).toBe(false);
    await time.advance(1);
    expect(await text).toBe('the page');
  });

  it('steps back for whoever answers, and leaves no timer', async () => {
    const page = await installed();
    expect(await shown(page, navigation())).toBe('the page');
    expect(retired).toBe(0);
    expect(time.pending).toBe(0);
  });

  it('is not shown again once another build answers, or another owner of the address', async () => {
    const page = await installed();
    served.set('/', words('another page'));
    expect(await shown(page, navigation())).toBe('another page');
    expect([...caches.stored.keys(), retired]).toEqual([1]);
    served.set('/', nobody);
    await expect(shown(page, navigation())).rejects.toThrow('no connection');
  });

  it.each([
    ['as long as that', KEPT_PAGE_MAX_MS, 'the page'],
    ['longer', KEPT_PAGE_MAX_MS + 1, 'nobody'],
  ])('is shown %s', async (_how, afterMs, what) => {
    const page = await installed();
    served.set('/', nobody);
    await time.advance(afterMs);
    expect(await shown(page, navigation()).catch(() => 'nobody')).toBe(what);
    expect(retired).toBe(Number(what === 'nobody'));
    expect(caches.stored.size).toBe(Number(what !== 'nobody'));
  });

  it('is not shown where the clock was set back behind its keeping, since nobody knows for how long it is kept', async () => {
    time = new ManualTime();
    await time.advance(KEPT_PAGE_MAX_MS);
    const page = await installed();
    time = new ManualTime();
    served.set('/', nobody);
    await expect(shown(page, navigation())).rejects.toThrow('no connection');
    expect([caches.stored.size, retired]).toEqual([0, 1]);
  });

  it('is nothing without the note since when it is kept, which comes last', async () => {
    const page = await installed();
    caches.stored.get('secret-call.page.one')?.delete('/kept-since');
    served.set('/', nobody);
    await expect(shown(page, navigation())).rejects.toThrow('no connection');
  });

  it('has a file asked for that the browser has thrown away', async () => {
    const page = await installed();
    caches.stored.get('secret-call.page.one')?.delete(CALL);
    served.set(CALL, words('the call of the server'));
    expect(await shown(page, file(CALL))).toBe('the call of the server');
  });

  it('takes the place of what an older build kept, and of nothing else', async () => {
    await installed();
    await caches.open('somebody else’s');
    const next = worker('two', []);
    await next.install();
    await next.activate();
    expect([...caches.stored.keys()]).toEqual(['somebody else’s', 'secret-call.page.two']);
  });

  it('is kept whole or not at all', async () => {
    served.set(CALL, words('no tunnel here', 503));
    await expect(worker().install()).rejects.toThrow();
    expect(caches.stored.size).toBe(0);
    served.set(CALL, async () => Object.defineProperty(new Response('x'), 'redirected', { value: true }));
    await expect(worker().install()).rejects.toThrow();
    expect(caches.stored.size).toBe(0);
  });
});

describe('the worker', () => {
  it('has nothing to do with what is no file of the page', async () => {
    const page = await installed();
    served = new Map();
    for (const what of [
      file('/ws'),
      file('/healthz'),
      file('/assets/call-zzzzzzzz.js'),
      file('/service-worker.js'),
      // Where it came by a script, and not by somebody who opens it.
      file('/'),
      navigation('/ws'),
      navigation('/healthz'),
      navigation('/kept-since'),
      { ...navigation(), url: 'https://evil.example/' },
      { ...navigation(), url: 'http://a.lhr.life/' },
      { ...navigation(), method: 'POST' },
    ])
      expect(await shown(page, what), `${what.mode} ${what.url}`).toBeNull();
    expect(asked).toEqual([]);
  });

  it('keeps nothing of a link that is opened while it stands, and nothing that came later', async () => {
    const page = await installed();
    const before = [...(caches.stored.get('secret-call.page.one')?.keys() ?? [])];
    served.set('/', nobody);
    expect(await shown(page, navigation(`/?x=1${LINK}`))).toBe('the page');
    served.set('/', words('the page'));
    await shown(page, navigation(`/${LINK}`));
    await shown(page, file(CALL));
    expect([...(caches.stored.get('secret-call.page.one')?.keys() ?? [])]).toEqual(before);
    expect(before.sort()).toEqual(['/', CALL, '/kept-since']);
  });
});
