/** Checks the commands that tie a child to the life of the app. */

import { describe, expect, it } from 'vitest';
import { chooseParentGuard, guardCommand } from '../../../../../main/tunnel/process/parent-guard.ts';

const HOSTILE = '$(touch /tmp/never) "; exit 0';

describe('chooseParentGuard', () => {
  it('leaves Windows to its job objects, and uses the pipe where there is no setpriv', async () => {
    expect(await chooseParentGuard({ platform: 'win32', env: {} })).toEqual({ kind: 'none' });
    expect(await chooseParentGuard({ platform: 'darwin', env: {} })).toEqual({ kind: 'lifeline' });
  });
});

describe('guardCommand', () => {
  it('has the kernel kill the command on Linux', () => {
    const guarded = guardCommand({ kind: 'setpriv', setpriv: '/usr/bin/setpriv' }, '/usr/bin/ssh', [
      '-T',
      HOSTILE,
    ]);
    expect(guarded).toEqual({
      command: '/usr/bin/setpriv',
      args: ['--pdeathsig', 'KILL', '--', '/usr/bin/ssh', '-T', HOSTILE],
      lifeline: false,
    });
  });

  it('gives the shell a fixed text, and the command as positional parameters only', () => {
    const one = guardCommand({ kind: 'lifeline' }, '/usr/bin/ssh', [HOSTILE]);
    const other = guardCommand({ kind: 'lifeline' }, '/usr/bin/other', []);
    expect(one.args.slice(2)).toEqual(['sh', '/usr/bin/ssh', HOSTILE]);
    expect(one.args[1]).toBe(other.args[1]);
    expect(one).toMatchObject({ command: '/bin/sh', lifeline: true });
  });

  it('runs the command itself where nothing is needed', () => {
    expect(guardCommand({ kind: 'none' }, '/bin/a', ['b'])).toEqual({
      command: '/bin/a',
      args: ['b'],
      lifeline: false,
    });
  });
});
