/** Holds what is written where the output is no terminal. */

import { describe, expect, it } from 'vitest';
import { LineView } from '../../../../main/terminal/line-view.ts';
import { emptyRoom, linkAt, liveStatus, snapshotOf } from '../../../support/host/host-samples.ts';
import { TextStream } from '../../../support/host/text-stream.ts';
import { wordingIn } from '../../../support/i18n/wording.ts';
import { SAME_NAMES } from '../../../support/names/hostile-names.ts';

function setUp(language: 'en' | 'ru' = 'en', canType = false) {
  const out = new TextStream();
  const errors = new TextStream();
  const view = new LineView({ ...wordingIn(language), out, errors, canType });
  const fresh = () => {
    const { lines } = out;
    out.text = '';
    return lines;
  };
  return { out, errors, view, fresh };
}

describe('LineView', () => {
  it('shows the link for this computer and who may come, without a QR code that no phone could use', () => {
    const { view, out } = setUp();
    view.show(snapshotOf({ phase: 'starting', step: 'server' }));
    view.show(snapshotOf(emptyRoom));
    expect(out.lines).toEqual([
      'Secret Call: Opening the room…',
      'Secret Call: The room is open',
      `On this computer: ${linkAt('http://localhost:8790').invite}`,
      'Whoever has the link can come in. Send it only to those you want to talk to.',
      'Nobody is in the room yet',
    ]);
  });

  it('shows the public link with a QR code once it is there, and again only when it changes', () => {
    const { view, fresh } = setUp();
    const connected = { phase: 'connected', url: 'https://a.example' } as const;
    view.show(snapshotOf(liveStatus({ tunnel: { phase: 'connecting' } })));
    expect(fresh()).toContain('Tunnel (localhost.run): Getting a public link…');
    view.show(snapshotOf(liveStatus({ tunnel: connected, public: linkAt(connected.url) })));
    const lines = fresh();
    expect(lines).toContain(`Link for guests: ${linkAt(connected.url).invite}`);
    expect(lines.filter((line) => /^[█▀▄ ]{35,}$/.test(line)).length).toBeGreaterThan(15);
    view.show(snapshotOf(liveStatus({ tunnel: connected, public: linkAt(connected.url) })));
    expect(fresh()).toEqual([]);
  });

  it('says why there is no public link, and what to do', () => {
    const { view, out } = setUp();
    const tunnel = { phase: 'waiting', code: 'network-unreachable', retryInMs: 1_400 } as const;
    view.show(snapshotOf(liveStatus({ tunnel })));
    expect(out.text).toContain('Next try in 2 s. The tunnel service cannot be reached.');
  });

  it('says who carries the link in the place of the chosen tunnel, and what to do when none works', () => {
    const { view, out } = setUp();
    const substitute = { provider: 'cloudflared', of: 'localhost.run', reason: 'tunnel-busy' } as const;
    const url = 'https://a.trycloudflare.com';
    view.show(
      snapshotOf(liveStatus({ tunnel: { phase: 'connected', url, substitute }, public: linkAt(url) })),
    );
    expect(out.text).toMatch(
      /Tunnel \(cloudflared\): The public link works \(localhost\.run does not work.*gives out no more addresses/,
    );
    const code = 'network-unreachable';
    const tunnel = { phase: 'waiting', code, retryInMs: 1_000, exhausted: true, substitute } as const;
    view.show(snapshotOf(liveStatus({ tunnel })));
    expect(out.text).toContain('There has been no public link for a while');
  });

  it('says once that the old address is dead, since when, and to whom to send the new link', () => {
    const { view, out, fresh } = setUp();
    const former = { origin: 'https://a.example', sinceMs: Date.UTC(2026, 1, 3, 12) };
    const tunnel = { phase: 'waiting', code: 'tunnel-lost', retryInMs: 1_000 } as const;
    view.show(snapshotOf(liveStatus({ tunnel, former })));
    expect(out.text).toMatch(
      /The address https:\/\/a\.example has led nowhere since .*Feb 3.*It may come back/,
    );
    fresh();
    const moved = { phase: 'connected', url: 'https://b.example' } as const;
    const status = liveStatus({ tunnel: moved, public: linkAt(moved.url), former });
    view.show(snapshotOf(status));
    expect(out.text).toMatch(/The old one, https:\/\/a\.example, has led nowhere since .*Send the new link/);
    fresh();
    view.show(snapshotOf(status));
    expect(fresh()).toEqual([]);
  });

  it('names the people in the room without what their names could do to a terminal', () => {
    const { view, out } = setUp();
    const names = [
      'Ада',
      '\u001b[2J\u001b]0;x\u0007Eve\r\nMallory\u009b1A',
      null,
      '\u202e\u0007',
      '\u3164\u2800',
    ];
    const participants = names.map((name, index) => ({ id: String(index), name, reports: 0 }));
    view.show(snapshotOf(liveStatus({ participants })));
    expect(out.lines.slice(-6)).toEqual([
      'In the room: 5 of 6',
      '  1  Ада',
      '  2  [2J]0;xEve Mallory1A',
      '  3  Name cannot be read #2',
      '  4  Name cannot be read #3',
      '  5  Name cannot be read #4',
    ]);
  });

  it('tells people of one name apart, whom others report, and how many have not joined', () => {
    const { view, out } = setUp();
    const participants = [
      { id: 'AbCdEf', name: 'Bob', reports: 0 },
      { id: 'AbCdXy', name: 'BOB ', reports: 2 },
      { id: 'ZzZzZz', name: 'Ada', reports: 0 },
    ];
    view.show(snapshotOf(liveStatus({ participants, onlookers: 1 })));
    expect(out.lines.slice(-6)).toEqual([
      'In the room: 3 of 6',
      '  1  Bob #AbCdE',
      '  2  BOB #AbCdX',
      '     2 people say that this one’s page floods them',
      '  3  Ada',
      '1 person has the page open and has not joined',
    ]);
  });

  it.each(SAME_NAMES)('takes %s and %s for one name', (name, other) => {
    const { view, out } = setUp();
    const participants = [name, other].map((each, index) => ({
      id: `${index}`.repeat(22),
      name: each,
      reports: 0,
    }));
    view.show(snapshotOf(liveStatus({ participants })));
    expect(out.lines.slice(-2)).toEqual([`  1  ${name} #0000`, `  2  ${other} #1111`]);
  });

  it('marks whoever goes by the words for a name that cannot be read', () => {
    const { view, out } = setUp();
    const names = [null, 'Name cannot be read', 'Ada'];
    const participants = names.map((name, index) => ({ id: `${index}`.repeat(22), name, reports: 0 }));
    view.show(snapshotOf(liveStatus({ participants })));
    expect(out.lines.slice(-3)).toEqual([
      '  1  Name cannot be read #0000',
      '  2  Name cannot be read #1111',
      '  3  Ada',
    ]);
  });

  it('turns no line around and piles no marks, whatever a name holds', () => {
    const { view, out } = setUp();
    const names = ['Anna \u2069\u202e!', `A${'\u0301'.repeat(40)}`];
    const participants = names.map((name, index) => ({ id: `${index}`.repeat(22), name, reports: 0 }));
    view.show(snapshotOf(liveStatus({ participants })));
    expect(out.lines.slice(-2)).toEqual(['  1  Anna !', `  2  A${'\u0301'.repeat(4)}`]);
  });

  it('never writes an escape or another control character', () => {
    const { view, out } = setUp();
    const participants = [{ id: '1', name: '\u001b[31mEve\u0000\u009b', reports: 0 }];
    const others = [linkAt('https://b.example')];
    view.show(
      snapshotOf(liveStatus({ participants, public: linkAt('https://a.example'), others }), {
        notices: ['settings-damaged'],
      }),
    );
    view.end({ kind: 'stopped' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(out.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(out.text).toContain('settings are back at their defaults');
    expect(out.text).toContain('https://b.example/#');
  });

  it('lists invitations with their numbers and times, again when they change', () => {
    const { view, fresh } = setUp();
    const expiresAtMs = new Date(2030, 0, 7, 18, 5).getTime();
    const once = { id: 4, kind: 'one-time', link: linkAt('https://a.example') } as const;
    const timed = { id: 9, kind: 'expiring', link: linkAt('https://a.example'), expiresAtMs } as const;
    view.show(snapshotOf(liveStatus({ invitations: [once, timed] })));
    expect(fresh()).toEqual(
      expect.arrayContaining([
        `Invitation 1, for one person: ${once.link.invite}`,
        `Invitation 2, until Mon, Jan 7, 18:05: ${timed.link.invite}`,
      ]),
    );
    view.show(snapshotOf(liveStatus({ invitations: [timed] })));
    expect(fresh()).toEqual([`Invitation 2, until Mon, Jan 7, 18:05: ${timed.link.invite}`]);
    view.show(snapshotOf(emptyRoom));
    view.show(snapshotOf(liveStatus({ invitations: [{ ...once, id: 10 }] })));
    expect(fresh()).toEqual([`Invitation 3, for one person: ${once.link.invite}`]);
  });

  it('shows the new link when there is one, with its QR code', () => {
    const { view, fresh } = setUp();
    const renewed = { origin: 'https://a.example', invite: 'https://a.example/#new.link' };
    view.show(snapshotOf(liveStatus({ public: linkAt('https://a.example') })));
    fresh();
    view.show(snapshotOf(liveStatus({ public: renewed })));
    expect(fresh()).toContain(`Link for guests: ${renewed.invite}`);
  });

  it('says once what can be typed, where there is a keyboard', () => {
    const { view, fresh } = setUp('ru', true);
    view.show(snapshotOf(emptyRoom));
    expect(fresh().at(-1)).toContain('новая (ссылка)');
    view.show(snapshotOf(liveStatus({ participants: [{ id: '1', name: 'Ада', reports: 0 }] })));
    expect(fresh()).toEqual(['В комнате: 1 из 6', '  1  Ада']);
  });

  it('ends in words, a failure on standard error', () => {
    const { view, out, errors } = setUp('ru');
    view.show(snapshotOf({ phase: 'failed', code: 'port-in-use' }));
    view.end({ kind: 'failed', code: 'port-in-use', kept: false });
    expect(out.text).toBe('');
    expect(errors.text).toContain('Не удалось запустить Secret Call: Этот порт занят');
  });
});
