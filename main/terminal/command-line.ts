/** Owns the command line while hosting: a typed command is carried out and answered in words. */

import type { CommandResult, RoomCommand } from '../common/host-api/commands.ts';
import type { LiveStatus } from '../common/host-api/snapshot.ts';
import { visibleLine } from '../common/names/visible-text.ts';
import { assertNever, fail } from '../common/result.ts';
import type { HostService } from '../host/host-service.ts';
import { everybodyIn, plainName, type Wording } from './description.ts';
import { type LineCommand, parseLine } from './line-commands.ts';

export interface CommandLineSetup extends Wording {
  readonly quit: () => void;
  /** Ends the server alone: those inside talk on. */
  readonly leave: () => void;
}

export class CommandLine {
  readonly #setup: CommandLineSetup;

  constructor(setup: CommandLineSetup) {
    this.#setup = setup;
  }

  /** Resolves with the answer, empty to an empty line and null to the last one; `host` is null before there is one. */
  async handleLine(line: string, host: HostService | null): Promise<string | null> {
    const { t } = this.#setup;
    const command = parseLine(line);
    if (!command.ok) return t(`line.${command.error}`);
    return this.#carryOut(command.value, host);
  }

  async #carryOut(command: LineCommand, host: HostService | null): Promise<string | null> {
    const { t, quit, leave } = this.#setup;
    switch (command.kind) {
      case 'nothing':
        return '';
      case 'quit':
        quit();
        return null;
      case 'leave':
        leave();
        return null;
      case 'help':
        return t('line.help');
      case 'address':
        return this.#answer(
          host?.addOrigin(command.address),
          t('origin.added', { origin: visibleLine(command.address) }),
        );
      case 'new-link':
        return this.#answer(host?.room({ type: 'new-link' }), t('link.renewed'));
      case 'invite':
        return this.#answer(host?.room({ type: 'invite', request: command.request }), t('invitation.made'));
      case 'revoke':
        return this.#revoke(command.number, host);
      case 'remove':
        return this.#remove(command.number, host);
      case 'shut-out':
        return this.#runAndAnswer(host, { type: 'shut-out' }, t('waiting.shut-out'));
      case 'end':
        return this.#runAndAnswer(host, { type: 'end' }, t('call.ended'));
      case 'lock':
      case 'unlock':
        return this.#answer(host?.room({ type: command.kind }), t(`door.${command.kind}`));
      case 'lobby':
        return this.#answer(
          host?.room({ type: 'lobby', on: command.on }),
          t(command.on ? 'door.lobby-on' : 'door.lobby-off'),
        );
      case 'hide':
        return this.#answer(
          host?.setRelayOnly(command.on),
          t(command.on ? 'addresses.hidden' : 'addresses.shown'),
        );
      case 'files':
        return this.#answer(
          host?.room({ type: 'files', on: command.on }),
          t(command.on ? 'files.on' : 'files.off'),
        );
      case 'admit':
      case 'refuse':
        return this.#decide(command.kind, command.number, host);
      default:
        return assertNever(command);
    }
  }

  async #revoke(number: number, host: HostService | null): Promise<string> {
    const { t, displayNumbers } = this.#setup;
    const id = displayNumbers.invitations.idOf(number);
    if (id === undefined) return t('line.no-invitation', { number });
    return this.#answer(host?.room({ type: 'revoke', invitation: id }), t('invitation.ended', { number }));
  }

  async #remove(number: number, host: HostService | null): Promise<string> {
    const { t, displayNumbers } = this.#setup;
    const id = displayNumbers.people.idOf(number);
    const before = host && liveStatus(host);
    const person = before?.participants.find((other) => other.id === id);
    if (!host || !before || !person) return t('line.no-person', { number });
    const name = plainName(person, everybodyIn(before), t);
    return this.#runAndAnswer(
      host,
      { type: 'remove', participant: person.id },
      t('person.removed', { name }),
    );
  }

  async #decide(type: 'admit' | 'refuse', number: number, host: HostService | null): Promise<string> {
    const { t, displayNumbers } = this.#setup;
    const id = displayNumbers.people.idOf(number);
    const status = host && liveStatus(host);
    const person = status?.waiting.find((other) => other.id === id);
    if (!host || !status || !person) return t('line.nobody-waits', { number });
    const name = plainName(person, everybodyIn(status), t);
    const done = t(type === 'admit' ? 'person.admitted' : 'person.refused', { name });
    return this.#answer(host.room({ type, participant: person.id }), done);
  }

  /** Answers also that the room has got a new link, where the command came to that. */
  async #runAndAnswer(host: HostService | null, command: RoomCommand, success: string): Promise<string> {
    if (!host) return this.#answer(undefined, success);
    const before = liveStatus(host)?.local.invite;
    const result = await host.room(command);
    const linkChanged = liveStatus(host)?.local.invite !== before;
    return this.#answer(result, linkChanged ? `${success} ${this.#setup.t('link.renewed')}` : success);
  }

  async #answer(
    outcome: Promise<CommandResult> | CommandResult | undefined,
    success: string,
  ): Promise<string> {
    const result = (await outcome) ?? fail('not-live');
    return result.ok ? success : this.#setup.t(`host-error.${result.error}`);
  }
}

function liveStatus({ snapshot }: HostService): LiveStatus | null {
  return snapshot.status.phase === 'live' ? snapshot.status : null;
}
