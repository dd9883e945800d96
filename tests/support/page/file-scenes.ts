/** Owns one example of everything the page shows of files. */

import type { Page } from 'playwright';
import type { FileEndReason, FileTransfer } from '../../../web-client/core/state/files-state.ts';
import { openChat, TALK, talking } from './chat-scenes.ts';
import { incoming, MB, MOVING, outgoing } from './file-transfers.ts';
import type { PageScene } from './page-scene.ts';
import { BUSY_IDS, busy, CROWDED, crowd, pageBefore, pageIn } from './scene-rooms.ts';

const ENDS: readonly FileEndReason[] = [
  'declined',
  'cancelled-here',
  'cancelled-there',
  'unreadable',
  'changed',
  'no-space',
  'no-room',
  'different',
  'broken',
  'too-many',
  'off',
  'gone',
];

const [a = '', b = '', c = ''] = BUSY_IDS;
const ended = (make: typeof incoming) =>
  ENDS.map((why, at) => make(a, `report-${at + 1}.pdf`, { phase: 'ended', why, bytesDone: 2 * MB }));
/** By scene. */
const TRANSFERS: Readonly<Record<string, readonly FileTransfer[]>> = {
  'files-offered': [
    incoming(a, 'Holiday in Trieste.jpg'),
    incoming(b, 'setup.exe', { size: 73 * MB, keptIn: 'memory' }),
    incoming(c, 'recording.mkv', { size: 1_073_741_824, keptIn: 'memory', tooLargeForMemory: true }),
    incoming(a, 'song.mp3', { fault: true }),
    incoming(a, 'notes.txt', { size: 0 }),
  ],
  'files-moving': [
    incoming(a, 'Holiday in Trieste.zip', {
      size: 1_073_741_824,
      ...MOVING,
      bytesDone: 412 * MB,
      bytesPerSecond: 9.4 * MB,
      secondsLeft: 71,
    }),
    incoming(b, 'plan.xlsx', { ...MOVING, phase: 'paused', pausedBy: 'here', bytesPerSecond: null }),
    outgoing(a, 'song.flac', { ...MOVING, phase: 'paused', pausedBy: 'there', bytesPerSecond: null }),
    incoming(c, 'slides.pptx', { ...MOVING, phase: 'waiting', bytesPerSecond: null }),
    incoming(b, 'film.mkv', {
      ...MOVING,
      phase: 'paused',
      pausedBy: 'here',
      fault: true,
      bytesPerSecond: null,
    }),
    incoming(a, 'empty.txt', { size: 0, phase: 'checking' }),
    outgoing(b, 'notes.md', { size: 900, bytesDone: 900, phase: 'checking' }),
  ],
  'files-several': [
    outgoing(a, 'Протокол встречи 29 ноября.docx', MOVING),
    outgoing(b, 'Протокол встречи 29 ноября.docx', { phase: 'whole' }),
    outgoing(c, 'Протокол встречи 29 ноября.docx', { phase: 'ended', why: 'declined' }),
    outgoing(a, 'clip.mp4', { size: 240 * MB }),
  ],
  'files-whole': [
    incoming(a, 'Holiday in Trieste.jpg', { phase: 'whole', hasPreview: true }),
    incoming(b, 'photos.zip', { phase: 'whole', keptIn: 'memory', saved: 'no-space' }),
    incoming(c, 'letter.pdf', {
      phase: 'whole',
      saved: 'saved',
      savedName: 'letter (2).pdf',
      canShow: true,
    }),
    incoming(a, 'song.mp3', { phase: 'whole', saved: 'saving' }),
    outgoing(b, 'song.mp3', { phase: 'whole' }),
    incoming(b, 'book.epub', { phase: 'whole', saved: 'saved' }),
  ],
  'files-in-ended': ended(incoming),
  'files-out-ended': ended(outgoing),
  'files-hostile': [
    incoming(a, `${'Pneumonoultramicroscopic'.repeat(11)}.pdf.exe`.slice(-255)),
    incoming(b, 'تقرير سنوي.pdf', MOVING),
    incoming(c, '<img src=x onerror=alert(1)>.html', { phase: 'whole' }),
  ],
};

const filesShown = (page: Page) => page.locator('#files-list > .file').first().waitFor({ state: 'attached' });
const OFFERED = TRANSFERS['files-offered'] ?? [];
/** `files-in-chat`, `files-several`, `files-out-ended` and `files-left` have the same entries. */
const PICTURED = new Set(['files-offered', 'files-moving', 'files-in-ended', 'files-whole']);
const FILES: readonly PageScene[] = Object.entries(TRANSFERS).map(([name, files]) => ({
  name,
  ...(name !== 'files-offered' && name !== 'files-several' && { follows: true }),
  ...(PICTURED.has(name) && { pictured: true }),
  states: [pageIn({ participants: busy }), pageIn({ participants: busy, files })],
  act: filesShown,
}));

/** As a file manager does, over the card of somebody. */
const dragFileOver = async (page: Page) => {
  await page.locator('[data-person] .person-send').first().waitFor({ state: 'attached' });
  await page.locator('#chat-file').waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.querySelector('#chat-file[aria-disabled], #chat-file[title]'));
  await page
    .locator('[data-person]')
    .first()
    .evaluate((card) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['words'], 'words.txt'));
      card.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
    });
};

export const FILE_SCENES: readonly PageScene[] = [
  ...FILES,
  {
    name: 'files-none',
    follows: true,
    states: [pageIn({ participants: busy, filesAllowed: false })],
    act: (page) => page.locator('#chat-file').waitFor({ state: 'attached' }),
  },
  {
    name: 'files-in-chat',
    follows: true,
    states: [pageIn({ participants: busy, chat: TALK, files: OFFERED })],
    act: openChat,
  },
  {
    name: 'files-unseen',
    states: [...CROWDED, pageIn({ participants: crowd, capacity: 12, placeFree: false, files: OFFERED })],
    act: filesShown,
  },
  {
    name: 'files-left',
    states: [talking, pageBefore({ others: 3, chat: TALK, files: TRANSFERS['files-whole'] ?? [] })],
    act: filesShown,
  },
  {
    name: 'files-drop',
    states: [pageIn({ participants: busy })],
    act: dragFileOver,
  },
];
