/** Holds a run of the terminal host, from the command line to the exit code, with a fake host. */

import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { fail } from '../../../../main/common/result.ts';
import { emptyRoom, liveStatus, snapshotOf } from '../../../support/host/host-samples.ts';
import { runTerminal } from '../../../support/host/terminal-run.ts';
import { settle } from '../../../support/time/manual-time.ts';

describe('with --json', () => {
  it('prints events and nothing else until a signal stops it in order', async () => {
    const { host, events, exitCode, signalAt, stderr } = runTerminal({
      argv: ['--json', '--tunnel', 'none'],
    });
    await settle();
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
    const rig = runTerminal({ argv: ['--json'] });
    rig.host.startOutcome = Promise.resolve(fail('port-in-use'));
    expect(await rig.exitCode).toBe(1);
    expect(rig.events()).toEqual([{ event: 'failed', code: 'port-in-use' }]);
  });

  it('ends with bad-options for a command line it does not understand, in words on standard error', async () => {
    const { exitCode, events, stderr, createHost } = runTerminal({ argv: ['--json', '--capacity', '99'] });
    expect(await exitCode).toBe(1);
    expect(events()).toEqual([{ event: 'failed', code: 'bad-options' }]);
    expect(stderr.text).toContain('--capacity is a whole number from 2 to 12.');
    expect(createHost).not.toHaveBeenCalled();
  });

  it('ends with internal when there can be no host at all', async () => {
    const rig = runTerminal({ argv: ['--json'], hostFails: true });
    expect(await rig.exitCode).toBe(1);
    expect(rig.events()).toEqual([{ event: 'failed', code: 'internal' }]);
  });

  it('lets a signal cut into a start', async () => {
    const { host, exitCode, signalAt, events } = runTerminal({ argv: ['--json'] });
    host.startOutcome = new Promise(() => {});
    await settle();
    signalAt(0);
    expect(await exitCode).toBe(0);
    expect(host.stops).toBe(1);
    expect(events()).toEqual([{ event: 'stopped' }]);
  });

  it('does not listen to the keyboard', async () => {
    const { host, stdin, exitCode, signalAt } = runTerminal({ argv: ['--json'] });
    await settle();
    stdin.end('q\n');
    await settle();
    expect(host.stops).toBe(0);
    signalAt(0);
    await exitCode;
  });
});

describe('signals', () => {
  it('count once within a second, and force the end later', async () => {
    const { host, exitCode, signalAt, forceExit } = runTerminal();
    await settle();
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
    await settle();
    finish();
    expect(await exitCode).toBe(0);
  });
});

it.each([
  ['SIGTERM', 'stopServer'],
  ['SIGHUP', 'stopServer'],
  ['SIGINT', 'stop'],
] as const)('on %s ends the call only where a person gave it, kept or not', async (signal, ending) => {
  const service = runTerminal({ argv: ['--json'] });
  await settle();
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
    const service = runTerminal({ argv });
    await settle();
    service.signalAt(0, 'SIGTERM');
    expect(await service.exitCode).toBe(0);
    expect([service.host.serverStops, service.host.stops]).toEqual([1, 0]);
    expect(service.events()).toEqual([{ event: 'stopped' }]);
    expect(service.createHost).toHaveBeenCalledWith(expect.objectContaining({ keepRoom: true }));
    const person = runTerminal({ argv });
    await settle();
    person.signalAt(0, 'SIGINT');
    await person.exitCode;
    expect([person.host.serverStops, person.host.stops]).toEqual([0, 1]);
  });

  it('is ended by typing stop', async () => {
    const { host, stdin, exitCode } = runTerminal({ argv: ['--keep-room'], inTerminal: true });
    await settle();
    stdin.write('stop\n');
    expect(await exitCode).toBe(0);
    expect([host.serverStops, host.stops]).toEqual([0, 1]);
  });

  it('is gone on with where it was cut off, and said to be', async () => {
    const rig = runTerminal({ argv });
    rig.host.snapshot = snapshotOf({ phase: 'idle' }, { cutOff: true });
    await settle();
    rig.host.show(liveStatus({ resumed: true }));
    rig.signalAt(0);
    await rig.exitCode;
    expect([rig.host.wentOn, rig.host.started]).toEqual([1, []]);
    expect(rig.events()[0]).toEqual(expect.objectContaining({ event: 'live', resumed: true }));
  });

  it('is not lost where its port is taken, and that is told', async () => {
    const rig = runTerminal({ argv: ['--keep-room'] });
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
    const { host, stdout, exitCode, signalAt, createHost } = runTerminal({ argv, locale: 'ru-RU' });
    await settle();
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
    const { exitCode, signalAt, createHost, stdout, stderr } = runTerminal({ argv });
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
    const { exitCode, createHost, events, stderr } = runTerminal({ argv });
    expect(await exitCode).toBe(1);
    expect(createHost).not.toHaveBeenCalled();
    expect(events()).toEqual([{ event: 'failed', code: 'bad-options' }]);
    expect(stderr.text).toContain('There is no such file: /nowhere/secret');
  });

  it('shows help and exits', async () => {
    const { exitCode, stdout, createHost } = runTerminal({ argv: ['--help'] });
    expect(await exitCode).toBe(0);
    expect(stdout.text).toContain('--ssh-known-hosts FILE');
    expect(stdout.text).toContain('2 to 12');
    expect(createHost).not.toHaveBeenCalled();
  });

  it('names an option it does not know, without its control characters', async () => {
    const { exitCode, stdout, stderr } = runTerminal({ argv: ['--\u001b[2Jx'] });
    expect(await exitCode).toBe(1);
    expect(stdout.text).toBe('');
    expect(stderr.text).toBe('There is no option --[2Jx.\nAll options: npm run host -- --help\n');
  });

  it('goes on when the end of its input comes, and when its reader goes', async () => {
    const { host, stdin, stdout, exitCode, signalAt } = runTerminal();
    stdin.end();
    await settle();
    stdout.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));
    host.show(emptyRoom);
    await settle();
    expect(host.stops).toBe(0);
    signalAt(0);
    expect(await exitCode).toBe(0);
  });
});
