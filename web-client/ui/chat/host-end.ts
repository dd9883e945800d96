/** Owns where the host of an address ends when the sentence goes on without a blank (`example.com입니다`). */

import { GLUED } from './glued-scripts.ts';
import { latePattern } from './late-pattern.ts';

/**
 * Letters, digits and single dots. Of IDNA's other dots (。．｡) none is taken for one: in a sentence they end it, a
 * thousand times for each time that somebody means `例え。jp`, and no browser writes an address with them.
 */
const HOST = /\[[\da-f:.]+\]|[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*(?:\.[\p{L}\p{M}\p{N}_-]+)*/iuy;
const HOST_MAX_UNITS = 253;

const gluedLetter = latePattern(GLUED, 'u');
const LATIN_LABEL = /^[a-z]{2,}$/i;
const gluedNextToOther = latePattern(
  `(?!${GLUED})\\p{L}[\\p{M}\\p{N}_-]*(?=${GLUED})|${GLUED}[\\p{M}\\d_-]*(?=(?!${GLUED})\\p{L})`,
  'u',
);

/** Top-level domains in writing without blanks: the countries' own and those that are seen; nothing else shows their end. */
const ENDINGS = [
  ...['中国', '中國', '香港', '台湾', '台灣', '澳門', '新加坡', '한국', 'ไทย', 'ລາວ'],
  ...[
    '公司',
    '网络',
    '网址',
    '网站',
    '在线',
    '中文网',
    '我爱你',
    '集团',
    '商城',
    '商店',
    '公益',
    '政务',
    '移动',
  ],
  ...['みんな', 'コム', 'ストア', 'セール', 'クラウド', 'ポイント', '世界', '닷컴', '닷넷', '삼성', 'คอม'],
];

/** `from` itself where no host begins. */
export function hostEnd(text: string, from: number): number {
  HOST.lastIndex = from;
  const [run = ''] = HOST.exec(text) ?? [];
  if (run.startsWith('[')) return from + run.length;
  const host = run.slice(0, sentenceStart(run)).replace(/[._-]+$/, '');
  if (host.length > HOST_MAX_UNITS) return from;
  const end = from + host.length;
  // The dot of the root, where it does not end a sentence.
  return host !== '' && text.startsWith('./', end) ? end + 1 : end;
}

/** Where in a run of labels the sentence goes on, or its length. */
function sentenceStart(run: string): number {
  const labels = run.split('.');
  const last = labels.at(-1) ?? '';
  const lastAt = run.length - last.length;
  const change = scriptChange(last);
  if (change !== null) return lastAt + change;
  if (labels.length < 2 || !gluedLetter().test(last)) return run.length;
  // No top-level domain in Latin letters follows: `example.com입니다.감사합니다`.
  for (let index = 1, at = (labels[0] ?? '').length + 1; index < labels.length - 1; index++) {
    const label = labels[index] ?? '';
    const inside = scriptChange(label);
    if (inside !== null) return at + inside;
    at += label.length + 1;
  }
  const ending = ENDINGS.filter((known) => last.startsWith(known)).sort((a, b) => b.length - a.length)[0];
  if (ending !== undefined) return lastAt + ending.length;
  // The full stop of a sentence: `example.com.谢谢`.
  return labels.length > 2 && LATIN_LABEL.test(labels.at(-2) ?? '') ? lastAt - 1 : run.length;
}

/** Where a label passes from letters of words with blanks to those without, or back; no top-level domain has both. */
function scriptChange(label: string): number | null {
  const change = gluedNextToOther().exec(label);
  return change === null ? null : change.index + change[0].length;
}
