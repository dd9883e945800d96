/** Owns the deliveries of one event while they are being gathered. */

import type { CommandResult } from '../common/host-api/commands.ts';
import type { ServerMessage } from '../common/protocol/messages.ts';
import type { CloseReason, Delivery, LinkId, SocketId } from './room-events.ts';

export class Outbox {
  #deliveries: Delivery[] = [];

  send(to: readonly SocketId[], message: ServerMessage): void {
    this.#deliveries.push({ type: 'send', to, message });
  }

  close(socket: SocketId, reason: CloseReason): void {
    this.#deliveries.push({ type: 'close', socket, reason });
  }

  cut(socket: SocketId): void {
    this.#deliveries.push({ type: 'cut', socket });
  }

  probe(socket: SocketId): void {
    this.#deliveries.push({ type: 'probe', socket });
  }

  answer(result: CommandResult): void {
    this.#deliveries.push({ type: 'answer', result });
  }

  forget(links: readonly LinkId[]): void {
    for (const link of links) this.#deliveries.push({ type: 'forget', link });
  }

  /** Everything gathered since the last time. */
  empty(): readonly Delivery[] {
    const gathered = this.#deliveries;
    this.#deliveries = [];
    return gathered;
  }
}
