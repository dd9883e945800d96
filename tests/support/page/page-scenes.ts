/** Owns one example of everything the guest page can show, for pictures and for checks of each screen. */

import type { Page } from 'playwright';
import type { OwnDoor } from '../../../main/common/call-api/commands.ts';
import type { ChatMessage } from '../../../web-client/core/state/chat-state.ts';
import type { EndReason, ParticipantState, RoomState } from '../../../web-client/core/state/room-state.ts';
import type { ConnectionQuality } from '../../../web-client/core/stats/connection-quality.ts';
import type { PageState } from '../../../web-client/ui/page-state.ts';
import type { PagePreferences } from '../../../web-client/ui/preferences/preference-store.ts';
import { chatMessage, ownMessage } from './chat-messages.ts';
import { fileScenes } from './file-scenes.ts';
import type { ViewPage } from './page-view.ts';
import { recordingScenes } from './recording-scenes.ts';
import { person, ROOM } from './room-states.ts';

export interface PageScene {
  readonly name: string;
  /** Shown one after the other; the last one stays. */
  readonly states: readonly PageState[];
  /**
   * Shown in the page of the scene before, which leaves nothing there that the states do not replace: at once, or when Esc
   * has closed what one opened there. A page that is loaded anew costs as much as looking at it in eight sizes.
   */
  readonly follows?: true | 'by-escape';
  /** Follows one that has the same parts and other words: measured where words have the least room. */
  readonly wordsOnly?: true;
  /** Laid out as another one is: for pictures alone. */
  readonly pictured?: true;
  /** What the browser remembers that one chose before. */
  readonly preferences?: Partial<PagePreferences>;
  /** Only in the app: how the own room's door stands there. */
  readonly ownDoor?: OwnDoor;
  /** What one does then, by ids and so in any language. */
  readonly act?: (page: Page) => Promise<void>;
}

/** Of the tunnel that the link to pass on leads through. */
export const PUBLIC_HOST = '4f2a9c81b7d3e6.lhr.life';
const INVITE = `https://${PUBLIC_HOST}/#4IR9pjsCk8SQWNNjg1xMZz6cy896iYmrfUJJQdk094A.Q7Dg3V9fU4FWQy8QtvTVQg`;

const GOOD: ConnectionQuality = {
  grade: 'good',
  path: { kind: 'direct' },
  roundTripMs: 38,
  loss: 0.002,
  jitterMs: 3,
};
const WEAK: ConnectionQuality = {
  grade: 'weak',
  path: { kind: 'relayed', server: 'turn.example.org', transport: 'udp' },
  roundTripMs: 412,
  loss: 0.083,
  jitterMs: 46,
};
const CODE = [3, 17, 22, 41, 8, 56, 30];

const SELF: RoomState['self'] = {
  id: 'rRblGVGR0hJSktMTU5PUAw',
  shortId: 'rRbl',
  name: 'Anna',
  speaking: false,
  handUp: false,
  reaction: null,
};

const NAMES = [
  'Marco',
  'Юля',
  'Chiara Bianchi',
  'Дмитрий Сергеевич',
  'سارة',
  'Ben',
  '愛子',
  'Zoë',
  'Marco',
  'Катя',
  'Olumide',
];

/** The others of a call: `id` of each is made from the place, so that badges differ. */
function others(count: number, changes: (index: number) => Partial<ParticipantState> = () => ({})) {
  return NAMES.slice(0, count).map((name, index) =>
    person(`${'CzTqWhKbXyP'[index]}${'u3DfmaQ7eoZ'[index]}weVGR0hJSktMTU5PU`, {
      name,
      quality: GOOD,
      code: CODE,
      ...changes(index),
    }),
  );
}

function room(changes: Partial<RoomState> = {}): PageState {
  const live: RoomState = {
    ...ROOM,
    call: 'joined',
    self: SELF,
    microphone: { phase: 'live', muted: false, hint: null },
    others: changes.participants?.length ?? 0,
    ...changes,
  };
  return { kind: 'room', room: live, invite: INVITE };
}

const before = (changes: Partial<RoomState>): PageState =>
  room({ call: 'out', microphone: { phase: 'off' }, ...changes });

