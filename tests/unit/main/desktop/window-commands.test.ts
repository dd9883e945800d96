/** Owns proof that only the room's own invites leave the window, and only to where they may. */

import { describe, expect, it } from 'vitest';
import type { UpdateAction, WindowSnapshot } from '../../../../main/common/host-api/updates.ts';
import { fail, ok } from '../../../../main/common/result.ts';
import type { CallTarget } from '../../../../main/desktop/call/call-target.ts';
import { createJoinCall } from '../../../../main/desktop/call/join-call.ts';
import { createWindowCommands, mayOpenOutside } from '../../../../main/desktop/window-commands.ts';
import type { HostOptions } from '../../../../main/host/options.ts';
import { DEFAULT_PREFERENCES } from '../../../../main/settings.ts';
import { linkAt, liveStatus, snapshotOf } from '../../../support/host/host-samples.ts';

function createStage(
  snapshot: WindowSnapshot,
  openExternal = async (_url: string) => {},
  answer = async () => true,
) {
  const copied: string[] = [];
  const opened: string[] = [];
  const started: HostOptions[] = [];
  const calls: string[] = [];
  const updates: UpdateAction[] = [];
  const open = async ({ server, fragment }: CallTarget) => {
    calls.push(server + fragment);
    return answer();
  };
  const done = async () => ok(null);
  const commands = createWindowCommands({
    host: {
      snapshot,
      async start(options) {
        started.push(options);
        return ok(null);
      },
      stop: done,
      stopServer: done,
      expectHost: () => null,
      prepare() {},
      goOn: done,
      startAnew: done,
      addOrigin: done,
      room: done,
      setPreferences: done,
      addTurnServer: done,
      addTurnServers: done,
      setRelayOnly: done,
      removeTurnServer: done,
      turnTestAccess: async () => fail('bad-options'),
    },
    clipboard: {
      async writeText(text) {
        copied.push(text);
      },
    },
    shell: {
      openExternal: (url) => {
        opened.push(url);
        return openExternal(url);
      },
    },
    relaySetup: {
      chooseFolder: async () => ok(null),
      write: async () => fail({ kind: 'folder', note: 'none' }),
      show: done,
      add: done,
    },
    snapshots: { snapshot },
    updates: {
      async handle(action) {
        updates.push(action);
        return ok(null);
      },
    },
    calls: { open },
    joinCall: createJoinCall({ status: () => snapshot.status, open }),
    startAtLogin: { isOn: async () => false, set: done },
  });
  return { commands, copied, opened, started, calls, updates };
}

const room = liveStatus({
  public: linkAt('https://x.lhr.life'),
  others: [linkAt('https://192.168.1.2:8790')],
  invitations: [
    { id: 2, kind: 'one-time', link: { origin: 'https://x.lhr.life', invite: 'https://x.lhr.life/#o.t' } },
  ],
});

describe('openInvite and copyInvite', () => {
  it.each([room.local, room.public, ...room.others, ...room.invitations.map(({ link }) => link)])(
    'pass on $invite unchanged',
    async ({ invite }) => {
      const { commands, copied, opened } = createStage(snapshotOf(room));
      expect(await commands.openInvite(invite)).toEqual(ok(null));
      expect(await commands.copyInvite(invite)).toEqual(ok(null));
      expect([opened, copied]).toEqual([[invite], [invite]]);
    },
  );

  it.each(['https://example.com/', `${room.local.invite} `, room.public.origin, ''])(
    'refuse "%s"',
    async (text) => {
      const { commands, copied, opened } = createStage(snapshotOf(room));
      const refused = { ok: false, error: 'bad-options' };
      expect(await commands.openInvite(text)).toEqual(refused);
      expect(await commands.copyInvite(text)).toEqual(refused);
      expect([opened, copied]).toEqual([[], []]);
    },
  );

  it('have nothing to pass on while the room is closed', async () => {
    const { commands } = createStage(snapshotOf({ phase: 'idle' }));
    expect(await commands.openInvite(room.local.invite)).toEqual({ ok: false, error: 'not-live' });
    expect(await commands.copyInvite(room.local.invite)).toEqual({ ok: false, error: 'not-live' });
  });

  it('never open plain http to anywhere else, not even from a snapshot', async () => {
    const link = linkAt('http://192.168.1.2:8790');
    const { commands, opened } = createStage(snapshotOf({ ...room, others: [link] }));
    expect(await commands.openInvite(link.invite)).toEqual({ ok: false, error: 'bad-options' });
    expect(opened).toEqual([]);
  });

  it('say so when there is no browser to open it', async () => {
    const { commands } = createStage(snapshotOf(room), () => Promise.reject(new Error('no browser')));
    expect(await commands.openInvite(room.local.invite)).toEqual({ ok: false, error: 'internal' });
  });
});

