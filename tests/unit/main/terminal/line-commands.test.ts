/** Holds what can be typed, in both languages, and what is said to the rest. */

import { describe, expect, it } from 'vitest';
import { ok } from '../../../../main/common/result.ts';
import { parseLine } from '../../../../main/terminal/line-commands.ts';

const expiring = (lifetimeMs: number) => ({ kind: 'invite', request: { kind: 'expiring', lifetimeMs } });

describe('parseLine', () => {
  it.each([
    ['', { kind: 'nothing' }],
    ['  ', { kind: 'nothing' }],
    ['q', { kind: 'quit' }],
    ['Й', { kind: 'quit' }],
    ['help', { kind: 'help' }],
    ['помощь', { kind: 'help' }],
    [' New ', { kind: 'new-link' }],
    ['новая', { kind: 'new-link' }],
    ['once', { kind: 'invite', request: { kind: 'one-time' } }],
    ['Разовая', { kind: 'invite', request: { kind: 'one-time' } }],
    ['expire 1h', expiring(3_600_000)],
    ['expire  1D', expiring(86_400_000)],
    ['expire 1w', expiring(604_800_000)],
    ['срок 1ч', expiring(3_600_000)],
    ['срок 1д', expiring(86_400_000)],
    ['срок 1н', expiring(604_800_000)],
    ['revoke 12', { kind: 'revoke', number: 12 }],
    ['отозвать 1', { kind: 'revoke', number: 1 }],
    ['remove 3', { kind: 'remove', number: 3 }],
    ['удалить 3', { kind: 'remove', number: 3 }],
    ['shut', { kind: 'shut-out' }],
    ['Закрыть', { kind: 'shut-out' }],
    ['lock', { kind: 'lock' }],
    ['Запереть', { kind: 'lock' }],
    ['unlock', { kind: 'unlock' }],
    ['отпереть', { kind: 'unlock' }],
    ['lobby on', { kind: 'lobby', on: true }],
    ['лобби выкл', { kind: 'lobby', on: false }],
    ['hide on', { kind: 'hide', on: true }],
    ['Скрыть выкл', { kind: 'hide', on: false }],
    ['files off', { kind: 'files', on: false }],
    ['файлы вкл', { kind: 'files', on: true }],
    ['admit 2', { kind: 'admit', number: 2 }],
    ['впустить 2', { kind: 'admit', number: 2 }],
    ['refuse 2', { kind: 'refuse', number: 2 }],
    ['отказать 2', { kind: 'refuse', number: 2 }],
    ['end', { kind: 'end' }],
    ['завершить', { kind: 'end' }],
    ['leave', { kind: 'leave' }],
    ['уйти', { kind: 'leave' }],
    ['https://A.example/x y', { kind: 'address', address: 'https://A.example/x y' }],
  ])('understands %j', (line, command) => {
    expect(parseLine(line)).toEqual(ok(command));
  });

  it.each([
    ['neu', 'unknown'],
    ['new link', 'unknown'],
    ['q now', 'unknown'],
    ['once more', 'unknown'],
    ['remove 1 2', 'unknown'],
    ['constructor', 'unknown'],
    ['expire', 'which-time'],
    ['expire 2h', 'which-time'],
    ['expire toString', 'which-time'],
    ['revoke', 'which-revoke'],
    ['revoke one', 'which-revoke'],
    ['remove', 'which-remove'],
    ['remove 0', 'which-remove'],
    ['remove -1', 'which-remove'],
    ['remove 1.5', 'which-remove'],
    ['admit', 'which-admit'],
    ['refuse all', 'which-refuse'],
    ['lobby', 'on-or-off-lobby'],
    ['lobby toString', 'on-or-off-lobby'],
    ['hide', 'on-or-off-hide'],
    ['hide me', 'on-or-off-hide'],
    ['files', 'on-or-off-files'],
    ['files 1', 'on-or-off-files'],
    ['end now', 'unknown'],
    ['remove 1234567', 'which-remove'],
  ])('says what is wrong with %j', (line, error) => {
    expect(parseLine(line)).toEqual({ ok: false, error });
  });
});
