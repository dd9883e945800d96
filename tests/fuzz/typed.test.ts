/** Types and pastes what people should not: whatever comes out is what it is said to be. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toBase64Url } from '../../main/common/bytes.ts';
import { formatAppLink, readCallLink } from '../../main/common/e2ee/call-link.ts';
import { formatFragment, formatInvite } from '../../main/common/e2ee/invite-link.ts';
import { fitName } from '../../main/common/e2ee/room-names.ts';
import { INVITATION_LIFETIMES_MS } from '../../main/common/host-api/snapshot.ts';
import { checkOptions, parseOrigin } from '../../main/host/options.ts';
import { parseArguments } from '../../main/terminal/arguments.ts';
import { parseLine } from '../../main/terminal/line-commands.ts';
import { parseSshTarget } from '../../main/tunnel/providers/ssh-args.ts';
import { readPastedLink } from '../../web-client/ui/entry/pasted-link.ts';
import { readOwnName } from '../../web-client/ui/preferences/own-name.ts';
import { inputs } from '../support/random/fuzz-inputs.ts';

const HERE = 'https://here.test';
const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ maxLength: 80 }));
const binary = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(toBase64Url);
const edit = fc.tuple(fc.nat({ max: 120 }), fc.nat({ max: 3 }), fc.string({ unit: 'binary', maxLength: 3 }));
const damaged = (whole: fc.Arbitrary<string>) =>
  fc
    .tuple(whole, fc.array(edit, { maxLength: 2 }))
    .map(([text, edits]) =>
      edits.reduce((before, [at, cut, put]) => before.slice(0, at) + put + before.slice(at + cut), text),
    );
const address = fc.oneof(
  fc.constantFrom(
    HERE,
    'https://here.test:8443',
    'http://localhost:8790',
    'http://here.test',
    'https://HERE.test',
  ),
  fc.constantFrom('https://here.test@evil.test', 'https://evil.test\\@here.test', 'javascript://here.test'),
  fc.webUrl({ withFragments: false }),
  fc
    .webAuthority({ withIPv4: true, withIPv6: true, withUserInfo: true, withPort: true })
    .map((name) => `https://${name}`),
);

/** A link as people pass it on, with something around it. */
const linkText = (addresses: fc.Arbitrary<string>) =>
  fc
    .tuple(
      anyText,
      addresses,
      fc.constantFrom('/', '', '/path', '/?utm=1'),
      binary(32),
      binary(16),
      fc.option(binary(32)),
      fc.constantFrom('', '?a', ').', ' bye'),
    )
    .map(
      ([before, origin, path, secret, token, certificate, after]) =>
        `${before}${origin}${path}#${secret}.${token}${certificate === null ? '' : `.${certificate}`}${after}`,
    );

