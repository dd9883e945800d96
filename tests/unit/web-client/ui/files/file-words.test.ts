import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../../../main/common/translate.ts';
import { createTranslator } from '../../../../../main/common/translate.ts';
import type { FileEndReason, FileTransfer } from '../../../../../web-client/core/state/files-state.ts';
import { filesEn } from '../../../../../web-client/i18n/files-en.ts';
import { filesRu } from '../../../../../web-client/i18n/files-ru.ts';
import { fileActs, fileShare, fileWords } from '../../../../../web-client/ui/files/file-words.ts';
import { incoming, MOVING, outgoing } from '../../../../support/page/file-transfers.ts';

const en = createTranslator(filesEn as Catalogue, 'en');
const ru = createTranslator(filesRu as Catalogue, 'ru');
const stateOf = (transfer: FileTransfer) => fileWords(transfer, en, 'en').state;
/** With blanks that break lines. */
const plain = (lines: readonly string[]) => lines.map((line) => line.replace(/\s/g, ' '));

const WHY: Readonly<Record<FileEndReason, true>> = {
  declined: true,
  'cancelled-here': true,
  'cancelled-there': true,
  unreadable: true,
  changed: true,
  'no-space': true,
  'no-room': true,
  different: true,
  broken: true,
  'too-many': true,
  off: true,
  gone: true,
};
const REASONS = Object.keys(WHY) as FileEndReason[];

describe('what is said of a transfer', () => {
  it.each(
    REASONS.flatMap((why) => [
      incoming('a', 'f', { phase: 'ended', why }),
      outgoing('a', 'f', { phase: 'ended', why }),
    ]),
  )('is why it ended and what to do, in whole sentences of both languages ($direction, $why)', (transfer) => {
    for (const text of [stateOf(transfer), fileWords(transfer, ru, 'ru').state]) {
      expect(text).toMatch(/^\p{Lu}.*\.$/u);
      // What happened, and what to do now.
      expect(text.split(/[.,;:] /).length).toBeGreaterThan(1);
    }
  });

  it.each(['failed', 'no-space', 'no-folder'] as const)(
    'says why it could not be saved (%s), and to try again',
    (saved) => {
      const transfer = incoming('a', 'f', { phase: 'whole', saved });
      expect([fileActs(transfer), fileWords(transfer, en, 'en').tone]).toEqual([['save'], 'problem']);
      expect(stateOf(transfer)).toMatch(/still here.* press Save again\.$|still here\. Press Save again\.$/);
      expect(fileWords(transfer, ru, 'ru').state).toMatch(/всё ещё здесь.*«Сохранить» ещё раз\.$/);
      const others = ['failed', 'no-space', 'no-folder'] as const;
      const texts = others.map((other) => stateOf(incoming('a', 'f', { phase: 'whole', saved: other })));
      expect(new Set(texts).size).toBe(others.length);
    },
  );

  it('says that what reads and writes has stopped, and which button starts it anew', () => {
    const held = incoming('a', 'f', { phase: 'paused', pausedBy: 'here', fault: true });
    const offered = incoming('a', 'f', { fault: true });
    for (const [transfer, acts, english, russian] of [
      [held, ['resume', 'cancel'], 'Press Resume', '«Продолжить»'],
      [offered, ['accept', 'decline'], 'Press Accept', '«Принять»'],
    ] as const) {
      expect(fileActs(transfer)).toEqual(acts);
      expect(stateOf(transfer)).toContain(english);
      expect(fileWords(transfer, ru, 'ru').state).toContain(russian);
      expect(fileWords(transfer, en, 'en').tone).toBe('problem');
    }
  });

  it('says of what is not there yet why, and that it comes by itself', () => {
    const [offered, chosen] = [
      incoming('a', '', { phase: 'unready' }),
      outgoing('a', '', { phase: 'unready' }),
    ];
    for (const transfer of [offered, chosen]) {
      expect([fileActs(transfer), fileShare(transfer)]).toEqual([[], null]);
      expect(fileWords(transfer, en, 'en')).toMatchObject({ tone: 'problem', progress: [] });
      expect(stateOf(transfer)).toMatch(
        /host’s computer does not answer\. .* as soon as that part is there\.$/,
      );
      expect(fileWords(transfer, ru, 'ru').state).toMatch(
        /компьютер ведущего не отвечает\. .* загрузится\.$/,
      );
    }
    expect(stateOf(offered)).not.toBe(stateOf(chosen));
  });

  it('tells before one accepts that there is memory alone, and with its limit where that is too little', () => {
    expect(stateOf(incoming('a', 'f', { keptIn: 'memory' }))).toContain('save it before you leave the page');
    const large = incoming('a', 'f', { keptIn: 'memory', tooLargeForMemory: true });
    expect(stateOf(large).replace(/\s/g, ' ')).toContain('takes 134 MB at most');
    expect(fileActs(large)).toEqual(['decline']);
  });

  it('changes beside the bar alone while it moves', () => {
    const words = fileWords(incoming('a', 'f', MOVING), en, 'en');
    expect(words.state).toBe('');
    expect(plain(words.progress)).toEqual(['1.4 MB of 4.2 MB', '350 kB/s · a few seconds left']);
    const { progress } = fileWords(
      incoming('a', 'f', { ...MOVING, bytesPerSecond: null, secondsLeft: null }),
      en,
      'en',
    );
    expect(plain(progress)).toEqual(['1.4 MB of 4.2 MB']);
    const begun = incoming('a', 'f', { ...MOVING, bytesDone: 0, bytesPerSecond: 0, secondsLeft: null });
    expect(plain(fileWords(begun, en, 'en').progress)).toEqual(['0 bytes of 4.2 MB']);
  });

  it('names what it was saved as from left to right, whatever letters are in it', () => {
    const saved = incoming('a', 'f', { phase: 'whole', saved: 'saved', savedName: 'תקציר.pdf' });
    expect(stateOf(saved)).toContain('\u2066תקציר.pdf\u2069');
  });

  it('says of a download in a browser where its trouble is told: the page hears of none', () => {
    const given = incoming('a', 'f', { phase: 'whole', saved: 'saved', savedName: null });
    expect(stateOf(given)).toContain('went to your downloads, which also tell if that did not work');
  });
});

