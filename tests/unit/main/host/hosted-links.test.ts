/** Holds the host to the links it gives, at which addresses, and to whom it lets in and puts out, with fakes. */

import { describe, expect, it } from 'vitest';
import { parseFragment } from '../../../../main/common/e2ee/invite-link.ts';
import type { InviteLink } from '../../../../main/common/host-api/snapshot.ts';
import { fail } from '../../../../main/common/result.ts';
import { NOBODY_ID } from '../../../support/host/fake-dependencies.ts';
import { liveHost, setUpHost } from '../../../support/host/host-rig.ts';

describe('addresses added by hand', () => {
  it('are links, the first one the public one while there is no tunnel', async () => {
    const { dependencies, host, status } = await liveHost({
      tunnel: 'localhost.run',
      origins: ['https://a.example', 'https://b.example'],
    });
    expect(dependencies.server.origins).toEqual({
      tunnel: null,
      added: ['https://a.example', 'https://b.example'],
    });
    expect(status().public?.origin).toBe('https://a.example');
    expect(status().others.map(({ origin }) => origin)).toEqual(['https://b.example']);
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://t.example' });
    expect(status().public?.origin).toBe('https://t.example');
    expect(await host.addOrigin('https://C.example/')).toEqual({ ok: true, value: null });
    expect(await host.addOrigin('https://c.example')).toEqual({ ok: true, value: null });
    expect(status().others.map(({ origin }) => origin)).toEqual([
      'https://a.example',
      'https://b.example',
      'https://c.example',
    ]);
    expect(dependencies.server.origins?.added).toHaveLength(3);
  });

  it('are refused when they are none, when there are too many, and when nobody hosts', async () => {
    const { host, status } = await liveHost();
    expect(await host.addOrigin('http://a.example')).toEqual(fail('bad-origin'));
    for (let index = 0; index < 16; index++) await host.addOrigin(`https://a${index}.example`);
    expect(await host.addOrigin('https://b.example')).toEqual(fail('bad-origin'));
    expect(status().others).toHaveLength(15);
    await host.stop();
    expect(await host.addOrigin('https://a.example')).toEqual(fail('not-live'));
  });

  it('stand before the addresses of the local network', async () => {
    const { status } = await liveHost({ lan: true, origins: ['https://a.example', 'https://b.example'] });
    expect(status().others.map(({ origin }) => origin)).toEqual([
      'https://b.example',
      'https://192.0.2.7:8790',
    ]);
  });
});

describe('the certificate in a link', () => {
  const certificateAt = (link: InviteLink | null | undefined) =>
    parseFragment(new URL(link?.invite ?? '').hash)?.certificate;

  it('stands where nobody else vouches for it, at the addresses of the local network, and nowhere else', async () => {
    const { dependencies, host, status } = await liveHost({
      lan: true,
      tunnel: 'localhost.run',
      origins: ['https://a.example', 'https://b.example'],
    });
    await host.room({ type: 'invite', request: { kind: 'one-time' } });
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://c.example' });
    const { local, public: outside, others, invitations } = status();
    expect(others.map(certificateAt)).toEqual([null, null, dependencies.fingerprint]);
    expect([local, outside, invitations[0]?.link].map(certificateAt)).toEqual([null, null, null]);
  });

  it('stands there too where such an address was added by hand and is the one to send', async () => {
    const { dependencies, status } = await liveHost({ lan: true, origins: ['https://192.0.2.7:8790'] });
    expect(certificateAt(status().public)).toEqual(dependencies.fingerprint);
    expect(status().others).toEqual([]);
  });
});

