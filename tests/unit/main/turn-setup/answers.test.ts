import { describe, expect, it } from 'vitest';
import { checkAnswers, parseAnswers } from '../../../../main/turn-setup/answers.ts';

const OUT = ['--out', 'relay'];
const NAME = ['--domain', 'turn.example.org'];
const answered = (...argv: string[]) => {
  const request = parseAnswers(argv);
  if (!request.ok || request.value.kind !== 'write') return request;
  expect(request.value.out).toBe('relay');
  return request.value.answers;
};

describe('the answers for a relay', () => {
  it('are a name and a folder, and the rest where it is needed', () => {
    expect(answered(...NAME, ...OUT)).toEqual({
      ...{ domain: 'turn.example.org', address: null, email: null },
    });
    expect(
      answered(...NAME, ...OUT, '--address', '203.0.113.7/10.0.0.5', '--email', 'a.b+c@example.org'),
    ).toEqual({
      ...{ domain: 'turn.example.org', email: 'a.b+c@example.org' },
      address: { public: '203.0.113.7', private: '10.0.0.5' },
    });
  });

  it.each([
    ['TURN.Example.ORG', 'turn.example.org'],
    ['связь.пример.рф', 'xn--b1ak2a9bn.xn--e1afmkfd.xn--p1ai'],
    [`${'a'.repeat(63)}.example.org`, `${'a'.repeat(63)}.example.org`],
  ])('may name %s', (typed, domain) => {
    expect(answered('--domain', typed, ...OUT)).toMatchObject({ domain });
  });

  it.each(['203.0.113.7', '2001:db8::7', '2001:db8::7/fd00::7'])(
    'may say that the address is %s',
    (address) => {
      expect(answered(...NAME, ...OUT, '--address', address)).toMatchObject({ domain: 'turn.example.org' });
    },
  );

  it('are not needed for help', () => {
    expect(parseAnswers(['--help'])).toEqual({ ok: true, value: { kind: 'help' } });
    expect(parseAnswers(['-h'])).toEqual({ ok: true, value: { kind: 'help' } });
  });
});

describe('an answer that would end up in a script', () => {
  it.each([
    ['no-domain', '', OUT],
    ['no-out', '', NAME],
    ['no-out', '', [...NAME, '--out', '']],
    ['unknown', '--realm', [...NAME, ...OUT, '--realm', 'x']],
    ['unknown', '--domain', ['--domain']],
    ['unknown', '--help', ['--help=yes']],
    ['unknown', 'more', [...NAME, ...OUT, 'more']],
    ...[
      ...[
        'localhost',
        '203.0.113.7',
        '[2001:db8::7]',
        'https://turn.example.org',
        'turn.example.org:3478',
        '',
      ],
      ...[
        "turn.example.org';reboot'",
        'turn.example.org\nuser=a',
        '-x.example.org',
        'x-.example.org',
        'a..b',
      ],
      ...[`${'a'.repeat(64)}.example.org`, `${'a.'.repeat(127)}org`, 'turn.example.1'],
    ].map((name) => ['domain', name, [`--domain=${name}`, ...OUT]] as const),
    ...[
      '203.0.113',
      '203.0.113.7/',
      '203.0.113.7/fd00::7',
      '1.2.3.4/5.6.7.8/9.9.9.9',
      'fe80::1%eth0',
      'x',
      '',
    ].map((address) => ['address', address, [...NAME, ...OUT, `--address=${address}`]] as const),
    ...["a'b@example.org", 'a b@example.org', '$(x)@example.org', 'example.org', 'a@b@example.org', ''].map(
      (email) => ['email', email, [...NAME, ...OUT, `--email=${email}`]] as const,
    ),
  ] as const)('is refused: %s %j', (problem, option, argv) => {
    expect(parseAnswers(argv)).toEqual({ ok: false, error: { problem, option } });
  });
});

describe('answers that are wrong together', () => {
  it('are all named', () => {
    expect(checkAnswers({ domain: 'x', address: 'y', email: 'z' })).toEqual({
      ok: false,
      error: ['domain', 'address', 'email'],
    });
  });
});
