/** Owns the proof of how the chat shows messages in a browser, with made-up states in the place of a call. */

import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../web-client/core/state/chat-state.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { askedOf, burst } from '../support/page/chat-bursts.ts';
import { chatMessage, ownMessage } from '../support/page/chat-messages.ts';
import { chatPages, DESKTOP, drawn, field, from, log, people, title } from '../support/page/chat-pages.ts';
import { INVITE, type ViewPage } from '../support/page/page-view.ts';
import { person, ROOM } from '../support/page/room-states.ts';
import { until } from '../support/time/until.ts';

const chromium = findChromium();

const hasRecordingViews = (loaded: readonly string[]) =>
  loaded.some((address) => /\/recording-views-[^/]*\.js$/.test(address));

/** How far the newest message is from sight, in pixels. */
const below = (view: ViewPage) =>
  log(view).evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);

describe.skipIf(chromium === null)('the chat in Chromium', () => {
  const { open, openBare } = chatPages(chromium ?? '');

  it('is not asked for before one joins, and loses nothing that came meanwhile', async () => {
    const view = await openBare(DESKTOP);
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
    const view = await openBare(DESKTOP);
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
    // Drawn with the rest from then on, which on a slow machine may be between the two.
    await until('the views of recordings', () => view.loaded(), hasRecordingViews);
    await view.page.evaluate(() => new Promise(requestAnimationFrame));
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
});
