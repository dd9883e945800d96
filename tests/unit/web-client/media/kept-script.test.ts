import { expect, it } from 'vitest';
import { keepScripts } from '../../../../web-client/media/kept-script.ts';

const SERVER = 'the server';

/** @param kept what a browser answers that asks nobody */
function asking(came: () => Promise<Response>, kept: () => Promise<Response>) {
  const asked: unknown[] = [];
  const answers: Response[] = [];
  const ask = async (url: unknown, options?: RequestInit) => {
    asked.push([url, options?.cache ?? SERVER]);
    const answer = await (options === undefined ? came : kept)();
    answers.push(answer);
    return answer;
  };
  return { asked, answers, page: { fetch: ask as typeof fetch } };
}

const comes = async () => new Response('script');

it.each([
  ['kept', comes, true],
  ['not kept, as one browser says it', async () => new Response('', { status: 504 }), false],
  ['not kept, as another does', () => Promise.reject(new Error('no such thing')), false],
])('fetches the whole of each, and tells that they are %s', async (_how, kept, expected) => {
  const { asked, answers, page } = asking(comes, kept);
  expect(await keepScripts(page, '/a.js', '/b.js')).toBe(expected);
  expect(asked).toEqual([
    ['/a.js', SERVER],
    ['/a.js', 'only-if-cached'],
    ['/b.js', SERVER],
    ['/b.js', 'only-if-cached'],
  ]);
  expect(answers[0]?.bodyUsed).toBe(true);
});

it('is only content where all are kept', async () => {
  const kept = [false, true];
  const { page } = asking(comes, async () => new Response('', { status: kept.shift() ? 200 : 504 }));
  expect(await keepScripts(page, '/a.js', '/b.js')).toBe(false);
});

it.each([
  ['nobody answers', () => Promise.reject(new Error('no answer'))],
  ['something in between does', async () => new Response('', { status: 502 })],
])('rejects where %s', async (_how, came) => {
  await expect(keepScripts(asking(came, comes).page, '/a.js')).rejects.toThrow();
});

it('fetches nothing of what the app brings', async () => {
  const { asked, page } = asking(comes, comes);
  expect([await keepScripts({ ...page, app: {} }, '/a.js'), asked]).toEqual([true, []]);
});
