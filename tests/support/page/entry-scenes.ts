/** Owns one example of everything the page shows before one is in the call. */

import { click, type PageScene } from './page-scene.ts';
import { others, pageBefore, pageIn } from './scene-rooms.ts';

export const ENTRY_SCENES: readonly PageScene[] = [
  { name: 'connecting', states: [pageBefore({ signaling: { phase: 'connecting' } })] },
  { name: 'join-empty', follows: true, states: [pageBefore({})] },
  { name: 'join', follows: true, states: [pageBefore({ participants: others(4) })] },
  { name: 'join-missing', follows: true, states: [pageBefore({ others: 4, callMissing: true })] },
  { name: 'join-crowd', follows: true, states: [pageBefore({ participants: others(11) })] },
  {
    name: 'join-name-missing',
    follows: true,
    states: [pageBefore({ participants: others(2) })],
    act: click('#join-leave'),
  },
  {
    name: 'joining',
    states: [pageIn({ call: 'joining', microphone: { phase: 'asking' }, participants: others(2) })],
  },
  {
    name: 'door-waiting',
    follows: true,
    states: [pageIn({ call: 'joining', door: 'waiting', participants: others(2) })],
  },
  { name: 'door-refused', follows: true, states: [pageBefore({ door: 'refused', participants: others(2) })] },
  { name: 'door-locked', follows: true, states: [pageBefore({ door: 'locked', others: 2 })] },
];
