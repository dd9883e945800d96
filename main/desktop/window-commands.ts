/** Owns the window's commands: the host core's own, links to the clipboard and the browser, starting at login, a relay's set-up, and updates. */

import type { Clipboard, Shell } from 'electron';
import type { CommandResult, HostCommands } from '../common/host-api/commands.ts';
import type { HostStatus } from '../common/host-api/snapshot.ts';
import type { WindowSnapshot } from '../common/host-api/updates.ts';
import { fail, ok, type Result } from '../common/result.ts';
import { addressProblem } from '../common/web-address.ts';
import type { HostService } from '../host/host-service.ts';
import { optionsFromPreferences } from '../host/options.ts';
import { ownCall } from './call/call-target.ts';
import type { Calls } from './call/calls.ts';
import type { JoinCall } from './call/join-call.ts';
import type { StartAtLogin } from './login/start-at-login.ts';
import type { OwnRelaySetup } from './relay-setup.ts';
import type { Updates } from './updates/updates.ts';

export interface WindowCommandDependencies {
  readonly host: Omit<HostService, 'onSnapshot'>;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly shell: Pick<Shell, 'openExternal'>;
  readonly calls: Pick<Calls, 'open'>;
  readonly joinCall: JoinCall;
  readonly startAtLogin: Pick<StartAtLogin, 'isOn' | 'set'>;
  readonly relaySetup: Pick<OwnRelaySetup, 'chooseFolder' | 'write' | 'show' | 'add'>;
  readonly snapshots: { readonly snapshot: WindowSnapshot };
  readonly updates: Pick<Updates, 'handle'>;
}

export function createWindowCommands({
  host,
  clipboard,
  shell,
  calls,
  joinCall,
  startAtLogin,
  relaySetup,
  snapshots,
  updates,
}: WindowCommandDependencies): HostCommands {
  return {
    snapshot: async () => snapshots.snapshot,
    start: () => host.start(optionsFromPreferences(host.snapshot.preferences)),
    goOn: () => host.goOn(),
    startAnew: () => host.startAnew(),
    stop: () => host.stop(),
    stopServer: () => host.stopServer(),
    setPreferences: (change) => host.setPreferences(change),
    addTurnServer: (server) => host.addTurnServer(server),
    removeTurnServer: (url) => host.removeTurnServer(url),
    turnTestAccess: (url) => host.turnTestAccess(url),
    chooseRelayFolder: () => relaySetup.chooseFolder(),
    writeRelay: (typed) => relaySetup.write(typed),
    showRelay: () => relaySetup.show(),
    addRelay: () => relaySetup.add(),
    addOrigin: (origin) => host.addOrigin(origin),
    room: (command) => host.room(command),
    async talkHere() {
      const call = ownCall(host.snapshot.status);
      return call === null ? fail('not-live') : attempt(async () => void (await calls.open(call)));
    },
    async joinCall(text) {
      const joined = await joinCall(text);
      return joined.ok ? ok(null) : joined;
    },
    async copyInvite(text) {
      const invite = findInvite(host.snapshot.status, text);
      if (!invite.ok) return invite;
      // Newer releases of Electron answer with a promise here, older ones at once.
      return attempt(async () => clipboard.writeText(invite.value));
    },
    async openInvite(text) {
      const invite = findInvite(host.snapshot.status, text);
      if (!invite.ok) return invite;
      if (!mayOpenOutside(invite.value)) return fail('bad-options');
      return attempt(() => shell.openExternal(invite.value));
    },
    startsAtLogin: async () => ok(await startAtLogin.isOn()),
    setStartAtLogin: (on) => startAtLogin.set(on),
    update: (action) => updates.handle(action),
  };
}

/** What the system may refuse (no browser, no clipboard) is a failure like any other. */
const attempt = (action: () => Promise<void>): Promise<CommandResult> =>
  action().then(
    () => ok(null),
    () => fail('internal'),
  );

/** The snapshot's own copy of an invite: the window may pass back only what it was given. */
function findInvite(status: HostStatus, text: string): Result<string, 'not-live' | 'bad-options'> {
  if (status.phase !== 'live') return fail('not-live');
  const links = [
    status.local,
    ...(status.public ? [status.public] : []),
    ...status.others,
    ...status.invitations.map(({ link }) => link),
  ];
  const link = links.find(({ invite }) => invite === text);
  return link ? ok(link.invite) : fail('bad-options');
}

/** Whether the system's browser may be given this address: https, or plain http to this very computer. */
export function mayOpenOutside(address: string): boolean {
  return URL.canParse(address) && addressProblem(new URL(address)) === null;
}
