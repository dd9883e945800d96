/** Owns proof of the IPC's order: who asks, then what, then the command. */

import type { IpcMainInvokeEvent, WebFrameMain } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  commandChannel,
  HOST_COMMANDS,
  type HostCommands,
} from '../../../../main/common/host-api/commands.ts';
import type { WindowSnapshot } from '../../../../main/common/host-api/updates.ts';
import { toDisposable } from '../../../../main/common/lifecycle.ts';
import { silentLogger } from '../../../../main/common/logger.ts';
import { fail, ok } from '../../../../main/common/result.ts';
import { connectWindow } from '../../../../main/desktop/ipc.ts';
import { snapshotOf } from '../../../support/host/host-samples.ts';

const RELAY = { domain: 'turn.example.org', address: '', email: '' };

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

function createStage() {
  const handlers = new Map<string, Listener>();
  const calls: string[] = [];
  const sent: unknown[][] = [];
  let destroyed = false;
  let publish = (_snapshot: WindowSnapshot) => {};
  const mainFrame = { url: 'app://window/index.html' } as WebFrameMain;
  const note =
    (name: string) =>
    async (...args: unknown[]) => {
      calls.push([name, ...args.map((arg) => JSON.stringify(arg))].join(' '));
      return ok(null);
    };
  const commands: HostCommands = {
    snapshot: async () => snapshotOf({ phase: 'idle' }),
    start: note('start'),
    goOn: note('goOn'),
    startAnew: note('startAnew'),
    stop: async () => {
      throw new Error('a bug with a secret in its message');
    },
    stopServer: note('stopServer'),
    setPreferences: note('setPreferences'),
    addTurnServer: note('addTurnServer'),
    removeTurnServer: note('removeTurnServer'),
    turnTestAccess: async () => fail('bad-options'),
    async chooseRelayFolder() {
      calls.push('chooseRelayFolder');
      return ok(null);
    },
    async writeRelay(typed) {
      calls.push(`writeRelay ${JSON.stringify(typed)}`);
      return fail({ kind: 'folder', note: 'none' });
    },
    showRelay: note('showRelay'),
    addRelay: note('addRelay'),
    addOrigin: note('addOrigin'),
    room: note('room'),
    talkHere: note('talkHere'),
    joinCall: note('joinCall'),
    copyInvite: note('copyInvite'),
    startsAtLogin: async () => ok(true),
    setStartAtLogin: note('setStartAtLogin'),
    openInvite: () => {
      throw new Error('another, before there is a promise');
    },
    update: note('update'),
  };
  const connection = connectWindow({
    ipc: {
      handle: (channel, listener) => void handlers.set(channel, listener),
      removeHandler: (channel) => void handlers.delete(channel),
    },
    contents: {
      mainFrame,
      isDestroyed: () => destroyed,
      send: (...message: unknown[]) => void sent.push(message),
    },
    commands,
    snapshots: {
      onSnapshot(listener) {
        publish = listener;
        return toDisposable(() => {
          publish = () => {};
        });
      },
    },
    logger: silentLogger,
  });
  const ask = async (name: keyof HostCommands, sender: WebFrameMain | null, ...args: unknown[]) =>
    handlers.get(commandChannel(name))?.({ senderFrame: sender } as IpcMainInvokeEvent, ...args);
  return {
    mainFrame,
    handlers,
    calls,
    sent,
    connection,
    ask,
    publish: (snapshot: WindowSnapshot) => publish(snapshot),
    destroy: () => {
      destroyed = true;
    },
  };
}

