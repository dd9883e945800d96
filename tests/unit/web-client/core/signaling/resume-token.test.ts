import { beforeEach, describe, expect, it } from 'vitest';
import { PUBLIC_KEY_BYTES, RESUME_BYTES } from '../../../../../main/common/protocol/limits.ts';
import type { StorageLike } from '../../../../../web-client/core/browser-api.ts';
import { ResumeToken } from '../../../../../web-client/core/signaling/resume-token.ts';
import { randomBytes } from '../../../../support/crypto/e2ee-tools.ts';

const text = (count: number) => Buffer.from(randomBytes(count)).toString('base64url');
const [TOKEN, OTHER_TOKEN] = [text(RESUME_BYTES), text(RESUME_BYTES)];
const [HOST, OTHER_HOST] = [text(PUBLIC_KEY_BYTES), text(PUBLIC_KEY_BYTES)];
const KEY = 'secret-call.resume';

class MapStorage implements StorageLike {
  readonly kept = new Map<string, string>();
  getItem(key: string): string | null {
    return this.kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.kept.set(key, value);
  }
  removeItem(key: string): void {
    this.kept.delete(key);
  }
}

function forbidden(): never {
  throw new Error('forbidden');
}
const FORBIDDEN: StorageLike = { getItem: forbidden, setItem: forbidden, removeItem: forbidden };

let tab: MapStorage;
let browser: MapStorage;
let resume: ResumeToken;
beforeEach(() => {
  tab = new MapStorage();
  browser = new MapStorage();
  resume = new ResumeToken([tab, browser]);
});

const reloaded = () => new ResumeToken([tab, browser]);

describe('what lets a page back', () => {
  it('is nothing at first', () => {
    expect([resume.hostKey, resume.peek(), resume.read(HOST)]).toEqual([null, null, null]);
  });

  it('is for the host that gave it alone, over a reload as well', () => {
    resume.keep(TOKEN, HOST);
    expect([resume.hostKey, resume.peek()]).toEqual([HOST, TOKEN]);
    for (const each of [resume, reloaded()]) {
      expect(each.read(HOST)).toBe(TOKEN);
      expect(each.read(OTHER_HOST)).toBeNull();
    }
    expect(reloaded().hostKey).toBeNull();
  });

  it('is what the page was given itself before what other tabs have kept since', () => {
    resume.keep(TOKEN, HOST);
    browser.setItem(KEY, `${OTHER_TOKEN}.${OTHER_HOST}`);
    expect(resume.read(OTHER_HOST)).toBeNull();
    expect(resume.read(HOST)).toBe(TOKEN);
  });

  it('is the tab’s before the browser’s, which outlives a crash and shows no other room a ticket', () => {
    tab.setItem(KEY, `${TOKEN}.${HOST}`);
    browser.setItem(KEY, `${OTHER_TOKEN}.${HOST}`);
    expect(resume.read(HOST)).toBe(TOKEN);
    tab.kept.clear();
    expect([resume.read(HOST), resume.peek()]).toEqual([OTHER_TOKEN, null]);
  });

  it('is forgotten everywhere', () => {
    resume.keep(TOKEN, HOST);
    resume.forget();
    expect([resume.hostKey, resume.peek(), resume.read(HOST)]).toEqual([null, null, null]);
    expect([tab.kept.size, browser.kept.size]).toEqual([0, 0]);
  });

  it('is kept in memory where no storage takes it, and in each that does', () => {
    resume = new ResumeToken([FORBIDDEN, browser]);
    expect(resume.read(HOST)).toBeNull();
    resume.keep(TOKEN, HOST);
    expect([resume.read(HOST), browser.getItem(KEY)]).toEqual([TOKEN, `${TOKEN}.${HOST}`]);
    resume.forget();
    expect([resume.read(HOST), browser.getItem(KEY)]).toEqual([null, null]);
  });

  it.each([
    ['a short token', `${TOKEN.slice(0, -4)}.${HOST}`],
    ['no token', `.${HOST}`],
    ['an odd token', `${TOKEN.slice(0, -1)}%.${HOST}`],
    ['a short host', `${TOKEN}.${HOST.slice(0, -4)}`],
    ['no host', TOKEN],
    ['nothing', ''],
  ])('is no damaged one, with %s', (_what, kept) => {
    tab.setItem(KEY, kept);
    const [, host = ''] = kept.split('.');
    expect([resume.peek(), resume.read(host)]).toEqual([null, null]);
  });
});