describe('talkHere', () => {
  it('goes to the own room on this computer, not through the tunnel', async () => {
    const { commands, calls } = createStage(snapshotOf(room));
    expect(await commands.talkHere()).toEqual(ok(null));
    expect(calls).toEqual([room.local.origin + new URL(room.local.invite).hash]);
  });

  it('is refused while there is no room', async () => {
    const { commands, calls } = createStage(snapshotOf({ phase: 'idle' }));
    expect(await commands.talkHere()).toEqual({ ok: false, error: 'not-live' });
    expect(calls).toEqual([]);
  });
});

describe('joinCall', () => {
  const invite = linkAt('https://elsewhere.example').invite;

  it('goes to the call of the link in the text', async () => {
    const { commands, calls } = createStage(snapshotOf({ phase: 'idle' }));
    expect(await commands.joinCall(`Here: ${invite}.`)).toEqual(ok(null));
    expect(calls).toEqual([invite.replace('/#', '#')]);
  });

  it.each([
    ['', 'link-empty'],
    ['hello', 'link-not-a-link'],
    [invite.slice(0, -1), 'link-cut'],
    [`${invite}A`, 'link-changed'],
    [invite.replace('https', 'http'), 'link-insecure'],
    [invite.replace('//', '//localhost@'), 'link-credentials'],
  ])('says what is the matter with %j', async (text, error) => {
    const { commands, calls } = createStage(snapshotOf(room));
    expect(await commands.joinCall(text)).toEqual({ ok: false, error });
    expect(calls).toEqual([]);
  });

  it('is no failure where the person stays in the call they are in, and one where none can be shown', async () => {
    const answering = (answer: () => Promise<boolean>) =>
      createStage(snapshotOf(room), undefined, answer).commands.joinCall(invite);
    expect(await answering(async () => false)).toEqual(ok(null));
    expect(await answering(() => Promise.reject(new Error('no window')))).toEqual({
      ok: false,
      error: 'internal',
    });
  });
});

describe('mayOpenOutside', () => {
  it.each([
    ['https://x.lhr.life/#a.b', true],
    ['http://localhost:8790/#a.b', true],
    ['http://127.0.0.1:8790/', true],
    ['http://[::1]:8790/', true],
    ['http://localhost.example/', false],
    ['http://127.0.0.1.example/', false],
    ['https://user@example.com/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['app://window/index.html', false],
    ['not an address', false],
  ])('%s: %s', (address, allowed) => {
    expect(mayOpenOutside(address)).toBe(allowed);
  });
});

describe('start', () => {
  it('starts with the preferences, a pair having two places', async () => {
    const snapshot = snapshotOf(
      { phase: 'idle' },
      { preferences: { ...DEFAULT_PREFERENCES, mode: '1x1', capacity: 9, port: 0 } },
    );
    const { commands, started } = createStage(snapshot);
    await commands.start();
    expect(started).toEqual([
      {
        mode: '1x1',
        capacity: 2,
        port: 0,
        tunnel: 'localhost.run',
        otherTunnel: true,
        lan: false,
        keepRoom: false,
        lobby: false,
        files: true,
        relayOnly: false,
        origins: [],
      },
    ]);
  });
});