const ended = (reason: EndReason): PageState => before({ signaling: { phase: 'ended', reason } });

const click = (selector: string) => (page: Page) => page.locator(selector).click();

const busy = others(3, (index) => ({
  speaking: index === 0,
  microphone: index === 1 ? 'muted' : 'open',
  handUp: index === 2,
  trust: index === 0 ? 'verified' : 'sealed',
}));

/** Before the connections of some broke: while some are being made, the chat waits. */
const connected = (people: readonly ParticipantState[]): readonly ParticipantState[] =>
  people.map((one) => ({ ...one, peer: { phase: 'connected' } }));

const crowd = others(11, (index) => ({
  speaking: index === 2,
  microphone: index % 4 === 1 ? 'muted' : index === 7 ? 'none' : 'open',
  handUp: index === 4,
  reaction: index === 5 ? { emoji: '🎉', serial: 1 } : null,
  trust: index < 3 ? 'verified' : 'sealed',
  quality: index === 6 ? WEAK : GOOD,
  peer: index === 8 ? { phase: 'lost' } : index === 9 ? { phase: 'connecting' } : { phase: 'connected' },
  mutedHere: index === 3,
  introduced: index === 2,
  volume: index === 0 ? 1.4 : 1,
  volumeReach: index === 1 ? 'plain' : 'full',
}));

const flooding = others(3, (index) => ({
  ...(index === 0 && { peer: { phase: 'failed', reason: 'flooding' }, quality: null, code: null }),
  ...(index === 1 && { peer: { phase: 'failed', reason: 'not-a-call' }, quality: null, code: null }),
}));

const CROWDED = [connected(crowd), crowd].map((participants) =>
  room({ participants, capacity: 12, placeFree: false }),
);

const OBSTACLES = ['no-way', 'no-answer', 'udp-blocked-here', 'hidden-there', 'strict-router'] as const;
const stuck = others(OBSTACLES.length, (index) => ({
  peer: { phase: index === 1 ? 'lost' : 'connecting' },
  trust: index === 1 ? 'sealed' : 'checking',
  obstacle: OBSTACLES[index] ?? null,
  diagnosis: null,
  quality: null,
  code: null,
}));

/** Who ask to come in, one of them under the name of somebody inside. */
const asking = (count: number): OwnDoor['waiting'] =>
  ['Marco', 'Николай Александрович', 'Wilhelmina-Charlotte Featherstonehaugh', '愛子', 'Ben', 'Zoë', 'سارة']
    .slice(0, count)
    .map((name, index) => ({ id: `${'mQsTvXz'[index]}${'aDgJnRw'[index]}weVGR0hJSktMTU5PU`, name }));

const hostile = [
  person('AAAhostile', { name: `<img src=x onerror=alert(1)>${'W'.repeat(36)}`, quality: WEAK }),
  person('BBBhostile', { name: 'مرحبا \u202e evil.exe \u202d', microphone: 'muted' }),
  person('CCChostile', { name: `Z${'\u0300\u0301\u0302\u0303\u0304\u0305'.repeat(9)}algo` }),
  person('DDDhostile', { name: '👩‍👩‍👧‍👦'.repeat(5), handUp: true }),
  person('EEEhostile', { name: '\u200b\u2800\u3164' }),
  person('FFFhostile', { name: 'Anna', peer: { phase: 'failed', reason: 'different' }, trust: 'failed' }),
  person('GGGhostile', { name: 'Pneumonoultramicroscopic'.repeat(3).slice(0, 64), tamperedBoxes: 3 }),
];

const TALK: readonly ChatMessage[] = [
  chatMessage('Cuwe', 1, { authorName: 'Marco', text: 'Good evening! Does everybody hear me?' }),
  ownMessage(2, { text: 'Loud and clear 🙂' }),
  chatMessage('z3we', 3, {
    authorName: 'Юля',
    text: 'И я слышу. @Anna, расписание здесь: https://example.org/plan',
    reactions: [{ emoji: '👍', by: ['Cuwe', ROOM.self.id] }],
  }),
  ownMessage(4, { text: 'Thank you!\nSee you on Friday.', delivery: 'sending' }),
];
const talking = room({ participants: busy, chat: TALK });
const openChat = async (page: Page) => {
  const toggle = page.locator('#chat-toggle');
  await page.locator('#chat-input').waitFor({ state: 'attached' });
  await page.locator('#stage[data-chat]').waitFor();
  const isOpen = (await toggle.getAttribute('aria-expanded')) === 'true';
  if (!isOpen && (await toggle.isVisible())) await toggle.click();
};

