/** Owns every screen of the host's window: each state, and what opens in it. */

import type { Page } from 'playwright';
import type { LiveStatus } from '../../../main/common/host-api/snapshot.ts';
import type { WindowSnapshot } from '../../../main/common/host-api/updates.ts';
import type { Language } from '../../../main/common/translate.ts';
import { type WindowTexts, windowTexts } from '../../../renderer/i18n/texts.ts';
import { liveStatus, snapshotOf } from './host-samples.ts';
import type { ShownWindow } from './shown-window.ts';
import { updatesOf, windowStates } from './window-states.ts';

export interface WindowScene {
  readonly name: string;
  readonly snapshot: WindowSnapshot;
  /** What the person does then; main has no open room, so that each command for one fails. */
  readonly act?: (page: Page, t: WindowTexts) => Promise<void>;
  /** What comes after that. */
  readonly next?: WindowSnapshot;
}

const { live, crowded, inviting, idle } = windowStates;

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();

async function ask(page: Page, opener: string): Promise<void> {
  await press(page, opener);
  await page.getByRole('alertdialog').waitFor();
}

/** With the answers as a person types them; the window keeps those of the scene before. */
async function setUpRelay(
  page: Page,
  t: WindowTexts,
  answers: readonly [domain: string, email: string, address: string],
) {
  await press(page, t('app.settings'));
  await press(page, t('relay.open'));
  const back = page.getByRole('button', { name: t('relay.back') });
  if (await back.isVisible()) await back.click();
  for (const [index, field] of (['domain', 'email', 'address'] as const).entries())
    await page.getByLabel(t(`relay.${field}`), { exact: true }).fill(answers[index] ?? '');
  await press(page, t('relay.choose-folder'));
  await page.locator('.relay-path').waitFor();
  await press(page, t('relay.write'));
}

/** The same room with another link for guests. */
const renewed = ({ local, public: outside, ...rest }: LiveStatus) => {
  const other = (invite: string) => `${invite.slice(0, -4)}Zz9_`;
  return liveStatus({
    ...rest,
    local: { ...local, invite: other(local.invite) },
    public: outside && { ...outside, invite: other(outside.invite) },
  });
};

const opened: readonly WindowScene[] = [
  {
    name: 'the settings',
    snapshot: {
      ...live,
      preferences: { ...live.preferences, lan: true, port: 65_535 },
      ...updatesOf({ phase: 'offered', version: '0.12.3' }),
      turnServers: [
        { url: 'turn:turn.example.org:3478', kind: 'shared-secret' },
        { url: `turns:${'long-name.'.repeat(8)}example.org:443?transport=tcp`, kind: 'static' },
      ],
    },
    async act(page, t) {
      await press(page, t('app.settings'));
      await press(page, t('settings.stun-add'));
      const entry = page.getByRole('textbox').last();
      await entry.fill('https://not-a-stun-server.example');
      await entry.press('Enter');
      await page.getByText(t('settings.stun-bad')).waitFor();
      await press(page, t('settings.turn-test'));
      await page.locator('.turn-test-fails').nth(1).waitFor();
      await press(page, t('settings.turn-add'));
      await page.getByLabel(t('settings.turn-url'), { exact: true }).fill('turn://turn.example.org');
      await press(page, t('settings.turn-submit'));
      await page.getByText(t('turn-fault.slashes')).waitFor();
    },
  },
  {
    name: 'a relay of one’s own, by answers that are wrong',
    snapshot: idle,
    async act(page, t) {
      await setUpRelay(page, t, ['https://turn.example.org', 'nobody', '203.0.113']);
      await page.getByText(t('relay-fault.email')).waitFor();
    },
  },
  {
    name: 'the files of a relay of one’s own, on the list',
    snapshot: idle,
    async act(page, t) {
      await setUpRelay(page, t, ['turn.example.org', '', '203.0.113.7/10.0.0.5']);
      await press(page, t('relay.add'));
      await page.getByText(t('relay.added')).waitFor();
    },
  },
  {
    name: 'what is private',
    snapshot: live,
    act: (page, t) => press(page, t('privacy.title')),
  },
  {
    name: 'the question before a new link, which fails',
    snapshot: live,
    async act(page, t) {
      await ask(page, t('invite.new'));
      await press(page, t('invite.new-confirm'));
      await page.getByRole('alertdialog').getByRole('alert').waitFor();
    },
  },
  {
    name: 'the question before a removal',
    snapshot: crowded,
    async act(page) {
      await page.getByRole('button', { name: 'Hohenzollern' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'the question before shutting out',
    snapshot: crowded,
    act: (page, t) => ask(page, t('onlookers.shut-out')),
  },
  {
    name: 'the question before the end for all',
    snapshot: live,
    act: (page, t) => ask(page, t('end-call.action')),
  },
  {
    name: 'the question before the end of the server',
    snapshot: live,
    act: (page, t) => ask(page, t('end-server.action')),
  },
  {
    name: 'letting in, which fails',
    snapshot: windowStates['some wait'],
    async act(page, t) {
      await press(page, t('waiting.admit-all'));
      await page.getByText(t('host-error.not-live')).waitFor();
    },
  },
  {
    name: 'a link with an expiry, after others that failed',
    snapshot: inviting,
    async act(page, t) {
      await press(page, t('invitations.revoke-name', { mark: '…x4Qf' }));
      await press(page, t('invitations.one-time'));
      await press(page, t('invitations.expiring'));
      await page.getByRole('alert').nth(1).waitFor();
    },
  },
  {
    name: 'an address that is refused, under a QR code',
    snapshot: live,
    async act(page, t) {
      await press(page, t('invite.qr'));
      await press(page, t('address.add'));
      await page.getByRole('textbox').fill('http://call.example.org/room');
      await page.getByRole('textbox').press('Enter');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'the way to another call',
    snapshot: idle,
    act: (page, t) => press(page, t('join.title')),
  },
  {
    name: 'the way to another call, by a link that was cut',
    snapshot: idle,
    async act(page, t) {
      await press(page, t('join.title'));
      await page.getByRole('textbox').fill('https://4f2a9c81b7d3e6.lhr.life/#kM3vXz0c1wqT8JpLr5bN7yUa2eHd9');
      await page.getByRole('textbox').press('Enter');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'a new link',
    snapshot: live,
    next: snapshotOf(renewed(live.status)),
  },
];

export const WINDOW_SCENES: readonly WindowScene[] = [
  ...Object.entries(windowStates).map(([name, snapshot]) => ({ name, snapshot })),
  ...opened,
];

export async function showWindowScene(window: ShownWindow, scene: WindowScene, language: Language) {
  while ((await window.page.locator('dialog[open]').count()) > 0) await window.page.keyboard.press('Escape');
  await window.show(idle, language);
  await window.show(scene.snapshot, language);
  await scene.act?.(window.page, windowTexts[language]);
  if (scene.next) await window.show(scene.next, language);
}
