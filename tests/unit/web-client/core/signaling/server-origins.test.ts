import { beforeEach, describe, expect, it } from 'vitest';
import { FALSE_ORIGIN_MS, ServerOrigins } from '../../../../../web-client/core/signaling/server-origins.ts';

const at = (name: string) => `https://${name}.lhr.life`;

let nowMs: number;
let origins: ServerOrigins;

beforeEach(() => {
  nowMs = 0;
  origins = new ServerOrigins(at('a'), () => nowMs);
});

/** The next ones to try, by their letters, the own one left out. */
const others = (count: number): string =>
  Array.from({ length: 2 * count }, () => origins.next())
    .filter((url) => url !== at('a'))
    .map((url) => url.slice('https://'.length, -'.lhr.life'.length))
    .join(' ');

describe('where the socket goes', () => {
  it('is the own origin first, then in turn with those of the host, the latest first', () => {
    expect(origins.next()).toBe(at('a'));
    expect(origins.next()).toBe(at('a'));
    expect(origins.addOfHost(at('b'))).toBe(true);
    expect(origins.addOfHost(at('c'))).toBe(true);
    expect(Array.from({ length: 6 }, () => origins.next())).toEqual(['a', 'c', 'a', 'b', 'a', 'c'].map(at));
    origins.restart();
    expect(origins.next()).toBe(at('a'));
  });

  it('is one that was forgotten and is heard of again before those tried meanwhile', () => {
    origins.addOfGuest('g', at('b'));
    expect(others(1)).toBe('b');
    origins.addOfGuest('h', at('c'));
    expect(others(1)).toBe('c');
    for (const name of ['d', 'e']) origins.addOfGuest('h', at(name));
    expect(others(1)).toBe('e');
    origins.addOfGuest('h', at('c'));
    expect(others(1)).toBe('c');
  });

  it('is no guest’s word before the host’s, which none of theirs pushes out', () => {
    origins.addOfHost(at('true'));
    for (let index = 0; index < 100; index++) origins.addOfGuest(`g${index}`, at(`false${index}`));
    expect(others(1)).toBe('true');
    expect(others(24).split(' ')).not.toContain('true');
    expect(others(1)).toBe('true');
  });

  it('is of each guest the newest two at most, and one guest’s never pushes out another’s', () => {
    origins.addOfGuest('boris', at('true'));
    for (let index = 0; index < 4; index++) origins.addOfGuest('mallory', at(`false${index}`));
    expect(others(3)).toBe('false3 true false2');
    expect(others(3)).toBe('false3 true false2');
  });

  it('is not one that was false before a minute has passed, whoever names it', () => {
    origins.addOfGuest('mallory', at('false'));
    origins.addOfGuest('boris', at('false'));
    origins.addOfGuest('boris', at('true'));
    origins.drop(at('false'));
    for (const id of ['mallory', 'boris', 'anna']) origins.addOfGuest(id, at('false'));
    expect(others(2)).toBe('true true');
    nowMs += FALSE_ORIGIN_MS;
    origins.addOfGuest('anna', at('false'));
    expect(others(1)).toBe('false');
  });

  it('is the own one, whoever answered there', () => {
    origins.drop(at('a'));
    expect(origins.next()).toBe(at('a'));
    expect(origins.isOwn(at('a'))).toBe(true);
  });

  it.each([
    'http://b.lhr.life',
    'https://b.lhr.life/',
    'https://b.lhr.life:8443',
    'https://b.lhr.life#x',
    'https://user@b.lhr.life',
    'https://localhost',
    'https://B.lhr.life',
    'https://b.lhr.life\n',
    'https://b..life',
    'wss://b.lhr.life',
    '',
  ])('is never %j', (url) => {
    expect(origins.addOfHost(url)).toBe(false);
    origins.addOfGuest('boris', url);
    expect(others(2)).toBe('');
  });

  it('takes nothing of the host twice, and remembers four', () => {
    for (let index = 0; index < 6; index++) origins.addOfHost(at(`n${index}`));
    origins.addOfHost(at('n5'));
    expect(new Set(others(10).split(' ')).size).toBe(4);
  });

  it('is the one the host went back to before those it has left', () => {
    for (const name of ['b', 'c']) origins.addOfHost(at(name));
    expect(others(2)).toBe('c b');
    origins.addOfHost(at('b'));
    expect(others(3)).toBe('b c b');
  });

  it('is not doubled by the own one, which others may have to be told all the same', () => {
    expect(origins.addOfHost(at('a'))).toBe(true);
    expect(others(2)).toBe('');
  });
});
