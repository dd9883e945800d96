/** Owns the page's documents, one a language: which one a request gets, packed how, and what stands in it that its policy lets run. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ACCEPT_HEADER_MAX_UNITS } from '../common/protocol/limits.ts';
import { chooseLanguage, LANGUAGES, type Language } from '../common/translate.ts';
import type { InlineSources } from './page-headers.ts';

/** As the build names them (scripts/page-documents.mjs). */
const FILES: Readonly<Record<Language, string>> = { en: 'index.html', ru: 'index.ru.html' };

/** As RFC 9110, 8.4.1, names them; the one that packs best is first. */
const CODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;
type Coding = (typeof CODINGS)[number][0];

export interface PageDocument {
  readonly fileName: string;
  readonly inline: InlineSources;
  readonly plain: Buffer;
  /** As far as the build packed it. */
  readonly packed: readonly { readonly coding: Coding; readonly bytes: Buffer }[];
}

export type PageDocuments = Readonly<Record<Language, PageDocument>>;

/**
 * Read once: a new build is served by a new host, and who waits for the page waits for no disk. A language without a document
 * of its own has the English one.
 */
export async function readPageDocuments(directory: string): Promise<PageDocuments> {
  const english = await readDocument(directory, FILES.en);
  const documents: Record<Language, PageDocument> = { en: english, ru: english };
  for (const language of LANGUAGES)
    documents[language] = await readDocument(directory, FILES[language]).catch(() => english);
  return documents;
}

async function readDocument(directory: string, fileName: string): Promise<PageDocument> {
  const file = join(directory, fileName);
  const plain = await readFile(file);
  const packed = await Promise.all(
    CODINGS.map(async ([coding, ending]) => {
      const bytes = await readFile(file + ending).catch(() => null);
      return bytes === null ? [] : [{ coding, bytes }];
    }),
  );
  return { fileName, inline: inlineSources(plain.toString()), plain, packed: packed.flat() };
}

/** The document in the best way that is accepted; `coding` is null where it is not packed. */
export function documentAs(
  { plain, packed }: Pick<PageDocument, 'plain' | 'packed'>,
  acceptEncoding: string | undefined,
) {
  const accepted = wantedNames(acceptEncoding ?? '');
  return packed.find(({ coding }) => accepted.includes(coding)) ?? { coding: null, bytes: plain };
}

/** `search` is the query of the address; `?lang=` wins over what the browser asks for. */
export function documentLanguage(search: string, acceptLanguage: string | undefined): Language {
  const asked = new URLSearchParams(search).get('lang');
  return chooseLanguage([asked ?? '', ...wantedNames(acceptLanguage ?? '')]);
}

/** RFC 9110, 12.5: a language or a coding and how much it is wanted, from 0 to 1 in thousandths. */
const RANGE = /^([a-z]{1,8}(?:-[a-z0-9]{1,8})*)(?:\s*;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;

/**
 * What an Accept-Language or Accept-Encoding header names, the most wanted first. What is no such name is passed over, and so
 * is all beyond ACCEPT_HEADER_MAX_UNITS: no browser sends as much.
 */
export function wantedNames(header: string): string[] {
  return header
    .slice(0, ACCEPT_HEADER_MAX_UNITS)
    .split(',')
    .flatMap((part) => {
      const [, name, weight = '1'] = RANGE.exec(part.trim()) ?? [];
      return name === undefined || Number(weight) === 0 ? [] : [{ name, weight: Number(weight) }];
    })
    .sort((one, other) => other.weight - one.weight)
    .map(({ name }) => name);
}

/** A script with a source is fetched, and one of another type is text: neither needs the policy's leave to stand there. */
const INLINE = /<(script|style)(?![^>]*\s(?:src|type)=)(?:\s[^>]*)?>([\s\S]*?)<\/\1>/g;

/** CSP Level 3, 2.3.1: each by the SHA-256 of exactly what stands between its tags. */
export function inlineSources(html: string): InlineSources {
  const sources = { scripts: new Set<string>(), styles: new Set<string>() };
  for (const [, tag, content = ''] of html.matchAll(INLINE)) {
    const hash = createHash('sha256').update(content).digest('base64');
    sources[tag === 'script' ? 'scripts' : 'styles'].add(`'sha256-${hash}'`);
  }
  return { scripts: [...sources.scripts], styles: [...sources.styles] };
}
