/** Owns the proof of what the room does under the hand: cards, dock, overlays and messages, in states made up for it. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ParticipantState, RoomState } from '../../web-client/core/state/room-state.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { hasFocus } from '../support/browser/focus.ts';
import { PageViews, type ViewPage } from '../support/page/page-view.ts';
import { person, ROOM } from '../support/page/room-states.ts';

const chromium = findChromium();
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

const live: RoomState['microphone'] = { phase: 'live', muted: false, hint: null };
const marco = person('marco', { name: 'Marco' });
const julia = person('julia', { name: 'Юля' });
const before: Partial<RoomState> = { call: 'out', microphone: { phase: 'off' } };

describe.skipIf(chromium === null)('the room in Chromium', () => {
  let views: PageViews;
  let view: ViewPage;

  beforeAll(async () => {
    views = await PageViews.start(chromium ?? '');
  });
  afterEach(async () => {
    expect(view.faults).toEqual([]);
    await view.close();
  });
  afterAll(() => views.end());

  async function open(viewport = DESKTOP): Promise<void> {
    view = await views.open({ viewport });
  }

  const inCall = (...participants: ParticipantState[]) => view.render({ participants, microphone: live });
  const button = (name: string) => view.page.getByRole('button', { name, exact: true });
  const cards = () =>
    view.page.getByRole('list', { name: /^(?:Participants|Участники)$/ }).getByRole('listitem');

  it('draws the volume in forced colours, which take every colour but the system’s own', async () => {
    await open();
    await inCall(marco);
    await view.page.emulateMedia({ forcedColors: 'active' });
    const picture = await view.page.getByRole('slider', { name: /^Volume of Marco/ }).screenshot();
    const drawnShare = await view.page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context?.drawImage(image, 0, 0);
      const pixels = new Uint32Array(
        context?.getImageData(0, 0, image.width, image.height).data.buffer ?? new ArrayBuffer(4),
      );
      const middle = Math.floor(image.height / 2) * image.width;
      return (
        pixels.subarray(middle, middle + image.width).filter((pixel) => pixel !== pixels[0]).length /
        image.width
      );
    }, picture.toString('base64'));
    expect(drawnShare).toBeGreaterThan(0.9);
  });

  it('leaves the Join button where it is, whoever comes and whatever is asked', async () => {
    await open(PHONE);
    await view.render({ ...before, signaling: { phase: 'connecting' } });
    const join = view.page.locator('#join-leave');
    const place = await join.boundingBox();
    await view.render(before);
    expect(await join.boundingBox()).toEqual(place);
    await view.render({ ...before, participants: [marco, julia] });
    expect(await join.boundingBox()).toEqual(place);
    await view.render({ ...before, call: 'joining', microphone: { phase: 'asking' }, participants: [marco] });
    expect((await join.boundingBox())?.y).toBe(place?.y);
  });

  it('leaves the Join button where it is when the name is missing, in both languages', async () => {
    for (const language of ['en', 'ru']) {
      view = await views.open({ viewport: PHONE, query: `?lang=${language}` });
      await view.render(before);
      const join = view.page.locator('#join-leave');
      const place = await join.boundingBox();
      await join.click();
      await view.page.locator('#join-problem:not(:empty)').waitFor();
      expect(await join.boundingBox()).toEqual(place);
      if (language === 'en') await view.close();
    }
  });

  it('tells on each card who is heard and how', async () => {
    await open();
    const told = { speaking: true, handUp: true, microphone: 'muted' } as const;
    await inCall(marco, person('julia', { name: 'Юля', ...told }));

    expect(await cards().allInnerTexts()).toMatchObject([
      expect.stringMatching(/Marina\s+\(you\)\s+self\s+Microphone on/),
      expect.stringMatching(/Marco\s+marc/),
      expect.stringMatching(/Юля\s+juli\s+Microphone muted\. Hand raised/),
    ]);
    const rings = cards().locator('.ring');
    const opacity = (at: number) => rings.nth(at).evaluate((ring) => getComputedStyle(ring).opacity);
    expect([await opacity(1), await opacity(2)]).toEqual(['0', '1']);
  });

  it('writes only what is shown otherwise, to the cards and around them', async () => {
    await open();
    const quality = {
      grade: 'good',
      path: { kind: 'direct' },
      roundTripMs: 30,
      loss: 0,
      jitterMs: 2,
    } as const;
    const call = [{ ...marco, quality }, julia] as const;
    const show = (...participants: ParticipantState[]) =>
      view.render({ participants, microphone: live, placeFree: false });
    await show(...call);
    // The chat and the files are loaded for a call; what comes five seconds later is not waited for.
    await button('Send file').waitFor();
    await view.page.getByRole('textbox', { name: 'Message' }).waitFor();
    await view.page.evaluate(() => {
      const written: string[] = [];
      const observer = new MutationObserver((records) => {
        for (const { type, attributeName } of records) written.push(attributeName ?? type);
      });
      const what = { attributes: true, childList: true, characterData: true, subtree: true };
      observer.observe(document.body, what);
      CSSStyleDeclaration.prototype.setProperty = (name) => void written.push(name);
      Object.assign(window, { takeWritten: () => written.splice(0) });
    });
    const writtenBy = async (...participants: ParticipantState[]) => {
      await show(...participants);
      return view.page.evaluate(() => (window as unknown as { takeWritten(): string[] }).takeWritten());
    };
    const [known, other] = call;
    expect(await writtenBy(...call)).toEqual([]);
    const measured = { ...known, quality: { ...quality, roundTripMs: 45, loss: 0.02, jitterMs: 9 } };
    expect(await writtenBy(measured, other)).toEqual([]);
    expect(await writtenBy({ ...measured, speaking: true }, other)).toEqual(['data-speaking']);
    expect(await writtenBy({ ...measured, speaking: true, volume: 0.5 }, other)).toContain('--fill');
  });

  it('sets the volume of a person by key and by mouse, and back to 100 %', async () => {
    await open();
    await inCall(marco);
    const slider = view.page.getByRole('slider', { name: 'Volume of Marco' });
    expect(await slider.inputValue()).toBe('100');
    await slider.focus();
    await view.page.keyboard.press('ArrowRight');
    await view.page.keyboard.press('End');
    await view.page.keyboard.press('Home');
    expect(await view.intents('setVolume')).toEqual([
      ['marco', 1.05],
      ['marco', 2],
      ['marco', 0],
    ]);

    await inCall({ ...marco, volume: 1.5 });
    expect(await slider.getAttribute('aria-valuetext')).toBe('150%');
    await button('150%: put Marco back to 100%').click();
    expect((await view.intents('setVolume')).at(-1)).toEqual(['marco', 1]);
    await inCall(marco);
    expect(await hasFocus(slider)).toBe(true);
    await slider.dblclick();
    expect((await view.intents('setVolume')).at(-1)).toEqual(['marco', 1]);
  });

  it('keeps the slider one tap away on a phone', async () => {
    await open(PHONE);
    await inCall(marco);
    const slider = view.page.getByRole('slider', { name: 'Volume of Marco' });
    const more = button('Sound of Marco');
    expect(await slider.isVisible()).toBe(false);
    await more.click();
    expect(await hasFocus(slider)).toBe(true);
    expect(await more.getAttribute('aria-expanded')).toBe('true');
    await more.click();
    expect(await slider.isVisible()).toBe(false);
    await button('Mute Marco').click();
    expect(await view.intents('setMutedHere')).toEqual([['marco', true]]);
  });

  it('shows the numbers of a connection, keeps them true, and gives the focus back', async () => {
    await open();
    const quality = {
      grade: 'weak',
      path: { kind: 'relayed', server: 'turn.example.org', transport: 'udp' },
      roundTripMs: 250,
      loss: 0.05,
      jitterMs: 30,
    } as const;
    await inCall({ ...marco, quality }, julia);
    const anchor = button('Weak connection. Connection with Marco');
    const numbers = view.page.getByRole('dialog', { name: 'Connection with Marco' });
    await anchor.click();
    expect(await numbers.innerText()).toMatch(
      /through turn\.example\.org \(UDP\)[\s\S]*250 ms[\s\S]*5%[\s\S]*30 ms/,
    );
    expect(await hasFocus(numbers)).toBe(true);

    await inCall({ ...marco, quality: { ...quality, roundTripMs: 90 } }, julia);
    expect(await numbers.innerText()).toContain('90 ms');
    await view.page.keyboard.press('Escape');
    expect(await numbers.isVisible()).toBe(false);
    expect(await hasFocus(anchor)).toBe(true);

    await anchor.click();
    await inCall(julia);
    expect(await numbers.count()).toBe(0);
    await button('Connected. Connection with Юля').click();
    await view.page.getByRole('dialog', { name: 'Connection with Юля' }).waitFor();

    await inCall({ ...marco, introduced: true }, julia);
    expect((await cards().nth(1).innerText()).replace(/\s+/g, ' ')).toContain(
      'The host has not confirmed it.',
    );
    expect(await cards().nth(2).innerText()).not.toContain('confirmed');

    const waiting = { peer: { phase: 'connecting' } } as const;
    const stuck = { ...waiting, obstacle: 'no-way' } as const;
    await inCall({ ...marco, ...waiting }, { ...julia, ...waiting });
    await inCall({ ...marco, ...stuck }, { ...julia, ...stuck });
    const details = view.page.getByRole('dialog', { name: 'Connection with Юля' });
    expect(await details.innerText()).toMatch(/another network, such as a phone/);
    expect(await details.innerText()).not.toContain('not measured');
    await details.getByRole('button', { name: 'Copy report' }).click();
    await details.getByText('Report copied').waitFor();
    const told = view.page.locator('#polite');
    expect(await told.textContent()).toMatch(/^Marco, Юля: No connection yet\. Nothing gets through/);
  });

  it('has one layer open at a time, and none beside a dialog', async () => {
    await open();
    await inCall(marco);
    const numbers = view.page.getByRole('dialog', { name: 'Connection with Marco' });
    const reactions = view.page.getByRole('region', { name: 'Reactions' });
    await button('React').click();
    await reactions.waitFor();
    await button('Connected. Connection with Marco').click();
    await numbers.waitFor();
    expect([await numbers.isVisible(), await reactions.isVisible()]).toEqual([true, false]);
    expect(await button('React').getAttribute('aria-expanded')).toBe('false');

    await view.page.getByRole('heading', { name: 'Participants' }).click();
    expect(await numbers.isVisible()).toBe(false);
    await button('React').click();
    await view.page.keyboard.press('Shift+Tab');
    await view.page.keyboard.press('Shift+Tab');
    expect(await reactions.isVisible()).toBe(false);

    await button('React').click();
    await view.render({ participants: [marco], microphone: live, full: true });
    await view.page.getByRole('dialog', { name: 'Room is full' }).waitFor();
    expect(await reactions.isVisible()).toBe(false);
  });

  it('reacts and raises the hand by keyboard', async () => {
    await open(PHONE);
    await inCall(marco);
    await button('React').focus();
    await view.page.keyboard.press('Enter');
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'Enter'])
      await view.page.keyboard.press(key);
    expect(await view.intents('react')).toEqual([['🤔']]);
    expect(await hasFocus(button('React'))).toBe(true);

    await button('Raise hand').click();
    await view.render({ participants: [marco], microphone: live, self: { ...ROOM.self, handUp: true } });
    expect(await button('Lower hand').getAttribute('aria-pressed')).toBe('true');
    await button('Lower hand').click();
    expect(await view.intents('setHandUp')).toEqual([[true], [false]]);
  });

  it('floats an emoji over the face and says it once', async () => {
    await open();
    await inCall(marco);
    await inCall({ ...marco, reaction: { emoji: '👍', serial: 1 } });
    const said = view.page.getByText('Marco: 👍', { exact: true });
    await said.waitFor({ state: 'attached' });
    const floating = cards().nth(1).getByText('👍', { exact: true });
    const first = await floating.elementHandle();
    await inCall({ ...marco, reaction: { emoji: '👍', serial: 1 }, speaking: true });
    expect(await floating.evaluate((node, was) => node === was, first)).toBe(true);
    await inCall({ ...marco, reaction: { emoji: '👍', serial: 2 } });
    expect(await floating.evaluate((node, was) => node === was, first)).toBe(false);
    await inCall(marco);
    expect(await floating.count()).toBe(0);
  });

  it('lets messages stand while one reads them, and takes away what is dismissed', async () => {
    await open();
    await view.stopTime();
    await inCall(marco, julia);
    await inCall({ ...marco, handUp: true }, { ...julia, handUp: true });
    const toast = view.page.getByText('Marco raised a hand', { exact: true });
    await toast.hover();
    await view.page.clock.runFor(60_000);
    expect(await toast.isVisible()).toBe(true);
    await view.page.mouse.move(5, 5);
    await view.page.clock.runFor(4_900);
    expect(await toast.isVisible()).toBe(true);
    await view.page.getByRole('button', { name: 'Dismiss' }).first().click();
    expect(await toast.count()).toBe(0);
    await view.page.mouse.move(5, 5);
    await view.page.clock.runFor(5_100);
    expect(await view.page.getByText('Юля raised a hand').count()).toBe(0);
  });

  it('gives a hint about the microphone until its reason passes or it is waved away', async () => {
    await open();
    const hinting = (hint: 'silent' | 'talking-muted' | null) =>
      view.render({
        participants: [marco],
        microphone: { phase: 'live', muted: hint === 'talking-muted', hint },
      });
    await hinting('talking-muted');
    const hint = view.page.getByRole('region', { name: 'You are talking while muted' });
    await hint.getByRole('button', { name: 'Unmute' }).click();
    expect(await view.intents('setMicrophoneMuted')).toEqual([[false]]);
    await hinting(null);
    expect(await hint.isVisible()).toBe(false);
    expect(await hasFocus(button('Mute microphone'))).toBe(true);

    await hinting('silent');
    const silent = view.page.getByText('We hear nothing from your microphone');
    await button('Dismiss').click();
    expect(await silent.isVisible()).toBe(false);
    await hinting('silent');
    expect(await silent.isVisible()).toBe(false);
    await hinting(null);
    await hinting('silent');
    expect(await silent.isVisible()).toBe(true);
  });

  it('moves the ground before the call only, and never for one who wants no motion', async () => {
    await open();
    // What moves it comes with the code of a call.
    await inCall(marco);
    await cards().first().waitFor();
    await view.stopTime();
    const picture = () =>
      view.page.locator('#background').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const isMoving = async () => {
      const first = await picture();
      await view.page.clock.runFor(2_000);
      return (await picture()) !== first;
    };
    await view.render(before);
    expect(await isMoving()).toBe(true);
    const moved = await picture();
    await view.rest();
    expect([await isMoving(), (await picture()) === moved]).toEqual([false, true]);
    await view.render(before);
    expect(await isMoving()).toBe(true);
    await inCall(marco);
    expect(await isMoving()).toBe(false);
    await view.page.emulateMedia({ reducedMotion: 'reduce' });
    await view.render(before);
    expect(await isMoving()).toBe(false);
  });

  it('gives the frame of the browser the colour of the theme', async () => {
    await open();
    await view.render(before);
    const colour = () => view.page.locator('meta[name="theme-color"]').first().getAttribute('content');
    await view.page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(colour).toBe('rgb(11, 13, 21)');
    await view.page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'));
    await expect.poll(colour).toBe('rgb(240, 241, 248)');
  });

  it('tells the host at the own full room alone that the next place is theirs, and how to make one', async () => {
    view = await views.open({ query: '?lang=en&app=linux' });
    const full = view.page.getByRole('dialog', { name: 'Room is full' });
    const told = async () => {
      await view.render({ call: 'out', full: true, placeFree: false, participants: [marco], capacity: 2 });
      await full.waitFor();
      const text = await full.textContent();
      await full.getByRole('button', { name: 'Close' }).click();
      return text;
    };
    expect(await told()).toContain('There are 2 places, and all are taken.');
    await view.render({ full: false });
    await view.showOwnDoor({ locked: false, lobby: false, waiting: [] });
    expect(await told()).toContain('The next one is yours');
  });

  it('says on one’s own card that the app brings the page, and what that means, on nobody else’s and in no browser', async () => {
    for (const [language, badge, meaning] of [
      ['en', 'Verified app', 'came with the program you installed'],
      ['ru', 'Проверенное приложение', 'вместе с программой, которую вы установили'],
    ] as const) {
      view = await views.open({
        viewport: { width: 360, height: 740 },
        query: `?lang=${language}&app=linux`,
      });
      await inCall(marco, julia);
      const { page } = view;
      const badges = page.getByText(badge, { exact: true });
      const own = cards().first().getByRole('button', { name: badge, exact: true });
      expect(await badges.count()).toBe(1);
      const [place, card] = [await own.boundingBox(), await cards().first().boundingBox()];
      expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThan((card?.x ?? 0) + (card?.width ?? 0));
      // To this computer alone leads no link that is of use to anybody.
      expect(await page.locator('#invite-copy').isVisible()).toBe(false);
      await own.click();
      const told = page.getByRole('dialog', { name: badge });
      expect(await told.textContent()).toContain(meaning);
      expect(await own.getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('Escape');
      await told.waitFor({ state: 'detached' });
      expect(await hasFocus(own)).toBe(true);
      await page.locator('#privacy-show').click();
      expect(await page.locator('#privacy-dialog .facts-good').innerText()).toContain(meaning);
      await page.locator('#privacy-close').click();
      if (language === 'en') await view.close();
    }
    await view.close();
    await open();
    await inCall(marco);
    expect(await cards().first().textContent()).not.toContain('Verified app');
    expect(await view.page.locator('#invite-copy').isVisible()).toBe(true);
    expect(await view.page.locator('#privacy-dialog .facts-good').textContent()).not.toContain('installed');
  });
});
