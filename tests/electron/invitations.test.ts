/** Owns the flow of links and people in a real window: a new link, invitations, and removing somebody. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { HostBridge } from '../../main/common/host-api/commands.ts';
import { CLOSE_CODES } from '../../main/common/protocol/messages.ts';
import { hasFocus } from '../support/browser/focus.ts';
import { type Desktop, describeDesktop, launchDesktop } from '../support/host/electron.ts';
import { until } from '../support/time/until.ts';
import { SocketGuest } from '../support/wire/socket-guest.ts';

const REFUSED = `closed with ${CLOSE_CODES['auth-failed']}`;

describeDesktop('links and people in the window', () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await launchDesktop();
  });
  beforeEach(async () => {
    const { page, app } = desktop;
    await app.evaluate(({ clipboard }) => clipboard.clear());
    await page.getByRole('button', { name: 'Host', exact: true }).click();
    await page.getByRole('link').waitFor();
  });
  /** Each case has a room of its own, and the window as it is at first. */
  afterEach(async () => {
    const { page } = desktop;
    await page.evaluate(() => (Reflect.get(window, 'host') as HostBridge).stop());
    await page.reload();
  });
  afterAll(() => desktop.dispose());

  const shownInvite = async () => (await desktop.page.getByRole('link').getAttribute('href')) ?? '';
  const inviteOtherThan = (old: string) => until('another link', shownInvite, (invite) => invite !== old);
  const button = (name: string | RegExp) =>
    desktop.page.getByRole('button', { name, exact: typeof name === 'string' });
  const waiting = () => desktop.page.locator('.people-onlookers');
  const copied = () => desktop.app.evaluate(({ clipboard }) => clipboard.readText());
  const focusedText = () => desktop.page.evaluate(() => document.activeElement?.textContent);

  it('makes a new link after asking: the old one is refused, the new one works, those inside stay', async () => {
    const { page } = desktop;
    const old = await shownInvite();
    const anna = await SocketGuest.enter(old, 'Anna');
    await page.getByRole('listitem').getByText('Anna').waitFor();

    await button('New link').click();
    await page.getByRole('alertdialog', { name: 'Make a new link?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' });
    expect(await shownInvite()).toBe(old);

    await button('New link').click();
    await button('Make new link').click();
    const invite = await inviteOtherThan(old);
    await page.getByText('This link is new').waitFor();
    await expect(SocketGuest.enter(old, 'Eve')).rejects.toThrow(REFUSED);
    const ben = await SocketGuest.enter(invite, 'Ben');
    await page.getByRole('listitem').getByText('Ben').waitFor();
    expect(await page.getByRole('listitem').getByText('Anna').isVisible()).toBe(true);

    await button('Copy link').click();
    await page.getByText('This link is new').waitFor({ state: 'detached' });
    expect(await copied()).toBe(invite);
    await Promise.all([anna.closeTab(), ben.closeTab()]);
  });

  it('removes a person after asking by name: they get 4411, their link is over, and the window says so', async () => {
    const { page } = desktop;
    const old = await shownInvite();
    const mallory = await SocketGuest.enter(old, 'Mallory');
    const anna = await SocketGuest.enter(old, 'Anna');
    await button(/^Remove .*Anna/).waitFor();
    await button(/^Remove .*Mallory/).click();
    await page.getByRole('alertdialog', { name: /Mallory/ }).waitFor();
    await button('Remove').click();
    expect(await mallory.closed).toBe(4411);
    await page.getByRole('listitem').getByText('Mallory').waitFor({ state: 'detached' });
    await until('the focus', focusedText, (text) => text === 'In the room: 1 of 6');
    await page.getByText('This link is new').waitFor();
    await expect(SocketGuest.enter(old, 'Mallory')).rejects.toThrow(REFUSED);
    expect(await page.getByRole('listitem').getByText('Anna').isVisible()).toBe(true);
    await SocketGuest.enter(await inviteOtherThan(old), 'Ben');
    await anna.closeTab();
  });

  it('invites one person: the link is copied by its own button, and gone once it is used', async () => {
    const { page } = desktop;
    await button('Invite one person').click();
    await page.getByText('For one person', { exact: true }).waitFor();
    await until('the focus on Copy', focusedText, (text) => text === 'Copy');
    await page.keyboard.press('Enter');
    const invite = await until('the copy', copied, (text) => text.includes('#'));
    expect(invite).not.toBe(await shownInvite());
    await SocketGuest.enter(invite, 'Anna');
    await page.getByText('For one person', { exact: true }).waitFor({ state: 'detached' });
    await expect(SocketGuest.enter(invite, 'Eve')).rejects.toThrow(REFUSED);
    expect(await page.getByText('This link is new').count()).toBe(0);
  });

  it('shuts out who has not joined, and keeps the keyboard in the card whose button is gone', async () => {
    const { page } = desktop;
    const old = await shownInvite();
    const lurker = await SocketGuest.open(old);
    await button('Shut out').press('Enter');
    await page.getByRole('alertdialog', { name: 'Shut out everyone who has not joined?' }).waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await lurker.closed).toBe(CLOSE_CODES['auth-failed']);
    await waiting().waitFor({ state: 'detached' });
    await until('the focus', focusedText, (text) => text === 'In the room: 0 of 6');
    await expect(SocketGuest.open(old)).rejects.toThrow(REFUSED);
  });

  it('keeps the keyboard in the card where others take away what has the focus', async () => {
    const { page } = desktop;
    const anna = await SocketGuest.enter(await shownInvite(), 'Anna');
    await button(/^Remove .*Anna/).focus();
    await anna.closeTab();
    await until('the focus', focusedText, (text) => text === 'In the room: 0 of 6');

    const lurker = await SocketGuest.open(await shownInvite());
    await button('Shut out').press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await lurker.closeTab();
    await waiting().waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await until('the focus', focusedText, (text) => text === 'In the room: 0 of 6');

    await button('Invite one person').press('Enter');
    await until('the focus on Copy', focusedText, (text) => text === 'Copy');
    await page.keyboard.press('Enter');
    const invite = await until('the copy', copied, (text) => text.includes('#'));
    await SocketGuest.enter(invite, 'Ben');
    await until('the focus', focusedText, (text) => text === 'Invitations');
  });

  it('makes a link with an expiry by the keyboard alone, and revokes it', async () => {
    const { page } = desktop;
    await button('Link with an expiry').press('Enter');
    await until('the focus on 1 hour', () => hasFocus(page.getByRole('radio', { name: '1 hour' })), Boolean);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByText('Expires in 24 hours').waitFor();
    await until('the focus on Copy', focusedText, (text) => text === 'Copy');
    await page.keyboard.press('Enter');
    const invite = await until('the copy', copied, (text) => text.includes('#'));
    await page.keyboard.press('Tab');
    expect(await focusedText()).toBe('Revoke');
    await page.keyboard.press('Enter');
    await page.getByText('Expires in 24 hours').waitFor({ state: 'detached' });
    await until('the focus', focusedText, (text) => text === 'Invite one person');
    await expect(SocketGuest.enter(invite, 'Eve')).rejects.toThrow(REFUSED);
  });
});