/** The oldest were forgotten. */
const FORGETTING = [[1, 2, 3].map((number) => chatMessage('Cuwe', number - 100)).concat(TALK), TALK].map(
  (chat) => room({ participants: busy, chat }),
);

const [a = '', b = '', c = ''] = busy.map(({ id }) => id);
const filesShown = (page: Page) => page.locator('#files-list > .file').first().waitFor({ state: 'attached' });
const FILE_SCENES = fileScenes(a, b, c);
const OFFERED = FILE_SCENES['files-offered'] ?? [];
/** `files-in-chat`, `files-several`, `files-out-ended` and `files-left` have the same entries. */
const PICTURED = new Set(['files-offered', 'files-moving', 'files-in-ended', 'files-whole']);
const FILES: readonly PageScene[] = Object.entries(FILE_SCENES).map(([name, files]) => ({
  name,
  ...(name !== 'files-offered' && name !== 'files-several' && { follows: true }),
  ...(PICTURED.has(name) && { pictured: true }),
  states: [room({ participants: busy }), room({ participants: busy, files })],
  act: filesShown,
}));

/** As a file manager does, over the card of somebody. */
const dragFileOver = async (page: Page) => {
  await page.locator('[data-person] .person-send').first().waitFor({ state: 'attached' });
  await page.locator('#chat-file').waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.querySelector('#chat-file[aria-disabled], #chat-file[title]'));
  await page
    .locator('[data-person]')
    .first()
    .evaluate((card) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['words'], 'words.txt'));
      card.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
    });
};

const RAISED = busy.map((one) => ({ ...one, handUp: true }));

const [first, second, third] = busy.map(({ id }) => id);
const RECORDING_SCENES: readonly PageScene[] = Object.entries(
  recordingScenes(first ?? '', second ?? '', third ?? ''),
).map(([name, recording]) => ({
  name,
  ...(name === 'recording-asked' && { follows: 'by-escape' }),
  // `recording-own` and `recording-kept` have the same parts.
  ...((name === 'recording-others' || name === 'recording-failed') && { pictured: true }),
  states: [room({ participants: busy, recording })],
}));

