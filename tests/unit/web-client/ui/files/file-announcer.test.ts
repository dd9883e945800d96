import { beforeEach, expect, it } from 'vitest';
import type { Catalogue } from '../../../../../main/common/translate.ts';
import { createTranslator } from '../../../../../main/common/translate.ts';
import type { FileTransfer } from '../../../../../web-client/core/state/files-state.ts';
import { filesEn } from '../../../../../web-client/i18n/files-en.ts';
import { FileAnnouncer } from '../../../../../web-client/ui/files/file-announcer.ts';
import { fileNews } from '../../../../../web-client/ui/files/file-news.ts';
import { incoming, MOVING, outgoing } from '../../../../support/page/file-transfers.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let said: string[];
let before: readonly FileTransfer[];
let show: (...files: FileTransfer[]) => void;

beforeEach(() => {
  time = new ManualTime();
  said = [];
  before = [];
  const line = { textContent: '' };
  const region = {
    ownerDocument: { createElement: () => line },
    replaceChildren: () => said.push(line.textContent.replace(/[\u2066-\u2069]/g, '')),
  };
  const announcer = new FileAnnouncer({
    region: region as unknown as HTMLElement,
    t: createTranslator(filesEn as Catalogue, 'en'),
    language: () => 'en',
    timers: time.timers,
  });
  show = (...files) => {
    announcer.announce(fileNews(before, files), ({ person }) => person);
    before = files;
  };
});

it('tells of an offer at once, and of its way nothing until it is here', async () => {
  const offer = incoming('Marco', 'plan.pdf');
  show(offer);
  for (let done = 0; done < 4; done++) {
    show({ ...offer, ...MOVING, bytesDone: done * 1_000_000 });
    await time.advance(3_000);
  }
  show({ ...offer, phase: 'checking' });
  show({ ...offer, phase: 'whole' });
  expect(said).toEqual(['Marco offers you a file: plan.pdf', 'plan.pdf is here and can be saved']);
});

it('says why an offer, or what one chose, is not there yet, and tells of the offer once it is', async () => {
  show(incoming('Marco', '', { phase: 'unready', key: 'unready' }));
  await time.advance(2_000);
  show(incoming('Marco', 'plan.pdf'), outgoing('Anna', '', { phase: 'unready' }));
  expect(said).toEqual([
    filesEn['file.in.unready'],
    `Marco offers you a file: plan.pdf. ${filesEn['file.out.unready']}`,
  ]);
});

it('counts what comes at once, and says each kind', async () => {
  show(incoming('Marco', 'a'));
  const many = [1, 2, 3].map((number) => incoming('Marco', `b${number}`));
  const mine = outgoing('Anna', 'song.mp3', { phase: 'ended', why: 'no-space' });
  show(incoming('Marco', 'a'), ...many);
  show(incoming('Marco', 'a'), ...many, mine);
  await time.advance(2_000);
  expect(said).toEqual([
    'Marco offers you a file: a',
    '3 files are offered to you. song.mp3: There is not enough space on the other side. Send it again once there is some.',
  ]);
});
