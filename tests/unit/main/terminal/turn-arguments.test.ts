import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../../main/terminal/arguments.ts';

const of = (line: string) => parseArguments(line.split(' '));
const SECRET = '--turn-secret-file s';

describe('the TURN flags', () => {
  it('are a list of servers with one secret', () => {
    expect(of(`--turn turn:a.example --turn turns:b.example:443?transport=tcp ${SECRET}`)).toMatchObject({
      value: {
        turn: {
          urls: ['turn:a.example', 'turns:b.example:443?transport=tcp'],
          credentials: { kind: 'shared-secret', secretFile: 's' },
        },
      },
    });
  });

  it('are servers with a name and a password', () => {
    expect(of('--turn turn:[2001:db8::1] --turn-user a:b --turn-password-file p')).toMatchObject({
      value: {
        turn: {
          urls: ['turn:[2001:db8::1]'],
          credentials: { kind: 'static', username: 'a:b', passwordFile: 'p' },
        },
      },
    });
  });

  it('are nothing where none is given', () => {
    expect(of('--json')).toMatchObject({ value: { turn: null } });
  });

  it.each([
    ['--turn turn.example', 'turn-scheme'],
    [SECRET, 'turn-no-server'],
    ['--turn-user me', 'turn-no-server'],
    ['--turn-password-file p', 'turn-no-server'],
    ['--turn turn:a', 'turn-no-credentials'],
    [`--turn turn:a ${SECRET} --turn-user me`, 'turn-two-credentials'],
    [`--turn turn:a ${SECRET} --turn-password-file p`, 'turn-two-credentials'],
    ['--turn turn:a --turn-user me', 'turn-no-password'],
    ['--turn turn:a --turn-password-file p', 'turn-no-user'],
    ['--turn turn:a --turn-user= --turn-password-file p', 'turn-user-empty'],
    [`--turn turn:a --turn-user ${'m'.repeat(301)} --turn-password-file p`, 'turn-user-too-long'],
    ['--turn turn:a --turn-user m\n --turn-password-file p', 'turn-user-characters'],
    [`${'--turn turn:a '.repeat(9)}${SECRET}`, 'turn-too-many'],
    [`--turn turn:a --turn a.example ${SECRET}`, 'turn-scheme'],
    [`--turn turn://a.example ${SECRET}`, 'turn-slashes'],
    [`--turn turn:me:word@a.example ${SECRET}`, 'turn-login'],
    [`--turn turn:a_b ${SECRET}`, 'turn-host'],
    [`--turn turn:2001:db8::1 ${SECRET}`, 'turn-brackets'],
    [`--turn turn:a:0 ${SECRET}`, 'turn-port'],
    [`--turn turn:a?transport=sctp ${SECRET}`, 'turn-transport'],
    [`--turn turn:${'a.'.repeat(150)}a ${SECRET}`, 'turn-too-long'],
  ])('are refused: %s', (line, problem) => {
    expect(of(line)).toMatchObject({ ok: false, error: { problem } });
  });

  it('name the server that cannot be used', () => {
    expect(of(`--turn turn:good.example --turn turn:bad.example:0 ${SECRET}`)).toMatchObject({
      error: { option: 'turn:bad.example:0' },
    });
  });
});
