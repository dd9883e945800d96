/** Checks where a link leads that somebody gave to the app. */

import { expect, it } from 'vitest';
import { formatFragment } from '../../../../../main/common/e2ee/invite-link.ts';
import type { HostStatus } from '../../../../../main/common/host-api/snapshot.ts';
import { fail, ok } from '../../../../../main/common/result.ts';
import { createCallCommands } from '../../../../../main/desktop/call/call-commands.ts';
import { type CallTarget, ownCall } from '../../../../../main/desktop/call/call-target.ts';
import { createJoinCall } from '../../../../../main/desktop/call/join-call.ts';
import { linkAt, liveStatus } from '../../../../support/host/host-samples.ts';

const link = { secret: new Uint8Array(32).fill(7), token: new Uint8Array(16).fill(9), certificate: null };
const certificate = new Uint8Array(32).fill(5);
const fragment = formatFragment(link);

function createStage(status: HostStatus = { phase: 'idle' }, answer = async () => true) {
  const opened: CallTarget[] = [];
  const joinCall = createJoinCall({
    status: () => status,
    open: (target) => {
      opened.push(target);
      return answer();
    },
  });
  return { joinCall, opened };
}

it('leads to the server of the link, by secret and token', async () => {
  const { joinCall, opened } = createStage(liveStatus({}));
  const invite = `https://abc.example/${fragment}`;
  expect(await joinCall(`Come: ${invite}!`)).toEqual(ok(true));
  expect(opened).toEqual([
    { own: false, server: 'https://abc.example', fragment, certificate: null, invite },
  ]);
});

it('takes the certificate of a local address along: for the connection, and to pass on, not to the page', async () => {
  const { joinCall, opened } = createStage();
  const invite = `https://192.168.1.5:8790/${formatFragment({ ...link, certificate })}`;
  await joinCall(invite.replace('https', 'secret-call'));
  expect(opened).toEqual([{ own: false, server: 'https://192.168.1.5:8790', fragment, certificate, invite }]);
});

it('leads to the own room as one talks there, whatever address and token the link has', async () => {
  const status = liveStatus({ public: linkAt('https://x.lhr.life') });
  const own = ownCall(status);
  const [secret] = new URL(status.local.invite).hash.split('.');
  const { joinCall, opened } = createStage(status);
  for (const origin of [
    'https://x.lhr.life',
    'https://old.lhr.life',
    'http://127.0.0.1:8790',
    'secret-call://localhost',
  ])
    expect(await joinCall(`${origin}/${secret}.${fragment.split('.')[1]}`)).toEqual(ok(true));
  expect(opened).toEqual([own, own, own, own]);
});

it('is of another room where only the address is the own one', async () => {
  const { joinCall, opened } = createStage(liveStatus({}));
  await joinCall(`http://localhost:8790/${fragment}`);
  expect(opened).toMatchObject([{ own: false, server: 'http://localhost:8790', fragment }]);
});

it('opens nothing for what is no link, and says what it is', async () => {
  const { joinCall, opened } = createStage();
  expect(await joinCall('--gpu-launcher=sh')).toEqual(fail('link-not-a-link'));
  expect(await joinCall(`javascript:alert(1)//${fragment}`)).toEqual(fail('link-not-a-link'));
  expect(await joinCall(`http://abc.example/${fragment}`)).toEqual(fail('link-insecure'));
  expect(opened).toEqual([]);
});

it('tells the page of a call what became of its wish', async () => {
  const answered = (answer: () => Promise<boolean>) => {
    const { joinCall } = createStage(undefined, answer);
    const clipboard = { writeText: async () => {} };
    const globalKey = { set: () => 'off' as const };
    return createCallCommands({ clipboard, joinCall, globalKey, notify: () => {} });
  };
  const invite = `https://abc.example/${fragment}`;
  expect(await answered(async () => true).join(invite)).toEqual(ok(null));
  expect(await answered(async () => true).join('nothing')).toEqual(fail('bad-link'));
  expect(await answered(async () => false).join(invite)).toEqual(fail('stayed'));
});