describe('links and people', () => {
  const HOUR_MS = 3_600_000;
  const fragment = (invite: string) => new URL(invite).hash;

  it('gives every address the new link, and keeps the secret', async () => {
    const { dependencies, host, snapshots, status } = await liveHost({
      lan: true,
      origins: ['https://a.example'],
    });
    const before = status();
    expect(await host.room({ type: 'new-link' })).toEqual({ ok: true, value: null });
    const after = status();
    expect(snapshots.at(-1)?.status).toEqual(after);
    const fragments = [after.local, after.public, ...after.others].map((link) =>
      fragment(link?.invite ?? '').slice(0, 67),
    );
    expect(new Set(fragments).size).toBe(1);
    expect(fragments[0]).not.toBe(fragment(before.local.invite));
    expect(fragments[0]?.slice(0, 44)).toBe(fragment(before.local.invite).slice(0, 44));
    expect(dependencies.server.moved).toEqual([]);
  });

  it('still announces a move after it, with the new link at the new address', async () => {
    const { dependencies, host, status } = await liveHost({ tunnel: 'localhost.run' });
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    await host.room({ type: 'new-link' });
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://b.example' });
    expect(dependencies.server.moved).toEqual(['https://b.example']);
    expect(fragment(status().public?.invite ?? '')).toBe(fragment(status().local.invite));
  });

  it('lists invitations at the public address, or this computer’s, with the time of day they expire', async () => {
    const { dependencies, host, status } = await liveHost({ tunnel: 'localhost.run' });
    expect(status().invitations).toEqual([]);
    await host.room({ type: 'invite', request: { kind: 'one-time' } });
    expect(await host.room({ type: 'invite', request: { kind: 'expiring', lifetimeMs: HOUR_MS } })).toEqual({
      ok: true,
      value: null,
    });
    const [once, hour] = status().invitations;
    expect(once).toMatchObject({ id: 2, kind: 'one-time', link: { origin: 'http://localhost:8790' } });
    expect(hour).toMatchObject({ id: 3, kind: 'expiring', expiresAtMs: dependencies.wallNowMs + HOUR_MS });
    dependencies.tunnel.tell({ phase: 'connected', url: 'https://a.example' });
    const invites = status().invitations.map(({ link }) => link);
    expect(invites.map(({ origin }) => origin)).toEqual(['https://a.example', 'https://a.example']);
    const fragments = [status().local, ...invites].map(({ invite }) => fragment(invite));
    expect(new Set(fragments).size).toBe(3);
    expect(new Set(fragments.map((text) => text.slice(0, 44))).size).toBe(1);
  });

  it('refuses a lifetime that is none of the three, and more links than there may be', async () => {
    const { dependencies, host, status } = await liveHost();
    expect(await host.room({ type: 'invite', request: { kind: 'expiring', lifetimeMs: 1 } })).toEqual(
      fail('bad-options'),
    );
    dependencies.server.isFull = true;
    expect(await host.room({ type: 'invite', request: { kind: 'one-time' } })).toEqual(
      fail('too-many-links'),
    );
    expect(status().invitations).toEqual([]);
  });

  it('revokes an invitation, once, and never the room’s own link', async () => {
    const { host, status } = await liveHost();
    await host.room({ type: 'invite', request: { kind: 'one-time' } });
    expect(await host.room({ type: 'revoke', invitation: 2 })).toEqual({ ok: true, value: null });
    expect(status().invitations).toEqual([]);
    expect(await host.room({ type: 'revoke', invitation: 2 })).toEqual(fail('unknown-invitation'));
    expect(await host.room({ type: 'revoke', invitation: 1 })).toEqual(fail('unknown-invitation'));
  });

  it('removes people by id', async () => {
    const { dependencies, host } = await liveHost();
    const somebody = 'A'.repeat(22);
    expect(await host.room({ type: 'remove', participant: somebody })).toEqual({ ok: true, value: null });
    expect(await host.room({ type: 'remove', participant: NOBODY_ID })).toEqual(fail('unknown-participant'));
    expect(dependencies.server.removed).toEqual([somebody, NOBODY_ID]);
  });

  it('shuts out those who have not joined', async () => {
    const { dependencies, host } = await liveHost();
    expect(await host.room({ type: 'shut-out' })).toEqual({ ok: true, value: null });
    expect(dependencies.server.shutOuts).toBe(1);
  });

  it('are nothing to decide about while nobody hosts', async () => {
    const { host } = setUpHost();
    for (const command of [
      host.room({ type: 'new-link' }),
      host.room({ type: 'invite', request: { kind: 'one-time' } }),
      host.room({ type: 'revoke', invitation: 1 }),
      host.room({ type: 'remove', participant: NOBODY_ID }),
      host.room({ type: 'shut-out' }),
    ])
      expect(await command).toEqual(fail('not-live'));
  });
});
