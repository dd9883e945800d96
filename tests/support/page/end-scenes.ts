/** Owns one example of everything the page shows when a call ends, and where there can be none. */

import type { EndReason } from '../../../web-client/core/state/room-state.ts';
import type { PageState } from '../../../web-client/ui/page-state.ts';
import type { PageScene } from './page-scene.ts';
import { busy, pageBefore, pageIn, SCENE_INVITE } from './scene-rooms.ts';

const ended = (reason: EndReason): PageState => pageBefore({ signaling: { phase: 'ended', reason } });

export const END_SCENES: readonly PageScene[] = [
  {
    name: 'switch',
    states: [pageIn({ participants: busy })],
    act: (page) =>
      page.evaluate(() => document.querySelector<HTMLDialogElement>('#switch-dialog')?.showModal()),
  },
  { name: 'ended-host-ended', follows: 'by-escape', states: [ended('host-ended')] },
  { name: 'ended-kicked', follows: true, wordsOnly: true, states: [ended('kicked')] },
  { name: 'ended-link-refused', follows: true, wordsOnly: true, states: [ended('link-refused')] },
  { name: 'ended-replaced', follows: true, states: [ended('replaced')] },
  { name: 'ended-version-old-page', follows: true, wordsOnly: true, states: [ended('version-old-page')] },
  { name: 'ended-version-old-host', follows: true, wordsOnly: true, states: [ended('version-old-host')] },
  { name: 'ended-server-broken', follows: true, wordsOnly: true, states: [ended('server-broken')] },
  { name: 'browser-only', states: [{ kind: 'unsupported', invite: SCENE_INVITE }] },
  { name: 'browser-only-no-link', states: [{ kind: 'unsupported', invite: null }] },
  {
    name: 'paste',
    states: [{ kind: 'no-link', problem: 'cut' }],
  },
  {
    name: 'paste-changed',
    follows: true,
    wordsOnly: true,
    states: [{ kind: 'no-link', problem: 'changed' }],
  },
  {
    name: 'paste-elsewhere',
    follows: true,
    states: [{ kind: 'no-link', problem: 'cut' }],
    act: async (page) => {
      await page.locator('#paste-input').fill(SCENE_INVITE);
      await page.locator('#paste-input').press('Enter');
    },
  },
];
