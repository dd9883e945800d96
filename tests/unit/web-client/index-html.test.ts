/** Holds the page's markup to its promises: nothing inline but whole styles, nothing given away, its English texts those of the catalogue. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withMarkup } from '../../../scripts/page-markup.mjs';
import { callEn } from '../../../web-client/i18n/call-en.ts';
import { en } from '../../../web-client/i18n/en.ts';

const html = withMarkup(
  `${readFileSync(new URL('../../../web-client/index.html', import.meta.url), 'utf8')}<!-- markup: call -->`,
);
const texts: Readonly<Record<string, unknown>> = { ...en, ...callEn };

const matches = (pattern: RegExp) => [...html.matchAll(pattern)];

describe('index.html', () => {
  it('stands without unsafe-inline', () => {
    // What a hash of the policy lets through is a whole element; the early script and the styles come in the build.
    expect(matches(/<script(?![^>]*\bsrc=)|<style[^>]+>|\sstyle=|\son\w+=|javascript:/g)).toEqual([]);
    expect(matches(/<style>/g)).toHaveLength(2);
  });

  it('so does the page for addresses where nothing is, which asks no other host either', () => {
    const page = readFileSync(new URL('../../../web-client/stray.html', import.meta.url), 'utf8');
    expect(page).not.toMatch(
      /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|(?:src|href)="(?:https?:)?\/\//,
    );
  });

  it('says in both languages that it did not load, that the browser is too old, and that it needs scripts', () => {
    for (const language of ['en', 'ru'])
      for (const name of ['trouble-load', 'trouble-old', 'noscript'])
        expect(
          matches(new RegExp(`<p class="${name}" lang="${language}">[^<]{40,}</p>`, 'g')),
          name,
        ).toHaveLength(1);
    // Above all else, so that it is there where the rest is cut off.
    expect(html.indexOf('id="trouble"')).toBeLessThan(html.indexOf('<!-- styles -->'));
  });

  it('runs its early script before there is anything to draw: after a script browsers draw, and that would be no page yet', () => {
    const early = html.indexOf('<!-- early -->');
    expect(early).toBeGreaterThan(0);
    expect(early).toBeLessThan(html.indexOf('<body>'));
  });

  it('gives the frame of the browser the ground of each of the system’s themes', () => {
    const tokens = readFileSync(new URL('../../../web-client/styles/tokens.css', import.meta.url), 'utf8');
    const [, light, dark] = /--ground: light-dark\((\S+), (\S+)\)/.exec(tokens) ?? [];
    expect(
      matches(/prefers-color-scheme: (\w+)\)" content="([^"]+)"/g).map((match) => match.slice(1)),
    ).toEqual([
      ['light', light],
      ['dark', dark],
    ]);
  });

  it('brings no colour, size or duration that nothing before a call uses', () => {
    const styles = matches(/<link rel="stylesheet" href="\.\/([^"]+)"/g)
      .map(([, path]) => readFileSync(new URL(`../../../web-client/${path}`, import.meta.url), 'utf8'))
      .join('');
    const named = new Set([...styles.matchAll(/^\s*(--[a-z0-9-]+):/gm)].map(([, name = '']) => name));
    expect(named.size).toBeGreaterThan(20);
    expect([...named].filter((name) => !new RegExp(`var\\(${name}[,)]`).test(styles))).toEqual([]);
  });

  it('asks no other host', () => {
    expect(matches(/(?:src|href|content)="(?:https?:)?\/\//g)).toEqual([]);
  });

  it('says of the call only that it is one', () => {
    const head = html.slice(0, html.indexOf('</head>'));
    expect(head).toContain('<title data-first-text="title.idle">Voice call</title>');
    expect(head).toMatch(/name="robots" content="noindex/);
    expect(head).toMatch(/name="referrer" content="no-referrer"/);
    expect(head).not.toMatch(/secret/i);
  });

  it('has an English text of the catalogue in every place for one', () => {
    const places = matches(/<(\w+)\b[^>]*?\bdata-(?:first-)?text="([^"]+)"[^>]*>([^<]*)<\/\1>/g);
    expect(places).toHaveLength(matches(/\bdata-(?:first-)?text="/g).length);
    for (const [, , key = '', text = ''] of places)
      expect(text.replace(/\s+/g, ' ').trim(), key).toBe(texts[key]);
    for (const [, key = ''] of matches(/\bdata-label="([^"]+)"/g))
      expect(texts[key], key).toBeTypeOf('string');
    for (const [, key = '', content] of matches(/\bdata-first-content="([^"]+)" content="([^"]+)"/g))
      expect(content, key).toBe(texts[key]);
  });

  it('uses each id once', () => {
    const ids = matches(/\sid="([^"]+)"/g).map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers only to ids that are there', () => {
    const ids = new Set(matches(/\sid="([^"]+)"/g).map(([, id]) => id));
    const named = matches(/\s(?:for|form|aria-labelledby|aria-describedby)="([^"]+)"/g).flatMap(
      ([, list = '']) => list.split(' '),
    );
    const icons = matches(/<use\b[^>]*href="#([^"]+)"/g).map(([, id = '']) => id);
    expect([...named, ...icons].filter((id) => !ids.has(id))).toEqual([]);
  });
});