describe('what can be done', () => {
  it.each([
    ['an offer', incoming('a', 'f'), ['accept', 'decline']],
    ['an offer of one’s own', outgoing('a', 'f'), ['cancel']],
    ['what moves', incoming('a', 'f', MOVING), ['pause', 'cancel']],
    ['what waits for a connection', outgoing('a', 'f', { phase: 'waiting' }), ['pause', 'cancel']],
    ['what one paused', incoming('a', 'f', { phase: 'paused', pausedBy: 'here' }), ['resume', 'cancel']],
    ['what the other paused', incoming('a', 'f', { phase: 'paused', pausedBy: 'there' }), ['cancel']],
    ['what is compared', incoming('a', 'f', { phase: 'checking' }), ['cancel']],
    ['what is whole', incoming('a', 'f', { phase: 'whole' }), ['save']],
    ['what the app saved', incoming('a', 'f', { phase: 'whole', canShow: true }), ['save', 'show-in-folder']],
    ['what has arrived elsewhere', outgoing('a', 'f', { phase: 'whole' }), []],
    ['what has ended', incoming('a', 'f', { phase: 'ended', why: 'gone' }), []],
  ] as const)('with %s is offered, and nothing else', (_, transfer, acts) => {
    expect(fileActs(transfer)).toEqual(acts);
  });

  it('is measured by a bar only while something is on its way', () => {
    expect(fileShare(incoming('a', 'f', MOVING))).toBeCloseTo(1 / 3);
    expect(fileShare(incoming('a', 'f', { phase: 'checking', size: 0 }))).toBe(1);
    expect(fileShare(incoming('a', 'f', { ...MOVING, bytesDone: 9_000_000 }))).toBe(1);
    for (const phase of ['offered', 'whole', 'ended'] as const)
      expect(fileShare(incoming('a', 'f', { phase }))).toBeNull();
  });
});
