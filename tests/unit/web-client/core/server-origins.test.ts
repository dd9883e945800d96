import { describe, expect, it } from 'vitest';
import { ServerOrigins } from '../../../../web-client/core/server-origins.ts';

const next = (origins: ServerOrigins, count: number) =>
  Array.from({ length: count }, () => origins.nextSocketUrl());

describe('where the socket goes', () => {
  it('is the own origin, with or without TLS', () => {
    expect(next(new ServerOrigins('https://a.lhr.life'), 2)).toEqual([
      'wss://a.lhr.life/ws',
      'wss://a.lhr.life/ws',
    ]);
    expect(next(new ServerOrigins('http://localhost:8790'), 1)).toEqual(['ws://localhost:8790/ws']);
  });

  it('is the own origin first, then in turn with those the host moved to, the latest first', () => {
    const origins = new ServerOrigins('https://a.lhr.life');
    expect(origins.add('https://b.lhr.life')).toBe(true);
    expect(origins.add('https://c.lhr.life')).toBe(true);
    expect(next(origins, 6)).toEqual(
      ['a', 'c', 'a', 'b', 'a', 'c'].map((name) => `wss://${name}.lhr.life/ws`),
    );
    origins.restart();
    expect(next(origins, 1)).toEqual(['wss://a.lhr.life/ws']);
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
    const origins = new ServerOrigins('https://a.lhr.life');
    expect(origins.add(url)).toBe(false);
    expect(next(origins, 2)).toEqual(['wss://a.lhr.life/ws', 'wss://a.lhr.life/ws']);
  });

  it('takes nothing twice, and remembers four', () => {
    const origins = new ServerOrigins('https://a.lhr.life');
    expect(origins.add('https://a.lhr.life')).toBe(false);
    for (let index = 0; index < 6; index++) origins.add(`https://n${index}.lhr.life`);
    expect(origins.add('https://n5.lhr.life')).toBe(false);
    expect(new Set(next(origins, 20)).size).toBe(5);
  });
});