describe('connectWindow', () => {
  let stage: ReturnType<typeof createStage>;
  beforeEach(() => {
    stage = createStage();
  });

  it('runs a command of the window itself with parsed arguments', async () => {
    expect(await stage.ask('addOrigin', stage.mainFrame, 'https://a.example')).toEqual(ok(null));
    expect(await stage.ask('setPreferences', stage.mainFrame, { lan: true })).toEqual(ok(null));
    expect(
      await stage.ask('room', stage.mainFrame, { type: 'invite', request: { kind: 'one-time' } }),
    ).toEqual(ok(null));
    const hour = { type: 'invite', request: { kind: 'expiring', lifetimeMs: 3_600_000 } };
    expect(await stage.ask('room', stage.mainFrame, hour)).toEqual(ok(null));
    const removal = { type: 'remove', participant: 'A-_'.padEnd(22, 'A') };
    expect(await stage.ask('room', stage.mainFrame, removal)).toEqual(ok(null));
    expect(stage.calls).toEqual([
      'addOrigin "https://a.example"',
      'setPreferences {"lan":true}',
      'room {"type":"invite","request":{"kind":"one-time"}}',
      'room {"type":"invite","request":{"kind":"expiring","lifetimeMs":3600000}}',
      'room {"type":"remove","participant":"A-_AAAAAAAAAAAAAAAAAAA"}',
    ]);
  });

  it.each([
    ['nobody', null],
    ['another frame of the same page', { url: 'app://window/index.html' } as WebFrameMain],
  ])('refuses %s before looking at what is asked', async (_who, sender) => {
    for (const name of HOST_COMMANDS) await expect(stage.ask(name, sender, {})).rejects.toThrow('refused');
    expect(stage.calls).toEqual([]);
  });

  it('refuses the window itself while it shows another page', async () => {
    Object.assign(stage.mainFrame, { url: 'https://example.com/' });
    await expect(stage.ask('start', stage.mainFrame)).rejects.toThrow('refused');
  });

  it.each([
    ['start', [1]],
    ['addOrigin', []],
    ['addOrigin', [7]],
    ['copyInvite', ['a', 'b']],
    ['openInvite', [null]],
    ['update', []],
    ['update', ['https://evil.example/feed']],
    ['update', ['download', 'https://evil.example/secret-call-9.9.9.AppImage']],
    ['update', [{ action: 'download', version: '9.9.9' }]],
    ['update', [['install']]],
    ['room', [{ type: 'new-link' }, 'main']],
    ['room', [{ type: 'new-link', kind: 'main' }]],
    ['room', []],
    ['room', ['new-link']],
    ['room', [{ type: 'end', now: true }]],
    ['room', [{ type: 'lobby' }]],
    ['room', [{ type: 'admit', participant: 'all' }]],
    ['stopServer', [true]],
    ['addTurnServer', ['turn:a']],
    ['addTurnServer', [{ url: 'stun:a', credentials: { kind: 'shared-secret', secret: 's' } }]],
    ['addTurnServer', [{ url: 'turn:a', credentials: { kind: 'shared-secret', secret: '' } }]],
    ['addTurnServer', [{ url: 'turn:a', credentials: { kind: 'static', username: 'a\nb', password: 'p' } }]],
    ['addTurnServer', [{ url: 'turn:a', credentials: { kind: 'static', username: 'a' } }]],
    ['removeTurnServer', []],
    ['turnTestAccess', []],
    ['turnTestAccess', ['turn:a', 8 * 3_600]],
    ['turnTestAccess', [{ url: 'turn:a' }]],
    ['turnTestAccess', [`turn:${'a'.repeat(5_000)}`]],
    ['chooseRelayFolder', ['/etc']],
    ['writeRelay', []],
    ['writeRelay', [{ ...RELAY, folder: '/etc' }]],
    ['writeRelay', [{ ...RELAY, out: '/etc' }]],
    ['writeRelay', [RELAY, '/etc']],
    ['writeRelay', [{ domain: 'turn.example.org' }]],
    ['writeRelay', [{ ...RELAY, domain: ['turn.example.org'] }]],
    ['writeRelay', [{ ...RELAY, email: null }]],
    ...['domain', 'address', 'email'].map(
      (field) => ['writeRelay', [{ ...RELAY, [field]: 'a'.repeat(257) }]] as const,
    ),
    ['showRelay', ['/etc/passwd']],
    ['addRelay', [{ secret: 's' }]],
    ['room', [{ type: 'invite' }]],
    ['room', [{ type: 'invite', request: { kind: 'main' } }]],
    ['room', [{ type: 'invite', request: { kind: 'one-time', lifetimeMs: 3_600_000 } }]],
    ['room', [{ type: 'invite', request: { kind: 'expiring' } }]],
    ['room', [{ type: 'invite', request: { kind: 'expiring', lifetimeMs: 3_600_001 } }]],
    ['room', [{ type: 'revoke', invitation: '2' }]],
    ['room', [{ type: 'revoke', invitation: 0 }]],
    ['room', [{ type: 'revoke', invitation: 2.5 }]],
    ['room', [{ type: 'remove', participant: 7 }]],
    ['room', [{ type: 'remove', participant: 'A'.repeat(23) }]],
    ['room', [{ type: 'remove', participant: 'A'.repeat(21).concat('=') }]],
    ['setPreferences', [{ port: 70_000 }]],
    ['setPreferences', [{ mode: 'group', surprise: 1 }]],
  ] as const)('answers %s with arguments %j by a code', async (name, args) => {
    expect(await stage.ask(name, stage.mainFrame, ...args)).toEqual({ ok: false, error: 'bad-options' });
    expect(stage.calls).toEqual([]);
  });

  it('answers a thrown error by a code, without its words', async () => {
    expect(await stage.ask('stop', stage.mainFrame)).toEqual({ ok: false, error: 'internal' });
    expect(await stage.ask('openInvite', stage.mainFrame, 'https://a.example')).toEqual(fail('internal'));
  });

  it('sends snapshots while the window is there, and nothing after its end', () => {
    const snapshot = snapshotOf({ phase: 'idle' });
    stage.publish(snapshot);
    expect(stage.sent).toEqual([['host:snapshot-changed', snapshot]]);
    stage.destroy();
    stage.publish(snapshot);
    stage.connection.dispose();
    stage.publish(snapshot);
    expect(stage.sent).toHaveLength(1);
    expect(stage.handlers.size).toBe(0);
  });
});
