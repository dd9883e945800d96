/** Owns proof that links under the app's own scheme reach the one app there is, one call at a time, and are told apart. */

import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HostBridge } from '../../main/common/host-api/commands.ts';
import { ok } from '../../main/common/result.ts';
import { TalkingApp } from '../support/host/app-call.ts';
import { appArguments, describeDesktop, findElectron } from '../support/host/electron.ts';
import { answerQuestions } from '../support/host/native-questions.ts';
import { until } from '../support/time/until.ts';

const FRAGMENT = `#${'A'.repeat(43)}.${'A'.repeat(22)}`;
/** Nobody is there, which the page says by itself. */
const linkTo = (port: number) => `secret-call://localhost:${port}/${FRAGMENT}`;

describeDesktop('a link that the system hands to the app', () => {
  let app: TalkingApp;
  beforeAll(async () => {
    app = await TalkingApp.launch(440);
  });
  afterAll(() => app.dispose());

  /** Starts the program once more, as the system does for a link; the first one takes it over. */
  function startAgain(...args: readonly string[]): Promise<number | null> {
    const { dataDirectory } = app.desktop;
    const child = spawn(
      findElectron() ?? '',
      [...appArguments(path.join(dataDirectory, 'profile')), ...args],
      {
        stdio: 'ignore',
        env: { ...process.env, SECRET_CALL_DATA: dataDirectory },
      },
    );
    return new Promise((resolve) => child.once('close', resolve));
  }

  /** What `startAgain` comes to in the first one, at the same moment for all. */
  const hand = (...links: readonly string[]) =>
    app.desktop.app.evaluate(({ app: electron }, all) => {
      for (const link of all) electron.emit('second-instance', {}, ['secret-call', link], '/');
    }, links);

  /** Servers of the call windows there are. */
  const servers = () =>
    Promise.all(
      app
        .callWindows()
        .map((page) =>
          page
            .evaluate(() => (Reflect.get(globalThis, 'app') as { server?: string } | undefined)?.server)
            .catch(() => '…'),
        ),
    );
  const callAt = (port: number) =>
    until('the call', servers, (all) => all.join() === `http://localhost:${port}`);

  it('opens its call, while the host’s window stays as it was', async () => {
    const { desktop } = app;
    const shown = () =>
      desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((w) => w.isVisible()));
    // Its page is there a moment before it is shown, and what was hidden before that would be shown then.
    await until('the host’s window', shown, ([host]) => host === true);
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    expect(await startAgain(linkTo(1))).toBe(0);
    await callAt(1);
    await until('the call’s window', shown, (all) => all.filter(Boolean).length === 1);
    expect(desktop.page.url()).toBe('app://window/index.html');
  });

  it('gives way to a newer one: there are never two windows', async () => {
    await hand(linkTo(2), linkTo(3), linkTo(4));
    await callAt(4);
    expect(app.callWindows()).toHaveLength(1);

    const fromWindow = (links: readonly string[]) =>
      app.desktop.page.evaluate((all) => {
        const host = Reflect.get(globalThis, 'host') as HostBridge;
        return Promise.all(all.map((link) => host.joinCall(link)));
      }, links);
    expect(await fromWindow([linkTo(5), linkTo(6), linkTo(4)])).toEqual([ok(null), ok(null), ok(null)]);
    await callAt(4);
    expect(app.callWindows()).toHaveLength(1);
  });

  it.each([
    ['is cut', linkTo(5).slice(0, -1), 'cut off'],
    ['was changed', `${linkTo(5)}A`, 'changed on its way'],
    ['has a user name', `secret-call://localhost@evil.example/${FRAGMENT}`, 'user name'],
    ['is none', `secret-call:javascript:alert(1)${FRAGMENT}`, 'no link'],
  ])('says so where it %s, and nothing else happens', async (_, link, words) => {
    const asked = await answerQuestions(app.desktop, 'OK');
    await hand(link);
    const [question] = await until('the words', asked, ({ length }) => length > 0);
    expect(question?.message).toBe('This link could not be opened.');
    expect(question?.detail).toContain(words);
    expect(await servers()).toEqual(['http://localhost:4']);
  });

  it('says so where it was another version that was started', async () => {
    const asked = await answerQuestions(app.desktop, 'OK');
    await app.desktop.app.evaluate(({ app: electron }) => {
      electron.emit('second-instance', {}, ['secret-call'], '/', { version: '9.9.9' });
    });
    const [question] = await until('the words', asked, ({ length }) => length > 0);
    expect(question?.message).toContain('You started version 9.9.9');
  });

  it('asks before the call one is in is left, and the room one hosts goes on', async () => {
    const { desktop } = app;
    const live = await app.host();
    const me = await app.talkHere('Ann');
    await me.join();
    const asked = await answerQuestions(desktop, 'Cancel');
    await desktop.page.evaluate(async () => {
      const host = Reflect.get(globalThis, 'host') as HostBridge;
      await host.room({ type: 'new-link' });
      await host.talkHere();
    });
    expect(await asked()).toEqual([]);
    await hand(linkTo(6));
    await until('the question', asked, ({ length }) => length === 1);
    await me.showsStatus('Live');
    expect(await servers()).toEqual([live.local.origin]);

    await answerQuestions(desktop, 'Leave');
    await hand(linkTo(7));
    await callAt(7);
    expect((await fetch(new URL('/healthz', live.local.invite))).ok).toBe(true);
    expect(await desktop.page.getByRole('button', { name: 'Stop', exact: true }).isVisible()).toBe(true);
  });
});
