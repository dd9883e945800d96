/** Holds a run of the terminal host, from the command line to the exit code, with a fake host. */

import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../../../main/common/result.ts';
import type { StopSignal } from '../../../../main/terminal/stop-signals.ts';
import { runTerminalHost, type TerminalEnvironment } from '../../../../main/terminal/terminal-host.ts';
import { FakeHost } from '../../../support/host/fake-host.ts';
import { emptyRoom, linkAt, liveStatus, snapshotOf } from '../../../support/host/host-samples.ts';
import { TextStream } from '../../../support/host/text-stream.ts';

class Keyboard extends PassThrough {
  readonly isTTY: boolean;
  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }
}

interface Rig {
  readonly argv?: readonly string[];
  readonly inTerminal?: boolean;
  readonly locale?: string;
  readonly hostFails?: boolean;
}

function run({ argv = [], inTerminal = false, locale = 'en-US', hostFails = false }: Rig = {}) {
  const host = new FakeHost();
  const stdin = new Keyboard(inTerminal);
  const stdout = new TextStream({ isTTY: inTerminal });
  const stderr = new TextStream();
  const forceExit = vi.fn();
  const createHost = vi.fn<TerminalEnvironment['createHost']>(async () => {
    if (hostFails) throw new Error('no');
    return host;
  });
  let nowMs = 0;
  let signal: (signal: StopSignal) => void = () => {};
  const exitCode = runTerminalHost({
    argv,
    env: {},
    pid: 42,
    systemLocale: locale,
    stdin,
    stdout,
    stderr,
    clock: () => nowMs,
    onStopSignal: (listener) => {
      signal = listener;
    },
    forceExit,
    createHost,
  });
  return {
    host,
    stdin,
    stdout,
    stderr,
    forceExit,
    createHost,
    exitCode,
    signalAt(ms: number, name: StopSignal = 'SIGINT') {
      nowMs = ms;
      signal(name);
    },
    events: () => stdout.lines.map((line): unknown => JSON.parse(line)),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('with --json', () => {
  it('prints events and nothing else until a signal stops it in order', async () => {
    const { host, events, exitCode, signalAt, stderr } = run({ argv: ['--json', '--tunnel', 'none'] });
    await settled();
    expect(host.started).toEqual([expect.objectContaining({ tunnel: 'none', capacity: 6 })]);
    host.show({ phase: 'starting', step: 'server' });
    host.show(emptyRoom);
    host.show(liveStatus({ participants: [{ id: '1', name: 'Ada', reports: 0 }] }));
    signalAt(0);
    expect(await exitCode).toBe(0);
    expect(host.stops).toBe(1);
    expect(events()).toEqual([
      { event: 'live', pid: 42, port: 8790, invite: emptyRoom.local.invite },
      { event: 'participants', count: 1 },
      { event: 'stopped' },
    ]);
    expect(stderr.text).toBe('');
  });

  it('ends with the code of a start that failed', async () => {
    const rig = run({ argv: ['--json'] });
    rig.host.startOutcome = Promise.resolve(fail('port-in-use'));
    expect(await rig.exitCode).toBe(1);
    expect(rig.events()).toEqual([{ event: 'failed', code: 'port-in-use' }]);
  });

  it('ends with bad-options for a command line it does not understand, in words on standard error', async () => {
    const { exitCode, events, stderr, createHost } = run({ argv: ['--json', '--capacity', '99'] });
    expect(await exitCode).toBe(1);
    expect(events()).toEqual([{ event: 'failed', code: 'bad-options' }]);
    expect(stderr.text).toContain('--capacity is a whole number from 2 to 12.');
    expect(createHost).not.toHaveBeenCalled();
  });

  it('ends with internal when there can be no host at all', async () => {
    const rig = run({ argv: ['--json'], hostFails: true });
    expect(await rig.exitCode).toBe(1);
    expect(rig.events()).toEqual([{ event: 'failed', code: 'internal' }]);
  });

  it('lets a signal cut into a start', async () => {
    const { host, exitCode, signalAt, events } = run({ argv: ['--json'] });
    host.startOutcome = new Promise(() => {});
    await settled();
    signalAt(0);
    expect(await exitCode).toBe(0);
    expect(host.stops).toBe(1);
    expect(events()).toEqual([{ event: 'stopped' }]);
  });

  it('does not listen to the keyboard', async () => {
    const { host, stdin, exitCode, signalAt } = run({ argv: ['--json'] });
    await settled();
    stdin.end('q\n');
    await settled();
    expect(host.stops).toBe(0);
    signalAt(0);
    await exitCode;
  });
});

describe('signals', () => {
  it('count once within a second, and force the end later', async () => {
    const { host, exitCode, signalAt, forceExit } = run();
    await settled();
    let finish: () => void = () => {};
    host.stop = () =>
      new Promise((resolve) => {
        finish = () => resolve({ ok: true, value: null });
      });
    signalAt(100);
    signalAt(150);
    signalAt(1_000);
    expect(forceExit).not.toHaveBeenCalled();
    signalAt(1_200);
    expect(forceExit).toHaveBeenCalledTimes(1);
    await settled();
    finish();
    expect(await exitCode).toBe(0);
  });
});

it.each([
  ['SIGTERM', 'stopServer'],
  ['SIGHUP', 'stopServer'],
  ['SIGINT', 'stop'],
] as const)('on %s ends the call only where a person gave it, kept or not', async (signal, ending) => {
  const service = run({ argv: ['--json'] });
  await settled();
  service.signalAt(0, signal);
  expect(await service.exitCode).toBe(0);
  const { stops, serverStops } = service.host;
  expect({ stops, serverStops }).toEqual(
    ending === 'stop' ? { stops: 1, serverStops: 0 } : { stops: 0, serverStops: 1 },
  );
});

describe('a room that is kept', () => {
  const argv = ['--json', '--keep-room'];

  it('outlives the system’s signal, and ends with a person’s', async () => {
    const service = run({ argv });
    await settled();
    service.signalAt(0, 'SIGTERM');
    expect(await service.exitCode).toBe(0);
    expect([service.host.serverStops, service.host.stops]).toEqual([1, 0]);
    expect(service.events()).toEqual([{ event: 'stopped' }]);
    expect(service.createHost).toHaveBeenCalledWith(expect.objectContaining({ keepRoom: true }));
    const person = run({ argv });
    await settled();
    person.signalAt(0, 'SIGINT');
    await person.exitCode;
    expect([person.host.serverStops, person.host.stops]).toEqual([0, 1]);
  });

  it('is ended by typing stop', async () => {
    const { host, stdin, exitCode } = run({ argv: ['--keep-room'], inTerminal: true });
    await settled();
    stdin.write('stop\n');
    expect(await exitCode).toBe(0);
    expect([host.serverStops, host.stops]).toEqual([0, 1]);
  });

  it('is gone on with where it was cut off, and said to be', async () => {
    const rig = run({ argv });
    rig.host.snapshot = snapshotOf({ phase: 'idle' }, { cutOff: true });
    await settled();
    rig.host.show(liveStatus({ resumed: true }));
    rig.signalAt(0);
    await rig.exitCode;
    expect([rig.host.wentOn, rig.host.started]).toEqual([1, []]);
    expect(rig.events()[0]).toEqual(expect.objectContaining({ event: 'live', resumed: true }));
  });

  it('is not lost where its port is taken, and that is told', async () => {
    const rig = run({ argv: ['--keep-room'] });
    rig.host.snapshot = snapshotOf({ phase: 'idle' }, { cutOff: true });
    rig.host.startOutcome = Promise.resolve(fail('port-in-use'));
    expect(await rig.exitCode).toBe(1);
    expect(rig.stderr.text).toContain('uses the port of the room that was cut off');
    expect(rig.stderr.text).toContain('The room that was cut off is still kept.');
  });
});

describe('in words', () => {
  it('speaks the language of the system, and passes it and the ssh server on', async () => {
    const argv = ['--ssh-target', 'a@b.example', '--ssh-port', '2222'];
    const { host, stdout, exitCode, signalAt, createHost } = run({ argv, locale: 'ru-RU' });
    await settled();
    host.show(emptyRoom);
    signalAt(0);
    await exitCode;
    expect(stdout.text).toContain('Комната открыта');
    expect(createHost).toHaveBeenCalledWith({
      ssh: { target: 'a@b.example', port: 2222 },
      language: 'ru',
      keepRoom: false,
      turnServers: [],
      notices: [],
    });
  });

  it('passes TURN servers on with the secret of their file, says that others can read it, and never what it is', async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'secret-call-turn-')), 'secret');
    await writeFile(file, 'north-star\n');
    await chmod(file, 0o644);
    const argv = ['--turn', 'turn:a.example', '--turn-secret-file', file, '--json'];
    const { exitCode, signalAt, createHost, stdout, stderr } = run({ argv });
    await vi.waitFor(() => expect(createHost).toHaveBeenCalled());
    signalAt(0);
    expect(await exitCode).toBe(0);
    const credentials = { kind: 'shared-secret', secret: 'north-star' };
    expect(createHost.mock.calls[0]?.[0]).toMatchObject({
      turnServers: [{ url: 'turn:a.example', credentials }],
      notices: ['turn-file-exposed'],
    });
    expect(stderr.text).toMatch(/^Others on this computer can read the file/);
    expect(stdout.text + stderr.text).not.toContain('north-star');
  });

  it('does not start with a secret it cannot read', async () => {
    const argv = ['--turn', 'turn:a.example', '--turn-secret-file', '/nowhere/secret', '--json'];
    const { exitCode, createHost, events, stderr } = run({ argv });
    expect(await exitCode).toBe(1);
    expect(createHost).not.toHaveBeenCalled();
    expect(events()).toEqual([{ event: 'failed', code: 'bad-options' }]);
    expect(stderr.text).toContain('There is no such file: /nowhere/secret');
  });

  it('shows help and exits', async () => {
    const { exitCode, stdout, createHost } = run({ argv: ['--help'] });
    expect(await exitCode).toBe(0);
    expect(stdout.text).toContain('--ssh-known-hosts FILE');
    expect(stdout.text).toContain('2 to 12');
    expect(createHost).not.toHaveBeenCalled();
  });

  it('names an option it does not know, without its control characters', async () => {
    const { exitCode, stdout, stderr } = run({ argv: ['--\u001b[2Jx'] });
    expect(await exitCode).toBe(1);
    expect(stdout.text).toBe('');
    expect(stderr.text).toBe('There is no option --[2Jx.\nAll options: npm run host -- --help\n');
  });

  it('goes on when the end of its input comes, and when its reader goes', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = run();
    stdin.end();
    await settled();
    stdout.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));
    host.show(emptyRoom);
    await settled();
    expect(host.stops).toBe(0);
    signalAt(0);
    expect(await exitCode).toBe(0);
  });
});

