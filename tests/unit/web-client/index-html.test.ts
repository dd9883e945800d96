/** Holds the page's markup to its promises: nothing inline, nothing given away, its English texts those of the catalogue. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withMarkup } from '../../../scripts/page-markup.mjs';
import { callEn } from '../../../web-client/i18n/call-en.ts';
import { en } from '../../../web-client/i18n/en.ts';

const html = withMarkup(readFileSync(new URL('../../../web-client/index.html', import.meta.url), 'utf8'));
const texts: Readonly<Record<string, unknown>> = { ...en, ...callEn };

const matches = (pattern: RegExp) => [...html.matchAll(pattern)];

describe('index.html', () => {
  it('stands without unsafe-inline', () => {
    expect(matches(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/g)).toEqual([]);
  });

  it('so does the page for addresses where nothing is, which asks no other host either', () => {
    const page = readFileSync(new URL('../../../web-client/stray.html', import.meta.url), 'utf8');
    expect(page).not.toMatch(
      /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|(?:src|href)="(?:https?:)?\/\//,
    );
  });

  it('asks no other host', () => {
    expect(matches(/(?:src|href|content)="(?:https?:)?\/\//g)).toEqual([]);
  });

  it('says of the call only that it is one', () => {
    const head = html.slice(0, html.indexOf('</head>'));
    expect(head).toContain('<title>Voice call</title>');
    expect(head).toMatch(/name="robots" content="noindex/);
    expect(head).toMatch(/name="referrer" content="no-referrer"/);
    expect(head).not.toMatch(/secret/i);
  });

  it('has an English text of the catalogue in every place for one', () => {
    const places = matches(/<(\w+)\b[^>]*?\bdata-text="([^"]+)"[^>]*>([^<]*)<\/\1>/g);
    expect(places).toHaveLength(matches(/\bdata-text="/g).length);
    for (const [, , key = '', text = ''] of places)
      expect(text.replace(/\s+/g, ' ').trim(), key).toBe(texts[key]);
    for (const [, key = ''] of matches(/\bdata-label="([^"]+)"/g))
      expect(texts[key], key).toBeTypeOf('string');
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
