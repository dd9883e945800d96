/** Owns one example of everything the page shows of what does not work, and of a room that is full. */

import type { PageScene } from './page-scene.ts';
import { busy, others, pageBefore, pageIn } from './scene-rooms.ts';

export const TROUBLE_SCENES: readonly PageScene[] = [
  {
    name: 'microphone-denied',
    states: [pageIn({ participants: busy, microphone: { phase: 'none', reason: 'denied' } })],
  },
  { name: 'sound-blocked', follows: true, states: [pageIn({ participants: busy, soundBlocked: true })] },
  {
    name: 'retrying-blocked',
    follows: true,
    states: [pageBefore({ signaling: { phase: 'retrying', why: 'blocked' } })],
  },
  {
    name: 'retrying-back',
    follows: true,
    states: [
      pageBefore({ signaling: { phase: 'retrying', why: 'no-answer' } }),
      pageBefore({ call: 'joining', returned: true, signaling: { phase: 'retrying', why: 'no-answer' } }),
    ],
  },
  {
    name: 'retrying-no-network',
    follows: true,
    states: [pageIn({ participants: busy, signaling: { phase: 'retrying', why: 'no-network' } })],
  },
  {
    name: 'retrying',
    follows: true,
    wordsOnly: true,
    states: [
      pageIn({ participants: busy, wayBack: true, signaling: { phase: 'retrying', why: 'no-answer' } }),
    ],
  },
  {
    name: 'retrying-another-room',
    follows: true,
    wordsOnly: true,
    states: [pageIn({ participants: busy, signaling: { phase: 'retrying', why: 'another-room' } })],
  },
  {
    name: 'full',
    follows: true,
    states: [pageBefore({ full: true, placeFree: false, participants: others(5) })],
  },
  {
    name: 'full-free',
    follows: true,
    states: [pageBefore({ full: true, placeFree: true, participants: others(5) })],
  },
  {
    name: 'full-own',
    follows: true,
    states: [pageBefore({ full: true, placeFree: false, participants: others(5) })],
    ownDoor: { locked: false, lobby: false, waiting: [] },
  },
  { name: 'full-kept', states: [pageBefore({ full: true, placeFree: true, participants: others(5) })] },
];