it('takes of a pasted text no link but one that stands in it, and opens nothing odd', () => {
  fc.assert(
    fc.property(fc.oneof(damaged(linkText(address)), anyText), (text) => {
      const read = readPastedLink(text, HERE);
      // A link may be read through what nobody sees.
      if (read.kind === 'here') expect(text.replace(/[^\w.#-]/g, '')).toContain(formatFragment(read.link));
      if (read.kind !== 'elsewhere') return;
      const { protocol, hostname, username, password, origin, host } = new URL(read.href);
      expect([username, password, host]).toEqual(['', '', read.host]);
      expect(origin).not.toBe(HERE);
      if (protocol !== 'https:') expect(['localhost', '127.0.0.1', '[::1]']).toContain(hostname);
    }),
    inputs('pasted links'),
  );
});

it('takes of what is given to the app no link but one that stands in it, and dials nothing odd', () => {
  const appAddress = address.map((web) => web.replace(/^https?/, 'secret-call'));
  const linkTexts = linkText(fc.oneof(address, appAddress));
  fc.assert(
    fc.property(fc.oneof(damaged(linkTexts), linkTexts, anyText), (text) => {
      const read = readCallLink(text, URL);
      if (!read.ok) return;
      const { server, link } = read.value;
      // A link may be read through what nobody sees.
      expect(text.replace(/[^\w.#-]/g, '')).toContain(formatFragment(link));
      const { protocol, hostname, origin } = new URL(server);
      expect(origin).toBe(server);
      if (protocol !== 'https:') expect(['localhost', '127.0.0.1', '[::1]']).toContain(hostname);
      const local = protocol === 'https:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
      if (!local) expect(readCallLink(formatAppLink(formatInvite(server, link)), URL)).toEqual(read);
    }),
    inputs('links given to the app'),
  );
});

it('makes of a typed address only an origin as browsers send it', () => {
  fc.assert(
    fc.property(fc.oneof(damaged(address), address, anyText), (text) => {
      const origin = parseOrigin(text);
      if (!origin.ok) return;
      const { value } = origin;
      expect(value).toMatch(/^https:\/\/[a-z0-9.:[\]-]+$/);
      expect(new URL(value).origin).toBe(value);
      expect(parseOrigin(value)).toEqual(origin);
    }),
    inputs('origins'),
  );
});

it('takes no command line that does not make options that hold', () => {
  const flag = fc.constantFrom(
    'mode',
    'capacity',
    'port',
    'tunnel',
    'ssh-target',
    'ssh-port',
    'origin',
    'lan',
    'json',
    'help',
    'x',
  );
  const value = fc.oneof(
    fc.constantFrom(
      '1x1',
      'group',
      '2',
      '12',
      '13',
      '0',
      '65535',
      '65536',
      'none',
      'cloudflared',
      'a@b',
      '-oX@b',
      '--',
      HERE,
    ),
    anyText,
    address,
  );
  const argument = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(flag, value).map(([name, given]) => [`--${name}`, given]) },
    { weight: 2, arbitrary: fc.tuple(flag, value).map(([name, given]) => [`--${name}=${given}`]) },
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        ['--mode', '1x1'],
        ['--capacity', '3'],
        ['--capacity=2'],
        ['--ssh-target=a@b'],
      ),
    },
    { weight: 1, arbitrary: value.map((given) => [given]) },
    { weight: 1, arbitrary: fc.constantFrom(['--lan'], ['--json'], ['-h'], ['--']) },
  );
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 5 }), (given) => {
      const read = parseArguments(given.flat());
      if (!read.ok || read.value.kind === 'help') return;
      const { options, ssh } = read.value;
      expect(checkOptions(options)).toMatchObject({ ok: true });
      if (ssh.target !== undefined) expect(parseSshTarget(ssh.target).ok).toBe(true);
    }),
    inputs('command lines'),
  );
});

it('takes no name that would not fit its box whole', () => {
  const unit = fc.constantFrom(
    'a',
    ' ',
    '"',
    '\\',
    '\u0007',
    '\u200d',
    'я',
    '中',
    '😀',
    '\ud83d',
    '\u0301',
    '\u202e',
  );
  const name = fc.oneof(anyText, fc.string({ unit, maxLength: 150, size: 'max' }));
  fc.assert(
    fc.property(name, (typed) => {
      const read = readOwnName(typed);
      if (!read.ok) return;
      expect(read.value).not.toBe('');
      expect(fitName(read.value)).toBe(read.value);
    }),
    inputs('names, typed'),
  );
});

it('makes of a line typed while hosting a command only where it is one to the letter', () => {
  const word = fc.constantFrom('new', 'once', 'expire', 'revoke', 'remove', 'новая', 'срок', 'удалить', 'q');
  const argument = fc.oneof(
    fc.constantFrom('1h', '1ч', '1w', '2h', '0', '__proto__'),
    fc.nat().map(String),
    anyText,
  );
  const line = fc.array(fc.oneof(word, argument), { maxLength: 3 }).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(fc.oneof(line, damaged(line), anyText), (text) => {
      const read = parseLine(text);
      if (!read.ok) return;
      const command = read.value;
      if (command.kind === 'address') expect(text.trim()).toBe(command.address);
      if (command.kind === 'revoke' || command.kind === 'remove') {
        expect(text.trim().split(/\s+/)[1]).toBe(String(command.number));
        expect(command.number).toBeGreaterThan(0);
      }
      if (command.kind === 'invite' && command.request.kind === 'expiring') {
        expect(INVITATION_LIFETIMES_MS).toContain(command.request.lifetimeMs);
      }
    }),
    inputs('typed commands'),
  );
});