describe('in a terminal', () => {
  it('adds an address that is typed', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = run({ inTerminal: true });
    await settled();
    host.show(emptyRoom);
    stdin.write('https://a.example\r');
    await settled();
    expect(host.added).toEqual(['https://a.example']);
    expect(stdout.text).toContain('Added: https://a.example');
    host.addOutcome = fail('bad-origin');
    stdin.write('http://b.example\r');
    await settled();
    expect(stdout.text).toContain('not an address guests can use');
    stdin.write('halp\r');
    await settled();
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
    const { host, stdin, stdout, exitCode, signalAt } = run({ inTerminal: true });
    await settled();
    host.show(liveStatus({ participants: [anna] }));
    for (const line of ['hide on', 'скрыть выкл']) stdin.write(`${line}\r`);
    await settled();
    expect(host.hiding).toEqual([true, false]);
    expect(stdout.text).toContain('Voices go through the TURN servers alone now.');
    expect(stdout.text).toContain('Voices go straight between people again');
    host.hidingOutcome = fail('relay-only-without-turn');
    stdin.write('hide on\r');
    await settled();
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
    const { host, stdin, stdout, exitCode, signalAt } = run({ inTerminal: true });
    await settled();
    const waiting = [{ id: 'C', name: 'Clara' }];
    host.show(liveStatus({ participants: [anna, ben], waiting, waitingCount: 1, invitations: [once] }));
    stdin.write(`${line}\r`);
    await settled();
    expect(host.asked).toEqual([asked]);
    expect(stdout.text).toContain(answer);
    host.onAsked = () => fail('too-many-links');
    stdin.write(`${line}\r`);
    await settled();
    expect(stdout.text).toContain('There are as many invitations as there can be.');
    signalAt(0);
    await exitCode;
  });

  it('tells what can be typed', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = run({ inTerminal: true, locale: 'ru-RU' });
    await settled();
    host.show(emptyRoom);
    stdin.write('помощь\r');
    await settled();
    expect(stdout.text).toContain('\nудалить N    удалить человека N');
    signalAt(0);
    await exitCode;
  });

  it('never removes anybody but the one who had the number', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = run({ inTerminal: true });
    await settled();
    host.show(liveStatus({ participants: [anna, ben] }));
    host.show(liveStatus({ participants: [ben] }));
    expect(stdout.text).toContain('  2  Ben');
    for (const line of ['remove 1', 'remove 3', 'remove 0', 'remove', 'revoke 1', 'revoke x', 'remove 2 3']) {
      stdin.write(`${line}\r`);
      await settled();
    }
    expect(host.asked).toEqual([]);
    expect(stdout.text).toContain('There is no person 1 in the room.');
    stdin.write('remove 2\r');
    await settled();
    expect(host.asked).toEqual([{ type: 'remove', participant: 'B' }]);
    signalAt(0);
    await exitCode;
  });

  it('admits and refuses nobody but the one who waits under the number', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = run({ inTerminal: true });
    await settled();
    const clara = { id: 'C', name: 'Clara\u001b[2J' };
    host.show(liveStatus({ participants: [anna], waiting: [clara, ben], waitingCount: 2 }));
    expect(stdout.text).toContain('2 people wait to be let in\n  2  Clara[2J\n  3  Ben');
    host.show(liveStatus({ participants: [anna], waiting: [ben], waitingCount: 1 }));
    for (const line of ['admit 1', 'admit 2', 'refuse 2', 'admit 4', 'admit', 'refuse x']) {
      stdin.write(`${line}\r`);
      await settled();
    }
    expect(host.asked).toEqual([]);
    expect(stdout.text).toContain('There is no person 2 who waits to be let in.');
    stdin.write('admit 3\r');
    await settled();
    expect(host.asked).toEqual([{ type: 'admit', participant: 'B' }]);
    signalAt(0);
    await exitCode;
  });

  it('rings when somebody waits, and not for each of many', async () => {
    const { host, stdout, exitCode, signalAt } = run({ inTerminal: true });
    await settled();
    const bells = () => stdout.text.split('\u0007').length - 1;
    for (const waitingCount of [0, 1, 2, 40, 0]) host.show(liveStatus({ waitingCount }));
    expect(bells()).toBe(1);
    host.show(liveStatus({ waitingCount: 1 }));
    expect(bells()).toBe(2);
    signalAt(0);
    await exitCode;
  });

  it('shows how the door stands', async () => {
    const { host, stdout, exitCode, signalAt } = run({ inTerminal: true });
    await settled();
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
    const { host, stdin, exitCode } = run({ inTerminal: true });
    await settled();
    stdin.write(keys);
    expect(await exitCode).toBe(0);
    expect([host.serverStops, host.stops]).toEqual([1, 0]);
  });

  it('says that a removal has cost the room its link', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = run({ inTerminal: true });
    await settled();
    host.show(liveStatus({ participants: [anna] }));
    host.onAsked = () => {
      host.show(
        liveStatus({ local: { origin: 'http://localhost:8790', invite: 'http://localhost:8790/#n.l' } }),
      );
      return ok(null);
    };
    stdin.write('remove 1\r');
    await settled();
    expect(stdout.text).toContain('Removed: Anna. There is a new link.');
    signalAt(0);
    await exitCode;
  });

  it.each(['q\r', 'Q\r', 'й\r', '\u0003'])('stops at %j', async (keys) => {
    const { host, stdin, exitCode } = run({ inTerminal: true });
    await settled();
    stdin.write(keys);
    expect(await exitCode).toBe(0);
    expect(host.stops).toBe(1);
  });

  it('goes on after Ctrl-D', async () => {
    const { host, stdin, exitCode, signalAt } = run({ inTerminal: true });
    await settled();
    stdin.write('\u0004');
    await settled();
    host.show(emptyRoom);
    expect(host.stops).toBe(0);
    signalAt(0);
    expect(await exitCode).toBe(0);
  });

  it('keeps the half-typed line when the screen changes', async () => {
    const { host, stdin, exitCode, stdout, signalAt } = run({ inTerminal: true });
    await settled();
    stdin.write('https://half');
    await settled();
    stdout.text = '';
    host.show(emptyRoom);
    expect(stdout.text).toContain('> https://half');
    signalAt(0);
    await exitCode;
  });
});
