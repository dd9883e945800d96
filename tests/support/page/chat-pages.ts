/** Owns pages with the chat for a file of tests: in a browser of their own, looked after, and its parts by what a person finds them by. */

import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { ChatMessage } from '../../../web-client/core/state/chat-state.ts';
import { chatMessage } from './chat-messages.ts';
import { type PageViewOptions, PageViews, type ViewPage } from './page-view.ts';
import { person } from './room-states.ts';

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const DESKTOP = { viewport: { width: 1280, height: 800 } };
export const people = [person('Anna'), person('Marco'), person('Mar2', { name: 'marco' })];
export const from = (count: number) => Array.from({ length: count }, (_, at) => chatMessage('Anna', at));

/** Many messages are drawn a few at a time. */
export const drawn = (view: ViewPage, count: number) =>
  view.page.waitForFunction(
    (wanted) => document.querySelectorAll('#chat-log .message').length === wanted,
    count,
  );
export const field = (view: ViewPage) => view.page.getByRole('textbox', { name: 'Message' });
export const log = (view: ViewPage) => view.page.getByRole('log', { name: 'Chat' });
export const title = (view: ViewPage) => view.page.title();
export const toggle = (view: ViewPage) => view.page.locator('#chat-toggle');

/** To be called where tests are told. None of its pages may complain of anything. */
export function chatPages(chromiumPath: string) {
  let views: PageViews;
  let opened: ViewPage[] = [];

  beforeAll(async () => {
    views = await PageViews.start(chromiumPath);
  });
  afterEach(async () => {
    const faults = opened.flatMap((view) => view.faults);
    await Promise.all(opened.map((view) => view.close()));
    opened = [];
    expect(faults).toEqual([]);
  });
  afterAll(() => views.end());

  /** Nobody has joined there. */
  async function openBare(options: PageViewOptions): Promise<ViewPage> {
    const view = await views.open(options);
    opened.push(view);
    return view;
  }

  async function open(options: PageViewOptions, chat: readonly ChatMessage[] = []): Promise<ViewPage> {
    const view = await openBare(options);
    await view.render({ participants: people, chat });
    await view.page.locator('#chat-bar').waitFor({ state: options === PHONE ? 'visible' : 'attached' });
    await drawn(view, chat.length);
    return view;
  }
  return { open, openBare };
}
