/** Owns the proof of how recordings are asked about, shown and ended under the hand, in states made up for it. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RecordCommand, RecordingState } from '../../web-client/core/state/recording-state.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { hasFocus } from '../support/browser/focus.ts';
import { PageViews, type ViewPage } from '../support/page/page-view.ts';
import { keptRecording, othersRecording } from '../support/page/recording-scenes.ts';
import { person } from '../support/page/room-states.ts';
import { until } from '../support/time/until.ts';

const chromium = findChromium();
const marco = person('marco', { name: 'Marco' });
const julia = person('julia', { name: 'Юля' });
const nothing: RecordingState = { own: { phase: 'off' }, others: [], kept: [] };

describe.skipIf(chromium === null)('recordings in Chromium', () => {
  let views: PageViews;
  let view: ViewPage;

  beforeAll(async () => {
    views = await PageViews.start(chromium ?? '');
  });
  beforeEach(async () => {
    view = await views.open({ viewport: { width: 390, height: 844 } });
  });
  afterEach(async () => {
    expect(view.faults).toEqual([]);
    await view.close();
  });
  afterAll(() => views.end());

  const show = (recording: Partial<RecordingState> = {}) =>
    view.render({ participants: [marco, julia], recording: { ...nothing, ...recording } });
  const button = (name: string) => view.page.getByRole('button', { name, exact: true });
  const question = (name: string) => view.page.getByRole('dialog', { name: `May ${name} record?` });
  const status = () => view.page.getByRole('status').filter({ hasText: 'Recording' });
  const commands = async () => (await view.intents('record')).map(([command]) => command as RecordCommand);

  it('ask how, and begin by one press', async () => {
    await view.render({ participants: [marco] });
    await button('Record').click();
    await show({ own: { phase: 'checking' } });
    expect(await button('Record').getAttribute('aria-busy')).toBe('true');
    await show({ own: { phase: 'choosing' } });
    const dialog = view.page.getByRole('dialog', { name: 'Record this call?' });
    await dialog.getByRole('button', { name: 'Everyone in one track' }).waitFor();
    await dialog.getByRole('button', { name: 'A track for each person' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await hasFocus(button('Record'))).toBe(true);
    // What comes late of the dialog's end takes nothing back.
    await show({ own: { phase: 'starting' } });
    await show();
    await button('Record').click();
    await show({ own: { phase: 'choosing' } });
    await view.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await hasFocus(button('Record'))).toBe(true);
    await until('it is told that nothing was chosen', commands, (told) => told.at(-1)?.type === 'dismiss');
    expect((await commands()).map(({ type }) => type)).toEqual(['choose', 'start', 'choose', 'dismiss']);
  });

  it.each([
    ['en', 'Record', 'Recording does not work here', 'New versions of Chrome, Edge and Firefox do that.'],
    ['ru', 'Записать', 'Запись здесь не работает', 'Это умеют новые версии Chrome, Edge и Firefox.'],
  ])('say at once that a browser cannot, read out as well (%s)', async (language, record, title, help) => {
    await view.close();
    view = await views.open({ viewport: { width: 390, height: 844 }, query: `?lang=${language}` });
    await view.render({ participants: [marco] });
    await button(record).click();
    await show({ own: { phase: 'checking' } });
    await show({ own: { phase: 'failed', why: 'unsupported' } });
    await view.page.getByRole('heading', { name: title }).waitFor();
    await view.page.locator('#polite').filter({ hasText: title }).filter({ hasText: help }).waitFor();
    expect(await view.page.getByRole('dialog').count()).toBe(0);
    expect(await hasFocus(button(record))).toBe(true);
    expect(await commands()).toEqual([{ type: 'choose' }]);
  });

  it('put the question without taking the focus, and take no word but the person’s', async () => {
    await show();
    await button('Raise hand').focus();
    await show({ others: [othersRecording('marco')] });
    await question('Marco').waitFor();
    expect(await hasFocus(button('Raise hand'))).toBe(true);
    expect(await commands()).toEqual([]);
    await button('Agree').click();
    expect(await commands()).toEqual([{ type: 'answer', person: 'marco', agree: true }]);
    await show({ others: [othersRecording('marco', { answer: 'agreed' })] });
    await question('Marco').waitFor({ state: 'hidden' });
    expect(await hasFocus(view.page.locator('#people-title'))).toBe(true);
  });

  it('take no answer for a question that has just come in another’s place', async () => {
    await show({ others: [othersRecording('marco'), othersRecording('julia')] });
    await question('Marco').waitFor();
    // In the very moment, however late it is here.
    await question('Marco').evaluate((dialog) => {
      const change = new MutationObserver(() => {
        change.disconnect();
        const buttons = [...dialog.querySelectorAll('button')];
        buttons.find(({ textContent }) => textContent.trim() === 'Agree')?.click();
        document.documentElement.dataset.pressedByTest = '';
      });
      change.observe(dialog, { subtree: true, childList: true, characterData: true, attributes: true });
    });
    await show({ others: [othersRecording('julia')] });
    await view.page.locator('html[data-pressed-by-test]').waitFor();
    expect(await commands()).toEqual([]);
    const pressed = async () => {
      await button('Agree').click();
      return commands();
    };
    const told = await until('a press counts', pressed, ({ length }) => length > 0);
    expect(told).toEqual([{ type: 'answer', person: 'julia', agree: true }]);
  });

  it('let the question wait, to be answered in the list, one person’s after the other', async () => {
    await show({ others: [othersRecording('marco'), othersRecording('julia')] });
    await question('Marco').waitFor();
    await view.page.getByRole('button', { name: 'Decide later' }).focus();
    await view.page.keyboard.press('Escape');
    await question('Юля').waitFor();
    await button('Not me').click();
    await show({ others: [othersRecording('marco'), othersRecording('julia', { answer: 'refused' })] });
    await button('Agree that Marco records').click();
    await button('Record me too: Юля').click();
    expect(await commands()).toEqual([
      { type: 'answer', person: 'julia', agree: false },
      { type: 'answer', person: 'marco', agree: true },
      { type: 'answer', person: 'julia', agree: true },
    ]);
  });

  it('leave whoever said no in peace, who finds the next question of that person in the list', async () => {
    await show({ others: [othersRecording('marco', { answer: 'refused' })] });
    await show({ others: [othersRecording('marco', { ask: 2 })] });
    await button('Not me, Marco').waitFor();
    expect(await question('Marco').isVisible()).toBe(false);
  });

  it('say who records for as long as it lasts, with a sound at both ends and no setting against it', async () => {
    await view.reload({ cues: false });
    await show();
    await show({ others: [othersRecording('marco', { answer: 'agreed' }), othersRecording('julia')] });
    expect(await status().innerText()).toBe('Recording: Marco, Юля');
    expect(await status().isVisible()).toBe(true);
    await show({ others: [othersRecording('julia')] });
    expect(await status().innerText()).toBe('Recording: Юля');
    await view.page.getByText('Marco has stopped recording').waitFor();
    expect(await view.intents('playCue')).toEqual([['recording'], ['recording'], ['recording-ended']]);
  });

  it('show the status over the chat that covers the room', async () => {
    await show({ others: [othersRecording('marco', { answer: 'agreed' })] });
    await button('Chat').click();
    const box = await view.page.locator('.recording-pill').boundingBox();
    const top = await view.page.evaluate(
      ([x, y]) => document.elementFromPoint(x ?? 0, y ?? 0)?.closest('.recording-pill, #chat')?.id,
      [(box?.x ?? 0) + 20, (box?.y ?? 0) + 8],
    );
    // What takes no press is looked through: it has to stand in the window, and above the sheet.
    expect(top).toBe('chat');
    expect(
      await view.page.evaluate(() => {
        const of = (id: string) =>
          Number(getComputedStyle(document.getElementById(id) ?? document.body).zIndex);
        return of('recording-status') > of('chat');
      }),
    ).toBe(true);
  });

  it('are taken back by a button, which leaves the focus in its line', async () => {
    await show({ others: [othersRecording('marco', { answer: 'agreed' })] });
    await view.page.getByText('Your voice is in it.').waitFor();
    await button('Stop recording me: Marco').click();
    expect(await commands()).toEqual([{ type: 'answer', person: 'marco', agree: false }]);
    await show({ others: [othersRecording('marco', { answer: 'refused' })] });
    expect(await hasFocus(view.page.locator('.recording-line .banner-title'))).toBe(true);
  });

  it('are ended by who made them, and saved or thrown away after a question', async () => {
    await show({
      own: {
        phase: 'recording',
        tracks: 'mixed',
        elapsedMs: 61_000,
        sizeBytes: 240_000,
        asked: [
          { id: 'marco', answer: 'agreed' },
          { id: 'julia', answer: 'none' },
        ],
      },
    });
    expect(await status().innerText()).toBe('Recording: you');
    await view.page.getByText('1:01, 240 kB. In it: you, Marco. Not answered yet: Юля.').waitFor();
    expect(await button('Record').isVisible()).toBe(false);
    await button('Stop recording').click();
    await show({ kept: [keptRecording(7)] });
    await button('Save').click();
    await button('Throw away').click();
    const sure = view.page.getByRole('dialog', { name: 'Throw this recording away?' });
    expect(await hasFocus(sure.getByRole('button', { name: 'Keep it' }))).toBe(true);
    await sure.getByRole('button', { name: 'Keep it' }).click();
    await button('Throw away').click();
    await sure.getByRole('button', { name: 'Throw away' }).click();
    expect(await commands()).toEqual([
      { type: 'stop' },
      { type: 'save', key: 7 },
      { type: 'discard', key: 7 },
    ]);
  });

  it('are still there to be saved after one has left', async () => {
    await show({ kept: [keptRecording(7)] });
    await view.renderRoom({ recording: { ...nothing, kept: [keptRecording(7)] } });
    expect(await button('Save').isVisible()).toBe(true);
  });
});
