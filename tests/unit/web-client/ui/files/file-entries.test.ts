import { expect, it } from 'vitest';
import { fileEntries, isFinished, isSameEntry } from '../../../../../web-client/ui/files/file-entries.ts';
import { fileKind } from '../../../../../web-client/ui/files/file-kind.ts';
import { shownFileName } from '../../../../../web-client/ui/files/file-names.ts';
import { fileNews } from '../../../../../web-client/ui/files/file-news.ts';
import { incoming, MOVING, outgoing } from '../../../../support/page/file-transfers.ts';

const offer = incoming('anna', 'plan.pdf');

it('has an entry a file: of one that goes to several with each of them, of what comes one each, in order', () => {
  const files = [
    outgoing('anna', 'a.zip'),
    incoming('anna', 'a.zip'),
    outgoing('boris', 'a.zip'),
    incoming('boris', 'a.zip'),
  ];
  expect(fileEntries(files).map(({ transfers }) => transfers.map(({ key }) => key))).toEqual([
    ['out:anna:a.zip', 'out:boris:a.zip'],
    ['in:anna:a.zip'],
    ['in:boris:a.zip'],
  ]);
});

it('draws an entry anew only where one of its transfers is another', () => {
  const [before] = fileEntries([offer]);
  const [same] = fileEntries([offer]);
  const [moving] = fileEntries([{ ...offer, ...MOVING }]);
  if (!before || !same || !moving) throw new Error('no entry');
  expect([isSameEntry(before, same), isSameEntry(before, moving)]).toEqual([true, false]);
});

it.each([
  ['an offer', offer, false],
  ['what has ended', { ...offer, phase: 'ended', why: 'gone' }, true],
  ['what is whole and not saved', { ...offer, phase: 'whole' }, false],
  ['what could not be saved', { ...offer, phase: 'whole', saved: 'failed' }, false],
  ['what is saved', { ...offer, phase: 'whole', saved: 'saved' }, true],
] as const)('takes off with all that is finished %s, or not', (_, transfer, finished) => {
  expect(fileEntries([transfer]).map(isFinished)).toEqual([finished]);
});

it('keeps an entry as long as one of several is on the way', () => {
  const sent = [outgoing('anna', 'a', { phase: 'whole' }), outgoing('boris', 'a', MOVING)];
  expect(fileEntries(sent).map(isFinished)).toEqual([false]);
});

it('knows a kind by the last ending, and never by what the sender says', () => {
  expect(
    [
      'a.JPG',
      'b.tar.gz',
      'invoice.pdf.exe',
      'c.docm',
      'run.sh',
      'page.html',
      'README',
      '.hidden',
      'd.xyz',
    ].map(fileKind),
  ).toEqual(['image', 'archive', 'program', 'document', 'program', 'code', 'other', 'other', 'other']);
});

it('leaves out the middle of a name that is long, and never its ending', () => {
  const long = `${'a'.repeat(120)}.pdf.exe`;
  expect(shownFileName(long)).toMatch(/^a{40}…a{16}\.pdf\.exe$/);
  expect(shownFileName('b'.repeat(65))).toBe('b'.repeat(65));
});

it('has for news what comes, arrives or fails, once, and not what one did oneself', () => {
  const mine = outgoing('anna', 'b');
  const arrived = { ...offer, phase: 'whole' } as const;
  const failed = { ...mine, phase: 'ended', why: 'declined' } as const;
  const own = { ...incoming('boris', 'c'), phase: 'ended', why: 'declined' } as const;
  const brief = (news: ReturnType<typeof fileNews>) =>
    [news.offered, news.arrived, news.delivered, news.ended].map((all) => all.map(({ key }) => key));
  expect(brief(fileNews([], [offer, mine]))).toEqual([[offer.key], [], [], []]);
  expect(brief(fileNews([offer, mine], [{ ...offer, ...MOVING }, mine]))).toEqual([[], [], [], []]);
  expect(brief(fileNews([offer, mine], [arrived, failed, own]))).toEqual([
    [],
    [arrived.key],
    [],
    [failed.key],
  ]);
  expect(brief(fileNews([arrived, failed], [{ ...arrived, saved: 'saved' }, failed]))).toEqual([
    [],
    [],
    [],
    [],
  ]);
  expect(brief(fileNews([mine], [{ ...mine, phase: 'whole' }]))).toEqual([[], [], [mine.key], []]);
  const held = { ...offer, ...MOVING, phase: 'paused', fault: true } as const;
  expect(brief(fileNews([offer], [held]))).toEqual([[], [], [], [offer.key]]);
  expect(brief(fileNews([held], [{ ...held, bytesDone: 2 }]))).toEqual([[], [], [], []]);
  // One who was away is back with what was offered before.
  const away = { ...offer, phase: 'ended', why: 'gone' } as const;
  expect(brief(fileNews([away], [offer]))).toEqual([[], [], [], []]);
});
