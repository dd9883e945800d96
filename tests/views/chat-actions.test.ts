/** Owns the proof of what one does in the chat in a browser, opening it, writing, answering by emoji, with made-up states in the place of a call. */

import { describe, expect, it } from 'vitest';
import { seriousProblems } from '../support/browser/accessibility.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { hasFocus } from '../support/browser/focus.ts';
import { chatMessage } from '../support/page/chat-messages.ts';
import {
  chatPages,
  DESKTOP,
  drawn,
  field,
  from,
  log,
  PHONE,
  people,
  title,
  toggle,
} from '../support/page/chat-pages.ts';
import { ROOM } from '../support/page/room-states.ts';

const chromium = findChromium();

describe.skipIf(chromium === null)('the chat in Chromium', () => {
  const { open } = chatPages(chromium ?? '');

  it('is at its end again once it was emptied, wherever one was in it', async () => {
    const view = await open(PHONE, from(60));
    await toggle(view).click();
    await log(view).evaluate((element) => element.scrollTo(0, 0));
    const jump = view.page.locator('#chat-jump');
    await jump.waitFor();
    await view.page.keyboard.press('Escape');
    await view.render({ participants: people, chat: [] });
    await drawn(view, 0);
    await toggle(view).click();
    await field(view).waitFor();
    expect(await jump.isVisible()).toBe(false);
    await view.render({ participants: people, chat: from(1) });
    await drawn(view, 1);
    expect(await jump.isVisible()).toBe(false);
    expect(await log(view).locator('.chat-divider').count()).toBe(0);
  });

  it('counts what was not read on the button and in the title while the sheet is closed', async () => {
    const view = await open(PHONE, from(1));
    expect(await toggle(view).getAttribute('aria-label')).toBe('Chat, 1 unread message');
    await toggle(view).tap();
    expect(await title(view)).toBe('Voice call · live');
    expect(await seriousProblems(view.page)).toEqual([]);
    await view.page.keyboard.press('Escape');
    expect(await view.page.locator('#chat').isVisible()).toBe(false);
    expect(await hasFocus(toggle(view))).toBe(true);
    await view.render({ participants: people, chat: from(3) });
    expect(await title(view)).toBe('(2) Voice call · live');
    expect(await view.page.locator('#chat-count').innerText()).toBe('2');
    expect(await view.page.locator('#chat-news').textContent()).toBe('2 new messages');
    await view.render({
      participants: people,
      chat: [...from(3), chatMessage('Anna', 9, { text: '@Marina!' })],
    });
    await view.page.getByText('Anna mentioned you in the chat').waitFor();
    await toggle(view).tap();
    expect(await log(view).locator('.chat-divider + .message').innerText()).toContain('message 1');
    expect(await title(view)).toBe('Voice call · live');
    expect(await view.page.locator('#room').evaluate((element) => (element as HTMLElement).inert)).toBe(true);
    await view.page.getByRole('button', { name: 'Close chat' }).tap();
    expect(await view.page.locator('#chat-count').isVisible()).toBe(false);
  });

  it('sends by Enter, makes lines by Shift+Enter, and nothing while an input method is at work', async () => {
    const view = await open(DESKTOP);
    await field(view).fill('one');
    await field(view).press('Shift+Enter');
    await field(view).pressSequentially('two ');
    await field(view).evaluate((element) => {
      element.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }),
      );
    });
    expect(await view.intents('sendChat')).toEqual([]);
    await field(view).press('Enter');
    expect(await view.intents('sendChat')).toEqual([['one\ntwo']]);
    expect(await field(view).inputValue()).toBe('');
    await field(view).fill(' \n ');
    await field(view).press('Enter');
    expect(await view.intents('sendChat')).toHaveLength(1);
    expect(await hasFocus(field(view))).toBe(true);
  });

  it('makes lines by Enter on a phone, where the button sends and the field keeps the focus', async () => {
    const view = await open(PHONE);
    await toggle(view).tap();
    await field(view).tap();
    await view.page.keyboard.type('one');
    await view.page.keyboard.press('Enter');
    await view.page.keyboard.type('two');
    await view.page.getByRole('button', { name: 'Send', exact: true }).tap();
    expect(await view.intents('sendChat')).toEqual([['one\ntwo']]);
    expect(await hasFocus(field(view))).toBe(true);
  });

  it('counts from 1,800 on, and keeps what is too long', async () => {
    const view = await open(DESKTOP);
    await field(view).fill('x'.repeat(1_799));
    expect(await view.page.locator('#chat-counter').innerText()).toBe('');
    await field(view).fill('x'.repeat(2_003));
    expect(await view.page.locator('#chat-counter').innerText()).toBe('2003 of 2000 characters');
    await view.page.getByRole('button', { name: 'Send', exact: true }).click();
    await view.page.getByText('3 characters too many').waitFor();
    expect(await view.intents('sendChat')).toEqual([]);
    expect(await field(view).inputValue()).toHaveLength(2_003);
    const height = await field(view).evaluate((element) => element.clientHeight);
    expect(height).toBeLessThan(180);
  });

  it('keeps a draft while nobody is there, and over leaving and joining', async () => {
    const view = await open(DESKTOP, from(1));
    await field(view).fill('a draft');
    await view.render({ participants: [], chat: from(1) });
    await view.page.getByText('Nobody else is here yet').waitFor();
    await field(view).press('Enter');
    await field(view).pressSequentially('x');
    await view.render({ call: 'out', participants: people, chat: from(1) });
    await view.page.getByText('Join the call to write').waitFor();
    await view.render({ participants: people, chat: from(1) });
    expect(await field(view).inputValue()).toBe('a draft');
    await field(view).press('Enter');
    expect(await view.intents('sendChat')).toEqual([['a draft']]);
  });

  it('completes mentions by keys and by mouse', async () => {
    const view = await open(DESKTOP);
    const options = view.page.getByRole('listbox', { name: 'Mention' }).getByRole('option');
    const active = () =>
      field(view).evaluate((element) => {
        const id = element.getAttribute('aria-activedescendant');
        return id === null ? null : document.getElementById(id)?.textContent?.replace(/\s+/g, ' ').trim();
      });
    await field(view).pressSequentially('hi @ma');
    expect(await options.count()).toBe(2);
    await field(view).press('ArrowDown');
    expect(await active()).toContain('Mar2');
    await field(view).press('ArrowDown');
    await field(view).press('ArrowUp');
    expect(await seriousProblems(view.page)).toEqual([]);
    await field(view).press('Tab');
    expect(await field(view).inputValue()).toBe('hi @marco#Mar2 ');
    await field(view).pressSequentially('你好@ann');
    await field(view).press('Enter');
    expect(await field(view).inputValue()).toBe('hi @marco#Mar2 你好@Anna ');
    await field(view).pressSequentially('@');
    await field(view).press('Escape');
    expect(await options.count()).toBe(0);
    await field(view).pressSequentially('A');
    expect(await options.count()).toBe(0);
    await field(view).fill('@anna');
    await options.first().click();
    expect(await field(view).inputValue()).toBe('@Anna ');
    expect(await view.intents('sendChat')).toEqual([]);
  });

  it('takes reactions by chip, by the row of six, and from the picker', async () => {
    const chat = [chatMessage('Anna', 1, { reactions: [{ emoji: '👍', by: ['Marco', ROOM.self.id] }] })];
    const view = await open(DESKTOP, chat);
    const key = 'Anna:1';
    const chip = log(view).getByRole('button', { name: /👍.*Marco.*You/ });
    expect(await chip.getAttribute('aria-pressed')).toBe('true');
    await chip.click();
    await log(view).getByText('message 1').hover();
    const react = log(view).getByRole('button', { name: 'React' });
    await react.click();
    await view.page.keyboard.press('ArrowRight');
    await view.page.keyboard.press('Enter');
    expect(await hasFocus(react)).toBe(true);
    await react.press('Enter');
    expect(await seriousProblems(view.page)).toEqual([]);
    await view.page.getByRole('button', { name: 'More emoji' }).click();
    const picker = view.page.getByRole('dialog', { name: 'Emoji' });
    await picker.getByRole('searchbox').fill('сердце');
    await picker.getByRole('button', { name: 'red heart' }).click();
    await picker.waitFor({ state: 'hidden' });
    expect(await view.intents('setChatReaction')).toEqual([
      [key, '👍', false],
      [key, '❤️', true],
      [key, '❤️', true],
    ]);
  });

  it('puts an emoji at the caret, found by keys alone, and remembers it', async () => {
    const view = await open(DESKTOP);
    const button = view.page.getByRole('button', { name: 'Emoji', exact: true });
    const picker = view.page.getByRole('dialog', { name: 'Emoji' });
    await field(view).fill('ab');
    await field(view).press('ArrowLeft');
    await button.click();
    await picker.getByRole('button', { name: 'grinning face', exact: true }).waitFor();
    await picker.getByRole('searchbox').press('ArrowDown');
    const focused = () => view.page.evaluate(() => document.activeElement?.textContent);
    expect(await focused()).toBe('😀');
    await view.page.keyboard.press('ArrowRight');
    expect(await focused()).toBe('😃');
    await view.page.keyboard.press('ArrowDown');
    await view.page.keyboard.press('Home');
    await view.page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('😀');
    await view.page.keyboard.press('PageDown');
    expect(await focused()).toBe('👋');
    await view.page.keyboard.press('Enter');
    expect(await field(view).inputValue()).toBe('a👋b');
    await button.click();
    await picker
      .getByRole('region', { name: 'Recently used' })
      .getByRole('button', { name: 'waving hand' })
      .waitFor();
    await picker.getByRole('searchbox').fill('zzzz');
    await picker.getByText('No emoji found').waitFor();
    await view.page.keyboard.press('Escape');
    expect(await picker.isVisible()).toBe(false);
    expect(await hasFocus(button)).toBe(true);
    await button.click();
    await log(view).click({ position: { x: 10, y: 10 } });
    expect(await picker.isVisible()).toBe(false);
  });

  it('puts in one emoji after another while Shift is held, and scrolls nothing', async () => {
    const view = await open(DESKTOP);
    const button = view.page.getByRole('button', { name: 'Emoji', exact: true });
    await button.focus();
    const scrolled = await view.page.evaluate(() => scrollY);
    await button.press('Enter');
    const picker = view.page.getByRole('dialog', { name: 'Emoji' });
    await picker.getByRole('button', { name: 'grinning face', exact: true }).waitFor();
    await picker.getByRole('searchbox').press('ArrowDown');
    await view.page.keyboard.press('Shift+Enter');
    await view.page.keyboard.press('ArrowRight');
    await view.page.keyboard.press('Shift+Enter');
    expect(await field(view).inputValue()).toBe('😀😃');
    expect(await picker.isVisible()).toBe(true);
    expect(await view.page.evaluate(() => scrollY)).toBe(scrolled);
    await view.page.keyboard.press('Enter');
    expect(await field(view).inputValue()).toBe('😀😃😃');
    expect(await hasFocus(field(view))).toBe(true);
  });

  it('does without the browser’s database, in Russian too', async () => {
    const view = await open({ ...PHONE, query: '?lang=ru' });
    await view.page.evaluate(() => {
      indexedDB.open = () => {
        throw new DOMException('refused', 'SecurityError');
      };
    });
    await toggle(view).tap();
    await view.page.getByRole('button', { name: 'Эмодзи', exact: true }).tap();
    const picker = view.page.getByRole('dialog', { name: 'Эмодзи' });
    await picker.getByRole('searchbox').fill('ёлк');
    await picker.getByRole('button', { name: 'новогодняя елка' }).tap();
    expect(await view.page.getByRole('textbox', { name: 'Сообщение' }).inputValue()).toBe('🎄');
  });

  it('says when the emoji do not load, and tries again', async () => {
    const view = await open(DESKTOP);
    await view.page.route('**/emoji-*.json', (route) => route.fulfill({ status: 503 }));
    await view.page.getByRole('button', { name: 'Emoji', exact: true }).click();
    const picker = view.page.getByRole('dialog', { name: 'Emoji' });
    await picker.getByText('The emoji did not load').waitFor();
    view.faults.length = 0;
    await view.page.unroute('**/emoji-*.json');
    await picker.getByRole('button', { name: 'Try again' }).click();
    await picker.getByRole('button', { name: 'grinning face', exact: true }).waitFor();
  });
});
