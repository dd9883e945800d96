/** Holds what becomes of what is typed in a terminal, and what is shown there, with a fake host. */

import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../../main/common/result.ts';
import { emptyRoom, linkAt, liveStatus } from '../../../support/host/host-samples.ts';
import { runTerminal } from '../../../support/host/terminal-run.ts';
import { settle } from '../../../support/time/manual-time.ts';

describe('in a terminal', () => {
  it('adds an address that is typed', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = runTerminal({ inTerminal: true });
    await settle();
    host.show(emptyRoom);
    stdin.write('https://a.example\r');
    await settle();
    expect(host.added).toEqual(['https://a.example']);
    expect(stdout.text).toContain('Added: https://a.example');
    host.addOutcome = fail('bad-origin');
    stdin.write('http://b.example\r');
    await settle();
    expect(stdout.text).toContain('not an address guests can use');
    stdin.write('halp\r');
    await settle();
    expect(stdout.text).toContain('Not understood');
    expect(host.added).toHaveLength(2);
    expect(host.asked).toEqual([]);
    signalAt(0);
    await exitCode;
  });

  const anna = { id: 'A', name: 'Anna', reports: 0 };
  const ben = { id: 'B', name: 'Ben\u001b[2J', reports: 0 };
  const once = { id: 4, kind: 'one-time', link: linkAt('https://a.example') } as const;

  it('hides addresses from then on and no more, and says why it cannot', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = runTerminal({ inTerminal: true });
    await settle();
    host.show(liveStatus({ participants: [anna] }));
    for (const line of ['hide on', 'скрыть выкл']) stdin.write(`${line}\r`);
    await settle();
    expect(host.hiding).toEqual([true, false]);
    expect(stdout.text).toContain('Voices go through the TURN servers alone now.');
    expect(stdout.text).toContain('Voices go straight between people again');
    host.hidingOutcome = fail('relay-only-without-turn');
    stdin.write('hide on\r');
    await settle();
    expect(stdout.text).toContain('voices have to go through a TURN server, and none is set up.');
    signalAt(0);
    await exitCode;
  });

  it.each([
    ['new', { type: 'new-link' }, 'There is a new link.'],
    ['ONCE', { type: 'invite', request: { kind: 'one-time' } }, 'The invitation is among'],
    [
      'expire 1d',
      { type: 'invite', request: { kind: 'expiring', lifetimeMs: 86_400_000 } },
      'The invitation is among',
    ],
    ['revoke 1', { type: 'revoke', invitation: 4 }, 'Invitation 1 has been revoked.'],
    ['remove 2', { type: 'remove', participant: 'B' }, 'Removed: Ben[2J.'],
    ['shut', { type: 'shut-out' }, 'The page is closed for those who had not joined.'],
    ['lock', { type: 'lock' }, 'The room is locked.'],
    ['unlock', { type: 'unlock' }, 'The room is not locked any more.'],
    ['lobby on', { type: 'lobby', on: true }, 'From now on you let in each who comes.'],
    ['lobby off', { type: 'lobby', on: false }, 'comes in by themselves now.'],
    ['files off', { type: 'files', on: false }, 'From now on nobody in the room sends a file'],
    ['files on', { type: 'files', on: true }, 'may send files to each other.'],
    ['admit 3', { type: 'admit', participant: 'C' }, 'Let in: Clara.'],
    ['refuse 3', { type: 'refuse', participant: 'C' }, 'Not let in: Clara.'],
    ['end', { type: 'end' }, 'The call is over for everyone.'],
  ])('carries out %j', async (line, asked, answer) => {
    const { host, stdin, stdout, exitCode, signalAt } = runTerminal({ inTerminal: true });
    await settle();
    const waiting = [{ id: 'C', name: 'Clara' }];
    host.show(liveStatus({ participants: [anna, ben], waiting, waitingCount: 1, invitations: [once] }));
    stdin.write(`${line}\r`);
    await settle();
    expect(host.asked).toEqual([asked]);
    expect(stdout.text).toContain(answer);
    host.onAsked = () => fail('too-many-links');
    stdin.write(`${line}\r`);
    await settle();
    expect(stdout.text).toContain('There are as many invitations as there can be.');
    signalAt(0);
    await exitCode;
  });

  it('tells what can be typed', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = runTerminal({ inTerminal: true, locale: 'ru-RU' });
    await settle();
    host.show(emptyRoom);
    stdin.write('помощь\r');
    await settle();
    expect(stdout.text).toContain('\nудалить N    удалить человека N');
    signalAt(0);
    await exitCode;
  });

  it('never removes anybody but the one who had the number', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = runTerminal({ inTerminal: true });
    await settle();
    host.show(liveStatus({ participants: [anna, ben] }));
    host.show(liveStatus({ participants: [ben] }));
    expect(stdout.text).toContain('  2  Ben');
    for (const line of ['remove 1', 'remove 3', 'remove 0', 'remove', 'revoke 1', 'revoke x', 'remove 2 3']) {
      stdin.write(`${line}\r`);
      await settle();
    }
    expect(host.asked).toEqual([]);
    expect(stdout.text).toContain('There is no person 1 in the room.');
    stdin.write('remove 2\r');
    await settle();
    expect(host.asked).toEqual([{ type: 'remove', participant: 'B' }]);
    signalAt(0);
    await exitCode;
  });

  it('admits and refuses nobody but the one who waits under the number', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = runTerminal({ inTerminal: true });
    await settle();
    const clara = { id: 'C', name: 'Clara\u001b[2J' };
    host.show(liveStatus({ participants: [anna], waiting: [clara, ben], waitingCount: 2 }));
    expect(stdout.text).toContain('2 people wait to be let in\n  2  Clara[2J\n  3  Ben');
    host.show(liveStatus({ participants: [anna], waiting: [ben], waitingCount: 1 }));
    for (const line of ['admit 1', 'admit 2', 'refuse 2', 'admit 4', 'admit', 'refuse x']) {
      stdin.write(`${line}\r`);
      await settle();
    }
    expect(host.asked).toEqual([]);
    expect(stdout.text).toContain('There is no person 2 who waits to be let in.');
    stdin.write('admit 3\r');
    await settle();
    expect(host.asked).toEqual([{ type: 'admit', participant: 'B' }]);
    signalAt(0);
    await exitCode;
  });

  it('rings when somebody waits, and not for each of many', async () => {
    const { host, stdout, exitCode, signalAt } = runTerminal({ inTerminal: true });
    await settle();
    const bells = () => stdout.text.split('\u0007').length - 1;
    for (const waitingCount of [0, 1, 2, 40, 0]) host.show(liveStatus({ waitingCount }));
    expect(bells()).toBe(1);
    host.show(liveStatus({ waitingCount: 1 }));
    expect(bells()).toBe(2);
    signalAt(0);
    await exitCode;
  });

  it('shows how the door stands', async () => {
    const { host, stdout, exitCode, signalAt } = runTerminal({ inTerminal: true });
    await settle();
    host.show(liveStatus({ lobby: true }));
    expect(stdout.text).toContain('\nThe lobby is on: you let in each who comes\n');
    host.show(liveStatus({ lobby: true, locked: true, waitingCount: 40, waiting: [ben] }));
    expect(stdout.text).toContain('\nThe room is locked: nobody else comes in\n');
    expect(stdout.text).toContain('\n  and 39 more\n');
    expect(stdout.text).not.toContain('Files are off');
    host.show(liveStatus({ lobby: true, files: false }));
    expect(stdout.text).toContain(
      'in each who comes\nFiles are off: those in the room send none to each other\n',
    );
    signalAt(0);
    await exitCode;
  });

  it.each(['leave\r', 'уйти\r'])('leaves those inside to themselves at %j', async (keys) => {
    const { host, stdin, exitCode } = runTerminal({ inTerminal: true });
    await settle();
    stdin.write(keys);
    expect(await exitCode).toBe(0);
    expect([host.serverStops, host.stops]).toEqual([1, 0]);
  });

  it('says that a removal has cost the room its link', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = runTerminal({ inTerminal: true });
    await settle();
    host.show(liveStatus({ participants: [anna] }));
    host.onAsked = () => {
      host.show(
        liveStatus({ local: { origin: 'http://localhost:8790', invite: 'http://localhost:8790/#n.l' } }),
      );
      return ok(null);
    };
    stdin.write('remove 1\r');
    await settle();
    expect(stdout.text).toContain('Removed: Anna. There is a new link.');
    signalAt(0);
    await exitCode;
  });

  it.each(['q\r', 'Q\r', 'й\r', '\u0003'])('stops at %j', async (keys) => {
    const { host, stdin, exitCode } = runTerminal({ inTerminal: true });
    await settle();
    stdin.write(keys);
    expect(await exitCode).toBe(0);
    expect(host.stops).toBe(1);
  });

  it('goes on after Ctrl-D', async () => {
    const { host, stdin, exitCode, signalAt } = runTerminal({ inTerminal: true });
    await settle();
    stdin.write('\u0004');
    await settle();
    host.show(emptyRoom);
    expect(host.stops).toBe(0);
    signalAt(0);
    expect(await exitCode).toBe(0);
  });

  it('keeps the half-typed line when the screen changes', async () => {
    const { host, stdin, exitCode, stdout, signalAt } = runTerminal({ inTerminal: true });
    await settle();
    stdin.write('https://half');
    await settle();
    stdout.text = '';
    host.show(emptyRoom);
    expect(stdout.text).toContain('> https://half');
    signalAt(0);
    await exitCode;
  });
});
