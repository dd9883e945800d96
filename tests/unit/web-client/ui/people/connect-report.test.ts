import { describe, expect, it } from 'vitest';
import type { ConnectDiagnosis } from '../../../../../web-client/core/state/connect-diagnosis.ts';
import type { ParticipantState, RoomState } from '../../../../../web-client/core/state/room-state.ts';
import { connectReport } from '../../../../../web-client/ui/people/connect-report.ts';
import { person, ROOM } from '../../../../support/page/room-states.ts';

const ADDRESSES = { hidden: 1, local: 2, public4: 0, public6: 0, relayed: 0, strict: true };
const DIAGNOSIS: ConnectDiagnosis = {
  answered: true,
  asksServers: true,
  asksRelays: true,
  relaysEnded: true,
  relayOnly: false,
  own: ADDRESSES,
  theirs: { ...ADDRESSES, strict: false },
  serverErrors: { 'stun-701': 2, 'tls-401': 1 },
  connections: 2,
  checks: { pairs: 4, sent: 40, answered: 0, received: 3 },
};
const STUCK = { peer: { phase: 'connecting' }, trust: 'checking', obstacle: 'udp-blocked-here' } as const;
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.6778.86 Safari/537.36';

describe('the report of a connection', () => {
  it('tells codes and counts', () => {
    const stuck = person('a', { ...STUCK, diagnosis: DIAGNOSIS });
    const room = { ...ROOM, call: 'joined', participants: [stuck] } as const;
    expect(connectReport(room, stuck, CHROME)).toBe(`Secret Call, connection report

- browser: chrome-131
- host: online
- call: joined 2 of 6
- connection: connecting
- trust: checking
- obstacle: udp-blocked-here
- answered: yes
- connections: 2
- own-addresses: hidden 1 local 2 public4 0 public6 0 relayed 0 strict
- their-addresses: hidden 1 local 2 public4 0 public6 0 relayed 0
- servers: asked stun-701x2 tls-401x1
- relays: asked ended
- checks: pairs 4 sent 40 answered 0 received 3
`);
  });

  it('tells how good one is that stands', () => {
    const quality = {
      grade: 'weak',
      path: { kind: 'relayed', server: 'turn.example.org', transport: 'udp' },
      roundTripMs: 312,
      loss: 0.07,
      jitterMs: null,
    } as const;
    const report = connectReport(ROOM, person('a', { quality }), 'Firefox/128.0');
    expect(report).toContain('- browser: firefox-128\n');
    expect(report).toContain(
      '- quality: weak relayed udp\n- round-trip-ms: 312\n- loss: 0.07\n- jitter-ms: unknown\n',
    );
  });

  it('has no address, name, key, description or message in it, wherever one might have got into', () => {
    const secrets = [
      'Мария <script>',
      '192.168.1.7',
      '2001:db8::7',
      '3b0a6b3c-7f5e-4f0e-9d55-0d6a1c7e9f10.local',
      'https://abc.lhr.life/#S.T',
      'turn.example.org',
      'v=0\r\no=- 1 1 IN IP4 203.0.113.9',
      'stun:user:secret@203.0.113.9',
      '- obstacle: none\n# a heading',
      '__proto__',
    ];
    for (const secret of secrets) {
      const hostile = {
        ...person(secret, { name: secret, reaction: { emoji: secret, serial: 1 } }),
        shortId: secret,
        peer: { phase: 'failed', reason: secret },
        trust: secret,
        obstacle: secret,
        quality: {
          grade: secret,
          path: { kind: 'relayed', server: secret, transport: secret },
          roundTripMs: secret,
          loss: Number.NaN,
          jitterMs: secret,
        },
        diagnosis: {
          ...DIAGNOSIS,
          answered: secret,
          own: {
            hidden: secret,
            local: secret,
            public4: secret,
            public6: secret,
            relayed: secret,
            strict: secret,
          },
          serverErrors: { [secret]: secret },
          connections: secret,
          checks: { pairs: secret, sent: secret, answered: secret, received: secret },
        },
      } as unknown as ParticipantState;
      const room = {
        ...ROOM,
        call: secret,
        capacity: secret,
        signaling: { phase: 'retrying', why: secret },
        self: { ...ROOM.self, name: secret, id: secret },
        chat: [{ text: secret }],
        participants: [hostile],
      } as unknown as RoomState;
      const report = connectReport(room, hostile, `${secret} Chrome/${secret}`);
      expect(report).not.toContain(secret);
      // What is let through is made of these alone.
      for (const line of report.split('\n').slice(2, -1))
        expect(line).toMatch(/^- [a-z-]+:(?: (?:[a-z0-9-]{1,24}|\d+(?:\.\d+)?|\d+x\d+))*$/);
    }
  });
});
