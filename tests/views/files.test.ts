/** Owns the proof of what the views of files do in a browser, with made-up transfers in the place of real ones. */

import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FILES_CHOSEN_MAX } from '../../main/common/protocol/file-limits.ts';
import type { FileTransfer } from '../../web-client/core/state/files-state.ts';
import type { RoomState } from '../../web-client/core/state/room-state.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { hasFocus } from '../support/browser/focus.ts';
import { incoming, MOVING, outgoing } from '../support/page/file-transfers.ts';
import { type PageViewOptions, PageViews, type ViewPage } from '../support/page/page-view.ts';
import { person } from '../support/page/room-states.ts';

const chromium = findChromium();
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const people = [person('anna', { name: 'Anna' }), person('boris', { name: 'Boris' })];
const crowd = Array.from({ length: 11 }, (_, at) => person(`p${at}`, { name: `Person ${at}` }));
const offer = incoming('anna', 'plan.pdf');

describe.skipIf(chromium === null)('files in Chromium', () => {
  let views: PageViews;
  let view: ViewPage;
  let page: Page;

  beforeAll(async () => {
    views = await PageViews.start(chromium ?? '');
  });
  afterEach(async () => {
    expect(view.faults).toEqual([]);
    await view.close();
  });
  afterAll(() => views.end());

  async function open(options: PageViewOptions, changes: Partial<RoomState> = {}): Promise<void> {
    view = await views.open(options);
    page = view.page;
    await show([], changes);
    await page.locator('#chat-file:not([hidden]), #files-send:not([hidden])').first().waitFor();
  }
  const show = (files: readonly FileTransfer[], changes: Partial<RoomState> = {}) =>
    view.render({ participants: people, files, ...changes });
  const region = () => page.getByRole('region', { name: 'Files', exact: true });
  const button = (name: string) => region().getByRole('button', { name, exact: true });
  const sendFile = () => page.getByRole('button', { name: 'Send file' });
  const toast = (text: string) => page.locator('.toast', { hasText: text });

  async function choose(press: () => Promise<void>, ...names: string[]): Promise<void> {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), press()]);
    expect(chooser.isMultiple()).toBe(true);
    await chooser.setFiles(
      names.map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('words') })),
    );
  }

  /** As a file manager does; `folder` among the files. */
  async function drop(selector: string, { type = 'drop', folder = false } = {}): Promise<boolean> {
    return page
      .locator(selector)
      .first()
      .evaluate(
        (element, { type, folder }) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File(['words'], 'words.txt'));
          if (folder)
            Object.defineProperty(DataTransferItem.prototype, 'webkitGetAsEntry', {
              configurable: true,
              value: () => ({ isDirectory: true }),
            });
          const event = (name: string) =>
            new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
          element.dispatchEvent(event('dragover'));
          return type === 'dragover' || !element.dispatchEvent(event(type));
        },
        { type, folder },
      );
  }

  it.each([
    ['beside the chat', DESKTOP],
    ['on a phone, the chat closed', PHONE],
  ])('are chosen at the first press, for everybody or for one, %s', async (_, options) => {
    await open(options);
    expect(await sendFile().count()).toBe(1);
    await choose(() => sendFile().click());
    expect(await view.intents('sendFiles')).toEqual([]);
    await choose(() => sendFile().click(), 'a.txt', 'b.txt');
    await choose(() => page.getByRole('button', { name: 'Send to Anna…', exact: true }).click(), 'c.txt');
    expect(await view.intents('sendFiles')).toEqual([
      [['a.txt', 'b.txt'], null],
      [['c.txt'], 'anna'],
    ]);
  });

  it('say of an offer, and of what one chose, that it waits for a part of the page, with nothing to press', async () => {
    await open(DESKTOP);
    const waits = { phase: 'unready', size: 0 } as const;
    await show([incoming('anna', '', waits), outgoing('boris', '', waits)]);
    const entry = (who: string) => region().getByRole('listitem').filter({ hasText: who }).first();
    const dotBefore = (who: string) =>
      entry(who)
        .locator('[data-part="about"]')
        .evaluate((about) => getComputedStyle(about, '::before').content);
    for (const [who, words] of [
      ['From Anna', 'The offer is kept'],
      ['To Boris', 'What you chose is kept'],
    ] as const) {
      await entry(who).getByText(words).waitFor();
      expect(await entry(who).innerText()).toMatch(/^Not loaded yet/);
      expect(await entry(who).getByRole('button').count()).toBe(0);
      expect(await dotBefore(who)).toBe('none');
    }
    await show([offer]);
    expect(await dotBefore('From Anna')).toBe('"\u00a0· "');
    expect(await region().getByText('Not loaded yet').count()).toBe(0);
    await button('Accept').waitFor();
  });

  it.each([
    ['a desktop', DESKTOP],
    ['a phone', PHONE],
  ])('keep the buttons where they are once there is a speed, on %s', async (_, options) => {
    await open(options);
    const heights = [];
    for (const pace of [
      { bytesPerSecond: null, secondsLeft: null },
      { bytesPerSecond: 350_000, secondsLeft: null },
      { bytesPerSecond: 123_456_789, secondsLeft: 13_000 },
    ]) {
      await show([incoming('anna', 'plan.pdf', { ...MOVING, ...pace })]);
      heights.push((await button('Pause').boundingBox())?.y);
    }
    expect(new Set(heights).size).toBe(1);
  });

  it('are chosen in the open chat of a phone as well, by one button', async () => {
    await open(PHONE);
    await page.locator('#chat-toggle').click();
    await page.locator('#files-send').waitFor({ state: 'hidden' });
    expect(await sendFile().count()).toBe(1);
    await choose(() => sendFile().click(), 'a.txt');
    expect(await view.intents('sendFiles')).toEqual([[['a.txt'], null]]);
  });

  it.each([
    ['off', { filesAllowed: false }, 'The host has switched files off in this call'],
    ['alone', { participants: [] }, 'Nobody else is here to send files to'],
    ['outside', { call: 'out', chat: [] }, null],
  ] as const)('say why they cannot be sent: %s', async (_, changes, reason) => {
    await open(DESKTOP);
    await show([], changes);
    if (reason === null) {
      expect(await sendFile().isVisible()).toBe(false);
      return;
    }
    expect(await sendFile().getAttribute('aria-disabled')).toBe('true');
    expect(await sendFile().getAttribute('title')).toBe(reason);
    await sendFile().click({ force: true });
    await page.locator('#chat').getByText(reason).waitFor();
    expect(await drop('#stage')).toBe(true);
    expect(await page.getByRole('button', { name: /^Send to/ }).count()).toBe(0);
    expect(await view.intents('sendFiles')).toEqual([]);
    await show([]);
    expect(await page.locator('#chat').getByText(reason).count()).toBe(0);
  });

  it('say that the rest of very many was not taken', async () => {
    await open(DESKTOP);
    await choose(
      () => sendFile().click(),
      ...Array.from({ length: FILES_CHOSEN_MAX + 1 }, (_, index) => `${index}.txt`),
    );
    await toast('Too many files at once').waitFor();
    expect(await view.intents('sendFiles')).toHaveLength(1);
  });

  it('say on a phone without the chat, too, why they cannot be sent', async () => {
    await open(PHONE, { filesAllowed: false });
    await sendFile().click({ force: true });
    await toast('The host has switched files off in this call').waitFor();
    expect(await view.intents('sendFiles')).toEqual([]);
  });

  it('are dropped for everybody, or onto a card for one, and a folder is refused in words', async () => {
    await open(DESKTOP);
    await drop('#stage', { type: 'dragover' });
    await page.getByText('Drop to offer to everybody here').waitFor();
    await drop('[data-person="boris"] .face', { type: 'dragover' });
    await page.getByText('Drop to offer to Boris alone').waitFor();
    await page.evaluate(() => document.dispatchEvent(new DragEvent('dragleave')));
    expect(await page.locator('#files-drop').isVisible()).toBe(false);

    expect(await drop('[data-person="boris"] .face')).toBe(true);
    expect(await drop('.person[data-kind="self"]')).toBe(true);
    expect(await page.locator('#files-drop').isVisible()).toBe(false);
    expect(await drop('#stage', { folder: true })).toBe(true);
    await toast('Folders cannot be sent.').waitFor();
    expect(await view.intents('sendFiles')).toEqual([
      [['words.txt'], 'boris'],
      [['words.txt'], null],
    ]);
  });

  it('leave what is dragged outside of a call, and words, to the browser', async () => {
    await open(DESKTOP);
    await show([], { call: 'out' });
    expect(await drop('#stage')).toBe(false);
    expect(await view.intents('sendFiles')).toEqual([]);
  });

  it('are pasted wherever the focus is; words stay words', async () => {
    await open(DESKTOP);
    const paste = (selector: string, ...texts: string[]) =>
      page.locator(selector).evaluate((element, [text]) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File(['pixels'], 'image.png', { type: 'image/png' }));
        if (text !== undefined) clipboardData.setData('text/plain', text);
        const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
        element.dispatchEvent(event);
        return event.defaultPrevented;
      }, texts);
    expect(await paste('#chat-input')).toBe(true);
    expect(await paste('#chat-input', 'from a document')).toBe(false);
    expect(await paste('body')).toBe(true);
    expect(await view.intents('sendFiles')).toEqual([
      [['image.png'], null],
      [['image.png'], null],
    ]);
  });

  it('are accepted, paused, cancelled and saved by keys, the focus kept as the entry changes and goes', async () => {
    await open(DESKTOP);
    const key = offer.key;
    await show([offer]);
    await button('Accept').focus();
    await page.keyboard.press('Enter');
    await show([{ ...offer, ...MOVING }]);
    expect(await hasFocus(button('Pause'))).toBe(true);
    const bar = region().getByRole('progressbar', { name: 'Progress of plan.pdf' });
    expect(await bar.getAttribute('aria-valuetext')).toMatch(
      /^33%, 1\.4\sMB of 4\.2\sMB · 350\skB\/s · a few/,
    );
    await page.keyboard.press('Enter');
    await show([{ ...offer, ...MOVING, phase: 'paused', pausedBy: 'here' }]);
    expect(await hasFocus(button('Resume'))).toBe(true);
    await page.keyboard.press('Enter');
    await button('Cancel').press('Enter');
    await show([{ ...offer, phase: 'whole' }]);
    expect(await hasFocus(button('Save'))).toBe(true);
    await page.keyboard.press('Enter');
    await show([{ ...offer, phase: 'whole', saved: 'saving' }]);
    await page.keyboard.press('Enter');
    await show([{ ...offer, phase: 'whole', saved: 'saved', savedName: 'plan (2).pdf', canShow: true }]);
    await button('Show in folder').press('Enter');
    await button('Remove from list').press('Enter');
    await show([]);
    expect(await hasFocus(sendFile())).toBe(true);
    expect(await region().isVisible()).toBe(false);
    const all = await page.evaluate(() => window.pageView.intents);
    expect(all.filter(([name]) => name.endsWith('File'))).toEqual([
      ['acceptFile', key],
      ['pauseFile', key, true],
      ['pauseFile', key, false],
      ['cancelFile', key],
      ['saveFile', key],
      ['showSavedFile', key],
      ['dismissFile', key],
    ]);
  });

  it('are declined, and gone from the list', async () => {
    await open(PHONE);
    await show([offer]);
    await button('Decline').press('Enter');
    expect(await view.intents('declineFile')).toEqual([[offer.key]]);
    await show([]);
    expect(await region().getByRole('listitem').count()).toBe(0);
    expect(await hasFocus(sendFile())).toBe(true);
  });

  it('are one entry with a line for each person, and the finished ones go at once', async () => {
    await open(DESKTOP);
    const sent = [outgoing('anna', 'a.zip', MOVING), outgoing('boris', 'a.zip', { phase: 'whole' })];
    await show([
      ...sent,
      { ...offer, phase: 'ended', why: 'gone' },
      { ...offer, key: 'other', phase: 'whole' },
    ]);
    expect(await region().getByRole('listitem').count()).toBe(3);
    const lines = region().getByRole('listitem').first().getByRole('group');
    expect(await lines.evaluateAll((all) => all.map((line) => line.getAttribute('aria-label')))).toEqual([
      'To Anna',
      'To Boris',
    ]);
    await lines.first().getByRole('button', { name: 'Cancel', exact: true }).click();
    expect(await view.intents('cancelFile')).toEqual([[sent[0]?.key]]);
    expect(await button('Accept all').isVisible()).toBe(false);
    const offers = Array.from({ length: 5 }, (_, at) => incoming('anna', `${at}.txt`));
    await show([...offers, { ...offer, key: 'large', tooLargeForMemory: true }]);
    await button('Accept all').focus();
    await button('Accept all').press('Enter');
    expect(await view.intents('acceptFile')).toEqual(offers.map(({ key }) => [key]));
    await show([...offers.map((one) => ({ ...one, ...MOVING })), ...sent]);
    expect(await hasFocus(region().getByRole('heading', { name: '0.txt' }))).toBe(true);
    // One alone is taken off by its own button.
    expect(await button('Clear finished').isVisible()).toBe(false);
    await show([
      { ...offer, phase: 'ended', why: 'gone' },
      ...sent.map((one) => ({ ...one, phase: 'whole' as const })),
      { ...offer, key: 'other', phase: 'whole' },
    ]);
    await button('Clear finished').click();
    expect(await view.intents('dismissFile')).toEqual([[offer.key], ...sent.map(({ key }) => [key])]);
    await show([{ ...offer, key: 'other', phase: 'whole' }]);
    expect(await hasFocus(region().getByRole('heading', { name: 'plan.pdf' }))).toBe(true);
    expect(await button('Discard without saving').count()).toBe(1);
  });

  it('never turn a name around, run nothing in it, and warn of what could run', async () => {
    await open(DESKTOP);
    const name = 'דוח.<img src=x onerror=alert(1)>.exe';
    await show([incoming('anna', name)]);
    const heading = region().getByRole('heading', { level: 3 });
    expect(await heading.textContent()).toBe(name);
    expect(
      await heading.evaluate((element) => [element.childElementCount, getComputedStyle(element).direction]),
    ).toEqual([0, 'ltr']);
    await region().getByText('A file of this type can run as a program.').waitFor();
  });

  it('show a picture of an image by pixels alone', async () => {
    await open(DESKTOP);
    await show([incoming('anna', 'a.jpg', { phase: 'whole', hasPreview: true })]);
    const preview = region().getByRole('img', { name: 'Preview of a.jpg' });
    await preview.waitFor();
    expect(
      await preview.evaluate((canvas) =>
        canvas instanceof HTMLCanvasElement
          ? [canvas.width, canvas.height, ...(canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data ?? [])]
          : null,
      ),
    ).toEqual([192, 144, 0x8e, 0xcb, 0xff, 255]);
    await show([incoming('anna', 'a.jpg', { phase: 'whole', hasPreview: true, saved: 'saved' })]);
    expect(await view.intents('previewOf')).toHaveLength(1);
  });

  it('tell of an offer out of sight by sound, words, title and a button that leads there', async () => {
    await open(PHONE, { participants: crowd });
    const first = incoming('p3', 'plan.pdf', { personName: 'Person 3' });
    await show([first], { participants: crowd });
    const jump = page.getByRole('button', { name: '1 new in Files' });
    await jump.waitFor();
    expect(await page.title()).toMatch(/^\(1\) /);
    expect(await page.locator('#files-news').textContent()).toContain('plan.pdf');
    expect(await view.intents('playCue')).toEqual([['message']]);
    await jump.click();
    await jump.waitFor({ state: 'hidden' });
    expect(await hasFocus(region().getByRole('heading', { name: 'plan.pdf' }))).toBe(true);
    expect(await page.title()).not.toMatch(/^\(/);

    await page.locator('#chat-toggle').click();
    const second = incoming('p4', 'song.mp3', { personName: 'Person 4' });
    await show([first, second], { participants: crowd });
    const inChat = page.locator('#chat').getByRole('button', { name: '1 new in Files' });
    await inChat.click();
    expect(await page.locator('#chat').isVisible()).toBe(false);
    expect(await hasFocus(region().getByRole('heading', { name: 'song.mp3' }))).toBe(true);
    await page.waitForFunction(() => !document.title.startsWith('('));
  });

  it('are told to the app, which may notify whoever looks elsewhere', async () => {
    await open({ ...DESKTOP, query: '?lang=en&app=linux' });
    await show([offer, incoming('boris', 'song.mp3', { personName: 'Boris' })]);
    const told = await page.evaluate(() => window.pageView.app?.notices);
    expect(told).toEqual([{ kind: 'offered', name: 'Boris', text: 'song.mp3' }]);
  });

  it('ask before the page goes only while something goes out of it', async () => {
    await open(DESKTOP);
    const asks = () =>
      page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
    await show([{ ...offer, ...MOVING }, outgoing('anna', 'a')]);
    expect(await asks()).toBe(false);
    await show([outgoing('anna', 'a', MOVING)]);
    expect(await asks()).toBe(true);
    await show([outgoing('anna', 'a', { phase: 'whole' })]);
    expect(await asks()).toBe(false);
    // What memory alone keeps is gone with the page.
    await show([{ ...offer, phase: 'whole', keptIn: 'memory' }]);
    expect(await asks()).toBe(true);
  });

  it('are drawn once each when there are a hundred, and after that only what changes', async () => {
    await open(DESKTOP);
    const many = Array.from({ length: 100 }, (_, at) => incoming('anna', `file ${at}.zip`, MOVING));
    await show(many);
    expect(await region().getByRole('listitem').count()).toBe(100);
    const changes = await page.evaluate(async () => {
      const records: MutationRecord[] = [];
      new MutationObserver((more) => records.push(...more)).observe(
        document.querySelector('#files') ?? document,
        {
          ...{ subtree: true, childList: true, attributes: true, characterData: true },
        },
      );
      (window as unknown as { fileChanges: MutationRecord[] }).fileChanges = records;
      return records.length;
    });
    expect(changes).toBe(0);
    await show(many.map((one, at) => (at === 42 ? { ...one, bytesDone: 2_800_000 } : one)));
    const touched = await page.evaluate(() => {
      const { fileChanges } = window as unknown as { fileChanges: MutationRecord[] };
      return [
        ...new Set(
          fileChanges.map(
            ({ target }) =>
              (target instanceof Element ? target : target.parentElement)
                ?.closest('.file')
                ?.querySelector('.file-name')?.textContent,
          ),
        ),
      ];
    });
    expect(touched).toEqual(['file 42.zip']);
  });
});
