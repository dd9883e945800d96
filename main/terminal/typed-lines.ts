/** Owns carrying out what was typed, and the answer in words. */

import type { CommandResult, HostStatus } from '../common/host-api.ts';
import { assertNever, fail } from '../common/result.ts';
import type { HostService } from '../host/host-service.ts';
import { plainName, type Wording } from './description.ts';
import { type LineCommand, parseLine } from './line-commands.ts';
import { plainText } from './plain-text.ts';

export interface TypedLinesSetup extends Wording {
  readonly quit: () => void;
}

export class TypedLines {
  readonly #setup: TypedLinesSetup;

  constructor(setup: TypedLinesSetup) {
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
    const { t, quit } = this.#setup;
    switch (command.kind) {
      case 'nothing':
        return '';
      case 'quit':
        quit();
        return null;
      case 'help':
        return t('line.help');
      case 'address':
        return this.#tell(
          host?.addOrigin(command.address),
          t('origin.added', { origin: plainText(command.address) }),
        );
      case 'new-link':
        return this.#tell(host?.newLink(), t('link.renewed'));
      case 'invite':
        return this.#tell(host?.createInvitation(command.request), t('invitation.made'));
      case 'revoke':
        return this.#revoke(command.number, host);
      case 'remove':
        return this.#remove(command.number, host);
      default:
        return assertNever(command);
    }
  }

  async #revoke(number: number, host: HostService | null): Promise<string> {
    const { t, numbers } = this.#setup;
    const id = numbers.invitations.idOf(number);
    if (id === undefined) return t('line.no-invitation', { number });
    return this.#tell(host?.revokeInvitation(id), t('invitation.revoked', { number }));
  }

  async #remove(number: number, host: HostService | null): Promise<string> {
    const { t, numbers } = this.#setup;
    const id = numbers.people.idOf(number);
    const before = host && liveStatus(host);
    const person = before?.participants.find((other) => other.id === id);
    if (!host || !person) return t('line.no-person', { number });
    const removed = await host.removeParticipant(person.id);
    const linkChanged = liveStatus(host)?.local.invite !== before?.local.invite;
    const answer = t('person.removed', { name: plainName(person, t) });
    return this.#tell(removed, removed.ok && linkChanged ? `${answer} ${t('link.renewed')}` : answer);
  }

  async #tell(outcome: Promise<CommandResult> | CommandResult | undefined, success: string): Promise<string> {
    const result = (await outcome) ?? fail('not-live');
    return result.ok ? success : this.#setup.t(`host-error.${result.error}`);
  }
}

function liveStatus({ snapshot }: HostService): Extract<HostStatus, { phase: 'live' }> | null {
  return snapshot.status.phase === 'live' ? snapshot.status : null;
}