export const PAGE_SCENES: readonly PageScene[] = [
  { name: 'connecting', states: [before({ signaling: { phase: 'connecting' } })] },
  { name: 'join-empty', follows: true, states: [before({})] },
  { name: 'join', follows: true, states: [before({ participants: others(4) })] },
  { name: 'join-missing', follows: true, states: [before({ others: 4, callMissing: true })] },
  { name: 'join-crowd', follows: true, states: [before({ participants: others(11) })] },
  {
    name: 'join-name-missing',
    follows: true,
    states: [before({ participants: others(2) })],
    act: click('#join-leave'),
  },
  {
    name: 'joining',
    states: [room({ call: 'joining', microphone: { phase: 'asking' }, participants: others(2) })],
  },
  {
    name: 'door-waiting',
    follows: true,
    states: [room({ call: 'joining', door: 'waiting', participants: others(2) })],
  },
  { name: 'door-refused', follows: true, states: [before({ door: 'refused', participants: others(2) })] },
  { name: 'door-locked', follows: true, states: [before({ door: 'locked', others: 2 })] },
  {
    name: 'own-door-locked',
    states: [room({ participants: busy, capacity: 6 })],
    ownDoor: { locked: true, lobby: true, waiting: [] },
  },
  {
    name: 'own-door-crowd',
    follows: true,
    states: CROWDED,
    ownDoor: { locked: false, lobby: true, waiting: asking(7) },
  },
  { name: 'alone', states: [room({})] },
  {
    name: 'two',
    follows: true,
    states: [room({ participants: others(1, () => ({ speaking: true })), placeFree: false })],
  },
  {
    name: 'call',
    follows: true,
    states: [room({ participants: busy, capacity: 6, self: { ...SELF, speaking: true } })],
  },
  {
    name: 'six',
    follows: true,
    states: [room({ participants: others(5, (index) => ({ speaking: index === 3 })), capacity: 8 })],
  },
  {
    name: 'no-connection',
    follows: true,
    states: [
      room({ participants: connected(stuck), capacity: 6 }),
      room({ participants: stuck, capacity: 6 }),
    ],
  },
  {
    name: 'no-connection-details',
    follows: true,
    states: [room({ participants: connected(stuck.slice(0, 1)) }), room({ participants: stuck.slice(0, 1) })],
    act: click('.person[data-kind="other"] .peer-state'),
  },
  { name: 'cut-off', follows: 'by-escape', states: [room({ participants: flooding })] },
  { name: 'crowd', follows: true, states: CROWDED },
  { name: 'hostile-names', follows: true, states: [room({ participants: hostile, capacity: 12 })] },
  {
    name: 'muted',
    follows: true,
    states: [
      room({
        participants: busy,
        microphone: { phase: 'live', muted: true, hint: 'talking-muted' },
        self: { ...SELF, handUp: true },
      }),
    ],
  },
  {
    name: 'push-to-talk',
    states: [room({ participants: busy, microphone: { phase: 'live', muted: true, hint: null } })],
    preferences: { pushToTalk: true },
  },
  {
    name: 'silent',
    states: [
      room({ participants: busy, microphone: { phase: 'live', muted: false, hint: 'silent' } }),
      room({ participants: RAISED, microphone: { phase: 'live', muted: false, hint: 'silent' } }),
    ],
  },
  {
    name: 'unread',
    states: [room({ participants: busy }), room({ participants: busy, chat: TALK.slice(2, 3) })],
  },
  { name: 'chat', states: [talking], act: openChat },
  {
    name: 'message-reaction',
    follows: true,
    states: [talking],
    act: async (page) => {
      await openChat(page);
      await page.locator('.message-react').last().click();
      await page.locator('.quick').waitFor();
    },
  },
  {
    name: 'emoji',
    follows: 'by-escape',
    states: [talking],
    act: async (page) => {
      await openChat(page);
      await page.locator('#chat-emoji').click();
      await page.locator('.emoji-cell').first().waitFor();
    },
  },
  {
    name: 'mention',
    follows: 'by-escape',
    states: [talking],
    act: async (page) => {
      await openChat(page);
      await page.locator('#chat-input').fill('@');
      await page.locator('.mention-option').first().waitFor();
    },
  },
  { name: 'chat-forgetting', states: FORGETTING, act: openChat },
  ...FILES,
  {
    name: 'files-none',
    follows: true,
    states: [room({ participants: busy, filesAllowed: false })],
    act: (page) => page.locator('#chat-file').waitFor({ state: 'attached' }),
  },
  {
    name: 'files-in-chat',
    follows: true,
    states: [room({ participants: busy, chat: TALK, files: OFFERED })],
    act: openChat,
  },
  {
    name: 'files-unseen',
    states: [...CROWDED, room({ participants: crowd, capacity: 12, placeFree: false, files: OFFERED })],
    act: filesShown,
  },
  {
    name: 'files-left',
    states: [talking, before({ others: 3, chat: TALK, files: FILE_SCENES['files-whole'] ?? [] })],
    act: filesShown,
  },
  {
    name: 'files-drop',
    states: [room({ participants: busy })],
    act: dragFileOver,
  },
  {
    name: 'settings',
    states: [room({ participants: busy })],
    act: async (page) => {
      await click('#settings-show')(page);
      await page.locator('dialog.settings').waitFor();
    },
  },
  {
    name: 'settings-unkept',
    follows: 'by-escape',
    states: [room({ participants: busy })],
    act: async (page) => {
      const kept = await page.evaluateHandle(() => Storage.prototype.setItem);
      await page.evaluate(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await page.locator('#settings-show').click();
      await page.locator('.settings .switch:not([aria-disabled="true"])').last().click();
      await page.locator('.unkept').waitFor();
      await kept.evaluate((setItem) => {
        Storage.prototype.setItem = setItem;
      });
    },
  },
  {
    name: 'check',
    states: [before({ participants: others(2) })],
    act: async (page) => {
      await click('#check-toggle')(page);
      await page.locator('#check-devices > *').first().waitFor();
    },
  },
  { name: 'reactions', states: [room({ participants: busy })], act: click('#react-toggle') },
  {
    name: 'numbers',
    follows: 'by-escape',
    states: [room({ participants: others(3, (index) => ({ quality: index === 1 ? WEAK : GOOD })) })],
    act: click('.person:nth-child(3) .peer-state'),
  },
  {
    name: 'sound-open',
    follows: 'by-escape',
    states: CROWDED,
    act: async (page) => {
      const more = page.locator('.person:nth-child(2) .person-more');
      if (await more.isVisible()) await more.click();
    },
  },
  {
    name: 'microphone-denied',
    states: [room({ participants: busy, microphone: { phase: 'none', reason: 'denied' } })],
  },
  { name: 'sound-blocked', follows: true, states: [room({ participants: busy, soundBlocked: true })] },
  {
    name: 'retrying-blocked',
    follows: true,
    states: [before({ signaling: { phase: 'retrying', why: 'blocked' } })],
  },
  {
    name: 'retrying-back',
    follows: true,
    states: [
      before({ signaling: { phase: 'retrying', why: 'no-answer' } }),
      before({ call: 'joining', returned: true, signaling: { phase: 'retrying', why: 'no-answer' } }),
    ],
  },
  {
    name: 'retrying-no-network',
    follows: true,
    states: [room({ participants: busy, signaling: { phase: 'retrying', why: 'no-network' } })],
  },
  {
    name: 'retrying',
    follows: true,
    wordsOnly: true,
    states: [room({ participants: busy, wayBack: true, signaling: { phase: 'retrying', why: 'no-answer' } })],
  },
  {
    name: 'retrying-another-room',
    follows: true,
    wordsOnly: true,
    states: [room({ participants: busy, signaling: { phase: 'retrying', why: 'another-room' } })],
  },
  {
    name: 'full',
    follows: true,
    states: [before({ full: true, placeFree: false, participants: others(5) })],
  },
  {
    name: 'full-free',
    follows: true,
    states: [before({ full: true, placeFree: true, participants: others(5) })],
  },
  {
    name: 'full-own',
    follows: true,
    states: [before({ full: true, placeFree: false, participants: others(5) })],
    ownDoor: { locked: false, lobby: false, waiting: [] },
  },
  { name: 'full-kept', states: [before({ full: true, placeFree: true, participants: others(5) })] },
  {
    name: 'verify',
    follows: true,
    states: [room({ participants: busy })],
    act: click('.person:nth-child(3) .trust'),
  },
  {
    name: 'verified',
    follows: 'by-escape',
    states: [room({ participants: busy })],
    act: click('.person:nth-child(2) .trust'),
  },
  {
    name: 'privacy',
    follows: 'by-escape',
    states: [room({ participants: busy })],
    act: click('#privacy-show'),
  },
  ...RECORDING_SCENES,
  {
    name: 'recording-choose',
    states: [room({ participants: busy, recording: { own: { phase: 'choosing' }, others: [], kept: [] } })],
    act: (page) => page.locator('#record-dialog[open]').waitFor(),
  },
  {
    name: 'switch',
    states: [room({ participants: busy })],
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
  { name: 'browser-only', states: [{ kind: 'unsupported', invite: INVITE }] },
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
      await page.locator('#paste-input').fill(INVITE);
      await page.locator('#paste-input').press('Enter');
    },
  },
];

/** Leaves the focus, which a key has made visible, nowhere. */
async function closeByEscape(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
}

/** Shows the scene in a page that remembers nothing of the one before, but where it follows that: then it is to be shown right after it. */
export async function showScene(
  view: ViewPage,
  { states, follows, preferences, ownDoor, act }: PageScene,
): Promise<void> {
  if (follows === undefined) await view.reload(preferences);
  if (follows === 'by-escape') await closeByEscape(view.page);
  for (const state of states) await view.show(state);
  if (ownDoor !== undefined) await view.showOwnDoor(ownDoor);
  await act?.(view.page);
}
