/** Holds which events a series of snapshots gives. */

import { describe, expect, it } from 'vitest';
import type { HostStatus, LiveStatus, TunnelStatus } from '../../../../main/common/host-api/snapshot.ts';
import { formatEvent, JsonEvents } from '../../../../main/terminal/json-events.ts';
import { liveStatus, snapshotOf } from '../../../support/host/host-samples.ts';

const local = { origin: 'http://localhost:8790', invite: 'http://localhost:8790/#S.T' };

function live(tunnel: TunnelStatus, people = 0, others: string[] = []): HostStatus {
  const link = (origin: string) => ({ origin, invite: `${origin}/#S.T` });
  return liveStatus({
    local,
    public: tunnel.phase === 'connected' ? link(tunnel.url) : null,
    others: others.map(link),
    tunnel,
    participants: Array.from({ length: people }, (_, index) => ({
      id: String(index),
      name: 'Ada',
      reports: 0,
    })),
  });
}

function eventsOf(...statuses: HostStatus[]) {
  const events = new JsonEvents(42);
  return statuses.map((status, revision) => events.next(snapshotOf(status, { revision })));
}

const off = { phase: 'off' } as const;

describe('JsonEvents', () => {
  it('says nothing before and after the room is open', () => {
    const statuses: HostStatus[] = [
      { phase: 'idle' },
      { phase: 'starting', step: 'server' },
      { phase: 'failed', code: 'port-in-use' },
      { phase: 'stopping' },
    ];
    expect(eventsOf(...statuses).flat()).toEqual([]);
  });

  it('says live once, and nothing about a tunnel that is not there', () => {
    expect(eventsOf(live(off), live(off), live(off, 0, ['https://a.example']))).toEqual([
      [{ event: 'live', pid: 42, port: 8790, invite: local.invite }],
      [],
      [],
    ]);
  });

  it('gives the link under every other address, the public one first, and leaves the tunnel’s to its own event', () => {
    const [mine, lan] = ['https://call.example', 'https://192.0.2.7:8790'];
    const invites = [`${mine}/#S.T`, `${lan}/#S.T`];
    const link = (origin: string) => ({ origin, invite: `${origin}/#S.T` });
    const withoutTunnel = { ...live(off, 0, [lan]), public: link(mine) } as LiveStatus;
    const behindTunnel = live({ phase: 'connected', url: 'https://a.example' }, 0, [mine, lan]);
    for (const status of [withoutTunnel, behindTunnel]) {
      expect(eventsOf(status)[0]?.[0]).toEqual({
        ...{ event: 'live', pid: 42, port: 8790, invite: local.invite },
        others: invites,
      });
    }
  });

  it('tells each phase of the tunnel, with the address only while connected', () => {
    const phases: TunnelStatus[] = [
      { phase: 'connecting' },
      { phase: 'connected', url: 'https://a.example' },
      { phase: 'connected', url: 'https://b.example' },
      { phase: 'waiting', code: 'tunnel-lost', retryInMs: 1_000 },
      { phase: 'waiting', code: 'tunnel-lost', retryInMs: 900 },
      { phase: 'waiting', code: 'network-unreachable', retryInMs: 900 },
      { phase: 'failed', code: 'host-key-mismatch' },
    ];
    const [first, ...others] = eventsOf(...phases.map((phase) => live(phase)));
    expect(first).toEqual([
      { event: 'live', pid: 42, port: 8790, invite: local.invite },
      { event: 'tunnel', phase: 'connecting' },
    ]);
    expect(others).toEqual([
      [{ event: 'tunnel', phase: 'connected', url: 'https://a.example', invite: 'https://a.example/#S.T' }],
      [{ event: 'tunnel', phase: 'connected', url: 'https://b.example', invite: 'https://b.example/#S.T' }],
      [{ event: 'tunnel', phase: 'waiting', code: 'tunnel-lost' }],
      [],
      [{ event: 'tunnel', phase: 'waiting', code: 'network-unreachable' }],
      [{ event: 'tunnel', phase: 'failed', code: 'host-key-mismatch' }],
    ]);
  });

  it('names the address that leads here no more, lost or replaced', () => {
    const events = new JsonEvents(7);
    const former = { origin: 'https://a.example', sinceMs: 0 };
    const told = (tunnel: TunnelStatus) => events.next(snapshotOf({ ...live(tunnel), former } as LiveStatus));
    told({ phase: 'connecting' });
    expect([
      told({ phase: 'waiting', code: 'tunnel-lost', retryInMs: 1_000 }),
      told({ phase: 'connected', url: 'https://b.example' }),
    ]).toMatchObject([
      [{ phase: 'waiting', former: 'https://a.example' }],
      [{ phase: 'connected', url: 'https://b.example', former: 'https://a.example' }],
    ]);
  });

  it('names the provider where it is not the chosen one', () => {
    const substitute = { provider: 'cloudflared', of: 'localhost.run', reason: 'tunnel-busy' } as const;
    const [, connecting, connected] = eventsOf(
      live(off),
      live({ phase: 'connecting', substitute }),
      live({ phase: 'connected', url: 'https://b.example', substitute }),
    );
    expect([connecting, connected]).toMatchObject([
      [{ phase: 'connecting', provider: 'cloudflared' }],
      [{ phase: 'connected', provider: 'cloudflared' }],
    ]);
  });

  it('tells a new link by the same lines, the tunnel’s only while it is connected', () => {
    const renew = (status: HostStatus): HostStatus =>
      status.phase === 'live'
        ? {
            ...status,
            local: { ...local, invite: 'http://localhost:8790/#S.U' },
            public: status.public && { ...status.public, invite: `${status.public.origin}/#S.U` },
          }
        : status;
    const connected = live({ phase: 'connected', url: 'https://a.example' });
    const lost = live({ phase: 'waiting', code: 'tunnel-lost', retryInMs: 900 });
    const again = { event: 'live', pid: 42, port: 8790, invite: 'http://localhost:8790/#S.U' };
    expect(eventsOf(connected, renew(connected), renew(connected)).slice(1)).toEqual([
      [
        again,
        { event: 'tunnel', phase: 'connected', url: 'https://a.example', invite: 'https://a.example/#S.U' },
      ],
      [],
    ]);
    expect(eventsOf(lost, renew(lost)).at(-1)).toEqual([again]);
    expect(eventsOf(live(off), renew(live(off))).at(-1)).toEqual([again]);
  });

  it('counts people when their number changes, and never names them', () => {
    expect(eventsOf(live(off), live(off, 1), live(off, 1), live(off, 3), live(off))).toEqual([
      [expect.objectContaining({ event: 'live' })],
      [{ event: 'participants', count: 1 }],
      [],
      [{ event: 'participants', count: 3 }],
      [{ event: 'participants', count: 0 }],
    ]);
  });
});

describe('those who wait to be let in', () => {
  it('are counted when their number changes, and never named', () => {
    const waiting = (waitingCount: number) =>
      liveStatus({ local, waitingCount, waiting: [{ id: '1', name: 'Ada' }] });
    expect(eventsOf(live(off), waiting(1), waiting(1), waiting(40), live(off)).slice(1)).toEqual([
      [{ event: 'waiting', count: 1 }],
      [],
      [{ event: 'waiting', count: 40 }],
      [{ event: 'waiting', count: 0 }],
    ]);
  });
});

describe('formatEvent', () => {
  it('is one line', () => {
    expect(formatEvent({ event: 'failed', code: 'port-in-use' })).toBe(
      '{"event":"failed","code":"port-in-use"}\n',
    );
  });
});
