/** Owns the proof of what the chat's views do in a browser, with made-up states in the place of a call. */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../web-client/core/state/chat-state.ts';
import { seriousProblems } from '../support/browser/accessibility.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { hasFocus } from '../support/browser/focus.ts';
import { askedOf, burst } from '../support/page/chat-bursts.ts';
import { chatMessage, ownMessage } from '../support/page/chat-messages.ts';
import { INVITE, type PageViewOptions, PageViews, type ViewPage } from '../support/page/page-view.ts';
import { person, ROOM } from '../support/page/room-states.ts';

const chromium = findChromium();
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const people = [person('Anna'), person('Marco'), person('Mar2', { name: 'marco' })];
const from = (count: number) => Array.from({ length: count }, (_, at) => chatMessage('Anna', at));

describe.skipIf(chromium === null)('the chat in Chromium', () => {
  let views: PageViews;
  let opened: ViewPage[] = [];

  beforeAll(async () => {
    views = await PageViews.start(chromium ?? '');
  });
  afterEach(async () => {
    const faults = opened.flatMap((view) => view.faults);
    await Promise.all(opened.map((view) => view.close()));
    opened = [];
    expect(faults).toEqual([]);
  });
  afterAll(() => views.end());

  async function open(options: PageViewOptions, chat: readonly ChatMessage[] = []) {
    const view = await views.open(options);
    opened.push(view);
    await view.render({ participants: people, chat });
    await view.page.locator('#chat-bar').waitFor({ state: options === PHONE ? 'visible' : 'attached' });
    await drawn(view, chat.length);
    return view;
  }
  /** Many messages are drawn a few at a time. */
  const drawn = (view: ViewPage, count: number) =>
    view.page.waitForFunction(
      (wanted) => document.querySelectorAll('#chat-log .message').length === wanted,
      count,
    );
  const field = (view: ViewPage) => view.page.getByRole('textbox', { name: 'Message' });
  const log = (view: ViewPage) => view.page.getByRole('log', { name: 'Chat' });
  const title = (view: ViewPage) => view.page.title();
  const toggle = (view: ViewPage) => view.page.locator('#chat-toggle');
  /** How far the newest message is from sight, in pixels. */
  const below = (view: ViewPage) =>
    log(view).evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);

  it('is not asked for before one joins, and loses nothing that came meanwhile', async () => {
    const view = await views.open(DESKTOP);
    opened.push(view);
    const loaded = async (files: RegExp) => (await view.loaded()).filter((address) => files.test(address));
    await view.render({ call: 'out', participants: people });
    expect(await loaded(/chat|emoji/)).toEqual([]);
    expect(await view.page.locator('#chat').isVisible()).toBe(false);
    await view.render({ call: 'joining' });
    await view.render({ participants: people, chat: from(3) });
    await log(view).getByText('message 2').waitFor();
    expect(await log(view).locator('.message').count()).toBe(3);
    expect(await loaded(/chat/)).not.toEqual([]);
    expect(await loaded(/emoji/)).toEqual([]);
  });

  it('does not have the page laid out for an empty list, which comes while people are being connected', async () => {
    const view = await views.open(DESKTOP);
    opened.push(view);
    await view.page.evaluate(() => {
      const asked: string[] = [];
      for (const name of ['scrollTop', 'scrollHeight', 'clientHeight']) {
        const property = Object.getOwnPropertyDescriptor(Element.prototype, name);
        const get = function (this: Element): unknown {
          if (this.id === 'chat-log') asked.push(name);
          return property?.get?.call(this);
        };
        Object.defineProperty(Element.prototype, name, { ...property, get });
      }
      Object.assign(window, { asked });
    });
    const asked = () => view.page.evaluate(() => (window as unknown as { asked: string[] }).asked);
    await view.render({ participants: people });
    await field(view).waitFor();
    expect(await asked()).toEqual([]);
    await view.render({ participants: people, chat: from(1) });
    await drawn(view, 1);
    expect(await asked()).not.toEqual([]);
  });

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

  it('shows every message once, in its place, and changes only what changed', async () => {
    const view = await open(DESKTOP, from(3));
    await log(view).evaluate((element) => {
      for (const message of element.querySelectorAll('.message')) message.setAttribute('data-seen', '');
    });
    const sending = ownMessage(4, { text: 'mine', delivery: 'sending' });
    await view.render({ participants: people, chat: [...from(3), sending] });
    expect(await log(view).locator('.message[data-seen]').count()).toBe(3);
    expect(await log(view).locator('.message-own').innerText()).toContain('Sending…');

    const missed = { ...sending, delivery: 'not-delivered', missedBy: ['Anna', 'Marco'] } as const;
    await view.render({ participants: people, chat: [...from(3), missed] });
    expect(await log(view).locator('.message-own').innerText()).toMatch(
      /Not delivered to \W*Anna\W*, \W*Marco Marc/,
    );
  });

  it('forgets the oldest and says so, and leaves who reads further up where they read', async () => {
    const view = await open(DESKTOP, from(500));
    const cut = view.page.getByText('Only the newest messages are kept here.');
    expect(await below(view)).toBeLessThan(2);
    expect(await cut.isVisible()).toBe(false);
    await view.render({ participants: people, chat: from(510).slice(-500) });
    await drawn(view, 500);
    await log(view).getByText('message 509').waitFor();
    expect(await below(view)).toBeLessThan(2);
    expect(await cut.count()).toBe(1);
    const read = log(view).getByText('message 300', { exact: true });
    await read.evaluate((element) => element.scrollIntoView());
    await view.page.getByRole('button', { name: 'To the newest message' }).waitFor();
    const top = () => read.evaluate((element) => element.getBoundingClientRect().top);
    const before = await top();
    await view.render({ participants: people, chat: from(610).slice(-500) });
    await view.page.getByRole('button', { name: '100 new messages' }).waitFor();
    expect(Math.abs((await top()) - before)).toBeLessThan(2);
    await log(view).evaluate((element) => element.scrollTo(0, 0));
    expect(await cut.isVisible()).toBe(true);
  });

  it('leaves who has just scrolled up where they are, before the browser tells of it', async () => {
    const view = await open(DESKTOP, from(60));
    const room = { ...ROOM, call: 'joined', participants: people, chat: from(61) } as const;
    await log(view).evaluate(
      (element, state) => {
        element.scrollTo(0, 0);
        window.pageView.render(state);
      },
      { kind: 'room', room, invite: INVITE } as const,
    );
    await view.page.locator('#chat-jump').waitFor();
    expect(await log(view).evaluate((element) => element.scrollTop)).toBe(0);
  });

  it.each([
    ['where the browser keeps the place', 'auto'],
    ['where it leaves that to the page', 'none'],
  ])('moves nobody who reads further up, whatever goes or grows above, %s', async (_where, anchor) => {
    const view = await open(DESKTOP, from(500));
    await log(view).evaluate((element, how) => {
      element.style.overflowAnchor = how;
    }, anchor);
    const read = log(view).getByText('message 300', { exact: true });
    await read.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await view.page.getByRole('button', { name: 'To the newest message' }).waitFor();
    const top = () => read.evaluate((element) => element.getBoundingClientRect().top);
    const before = await top();
    const reactions = [{ emoji: '👍', by: ['Anna'] }];
    const reacted = from(500).map((message, at) => (at < 200 ? { ...message, reactions } : message));
    await view.render({ participants: people, chat: reacted });
    await view.page.waitForFunction(() => document.querySelectorAll('.reaction').length === 200);
    expect(Math.abs((await top()) - before)).toBeLessThan(2);

    const renamed = [person('Anna', { name: 'Anne' }), ...people.slice(1)];
    const grown = [...reacted, ...from(530).slice(500)].slice(-500);
    await view.render({ participants: renamed, chat: grown });
    await log(view).getByText('message 529').waitFor({ state: 'attached' });
    expect(Math.abs((await top()) - before)).toBeLessThan(2);
    const all = await log(view).locator('.message').count();
    await view.render({ participants: renamed, chat: grown.slice(240) });
    expect(await log(view).locator('.message').count()).toBe(all - 240);
    expect(Math.abs((await top()) - before)).toBeLessThan(2);
  });

  it('shows the oldest that is left to whoever read what is forgotten', async () => {
    const view = await open(DESKTOP, from(300));
    await log(view).evaluate((element) => {
      element.style.overflowAnchor = 'none';
      element.scrollTo(0, 500);
    });
    await view.page.getByRole('button', { name: 'To the newest message' }).waitFor();
    await view.render({ participants: people, chat: from(300).slice(150) });
    expect(await log(view).evaluate((element) => element.scrollTop)).toBe(0);
  });

  it('costs one more message and a new name the same, whether twenty or three hundred stand', async () => {
    const view = await open(DESKTOP, from(1));
    const [few, many] = [await askedOf(view, 20), await askedOf(view, 300)];
    expect(many).toEqual(few);
  });

  it('draws 28 messages and 28 new names and touches none of the 300 that stand', async () => {
    const view = await open(DESKTOP, from(1));
    const records = await burst(view, 300, 28);
    expect(records.filter((record) => record !== 'tabindex')).toEqual(Array(28).fill('added 1'));
  });

  it('draws no more of a flood for being asked more often, and shows what became of what stands meanwhile', async () => {
    const view = await open(DESKTOP, []);
    const reactions = [{ emoji: '👍', by: ['Anna'] }];
    const [first, ...others] = from(60) as [ChatMessage, ...ChatMessage[]];
    const rooms = [from(60), from(60), [{ ...first, reactions }, ...others]].map((chat) => ({
      ...ROOM,
      call: 'joined' as const,
      participants: people,
      chat,
    }));
    const stand = await view.page.evaluate((asked) => {
      for (const room of asked) window.pageView.render({ kind: 'room', room, invite: null });
      const count = (selector: string) => document.querySelectorAll(`#chat-log ${selector}`).length;
      return [count('.message'), count('.reaction')];
    }, rooms);
    expect(stand).toEqual([20, 1]);
    await drawn(view, 60);
  });

  it('keeps the node of a message through names, emoji, delivery and another minute above it', async () => {
    const mine = ownMessage(4, { delivery: 'sending' });
    const unnamed = chatMessage('Marco', 5, { authorName: null });
    const view = await open(DESKTOP, [...from(3), mine, unnamed]);
    await log(view).evaluate((element) => {
      for (const node of element.querySelectorAll('.message, .message-text'))
        node.setAttribute('data-seen', '');
    });
    const reactions = [{ emoji: '👍', by: ['Anna'] }];
    const [first, ...others] = from(3);
    const chat = [
      { ...first, reactions },
      ...others,
      { ...mine, delivery: 'sent' },
      unnamed,
    ] as ChatMessage[];
    const heads = () => log(view).locator('.message-first .message-author').allInnerTexts();
    const renamed = [person('Anna', { name: 'Anne' }), person('Marco', { name: 'Mark' })];
    await view.render({ participants: renamed, chat });
    expect(await log(view).locator('.reaction').getAttribute('title')).toMatch(/Anne/);
    expect(await heads()).toEqual(['Anna', 'You', 'Mark']);
    await view.render({ participants: renamed, chat: chat.slice(1) });
    expect(await heads()).toEqual(['Anna', 'You', 'Mark']);
    expect(await log(view).locator('[data-seen]').count()).toBe(8);
    expect(await log(view).locator('.message, .message-text').count()).toBe(8);
  });

  it('writes a new name wherever it stands, a few messages at a time', async () => {
    const reactions = [{ emoji: '👍', by: ['Anna'] }];
    const chat = from(100).map((message) => ({ ...message, reactions }));
    const view = await open(DESKTOP, chat);
    await view.render({ participants: [person('Anna', { name: 'Anne' })], chat });
    await view.page.waitForFunction(
      () => document.querySelectorAll('.reaction[title*="Anne"]').length === 100,
    );
  });

  it('makes nothing of what others wrote but text, safe links and mentions', async () => {
    const view = await open(DESKTOP, [
      chatMessage('Anna', 1, { text: '<img src=x onerror=alert(1)> <b>b</b> javascript:alert(1)' }),
      chatMessage('Anna', 2, {
        text: `https://аpple.com/ https://a@b.example/ https:///b.example ${INVITE} 请看https://example.com，谢谢 \u202ecba`,
      }),
      chatMessage('Anna', 3, { text: '你好@marina、 @Anna @nobody' }),
      chatMessage('Anna', 4, { text: 'x'.repeat(2_000), authorName: `${'W'.repeat(64)}` }),
      chatMessage('Anna', 5, {
        text: `Z${'\u0301'.repeat(500)}`,
        reactions: [{ emoji: 'y'.repeat(400), by: ['Anna'] }],
      }),
    ]);
    expect(await log(view).locator('img, b, script').count()).toBe(0);
    const links = await log(view)
      .locator('a')
      .evaluateAll((all) => all.map(({ outerHTML }) => outerHTML));
    expect(links).toEqual([
      '<a class="message-link" href="https://xn--pple-43d.com/" rel="noopener noreferrer nofollow" target="_blank" dir="ltr">https://аpple.com/ <span class="message-link-host">[xn--pple-43d.com]</span></a>',
      '<a class="message-link" href="https://example.com/" rel="noopener noreferrer nofollow" target="_blank" dir="ltr">https://example.com</a>',
    ]);
    expect(await log(view).locator('.message').nth(1).innerText()).not.toContain('\u202e');
    expect(await log(view).locator('.mention').allInnerTexts()).toEqual(['@marina', '@Anna']);
    expect(await log(view).locator('.mention-self').allInnerTexts()).toEqual(['@marina']);
    expect(await log(view).locator('.message').nth(2).getAttribute('aria-live')).toBe('assertive');
    expect(await log(view).evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    expect(await view.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThan(1);
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

  it('stays at the end only if one is there, and offers the way to what is new', async () => {
    const view = await open(DESKTOP, from(60));
    await view.render({ participants: people, chat: from(61) });
    expect(await below(view)).toBeLessThan(2);
    await log(view).evaluate((element) => {
      element.scrollTop = 100;
    });
    await view.page.getByRole('button', { name: 'To the newest message' }).waitFor();
    await view.render({ participants: people, chat: from(63) });
    expect(await log(view).evaluate((element) => element.scrollTop)).toBe(100);
    const jump = view.page.getByRole('button', { name: '2 new messages' });
    expect(await log(view).locator('.chat-divider + .message').innerText()).toContain('message 61');
    expect(await title(view)).not.toContain('(');
    await jump.click();
    expect(await below(view)).toBeLessThan(2);
    await jump.waitFor({ state: 'hidden' });
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

  it('goes from message to message by the arrows, and past all of them by one tab', async () => {
    const view = await open(DESKTOP, from(5));
    expect(await log(view).locator('.message-react[tabindex="0"]').count()).toBe(1);
    await log(view).focus();
    await view.page.keyboard.press('ArrowUp');
    await view.page.keyboard.press('ArrowUp');
    const focused = () =>
      view.page.evaluate(
        () => document.activeElement?.closest('.message')?.querySelector('.message-text')?.textContent,
      );
    expect(await focused()).toBe('message 3');
    await view.page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('message 4');
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
