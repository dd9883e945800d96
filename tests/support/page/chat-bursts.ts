/** Owns bursts of messages and names in a page of made-up states, and what drawing them cost, counted in the page. */

import type { RoomState } from '../../../web-client/core/state/room-state.ts';
import { chatMessage } from './chat-messages.ts';
import type { ViewPage } from './page-view.ts';
import { person, ROOM } from './room-states.ts';

const from = (count: number) => Array.from({ length: count }, (_, at) => chatMessage('Anna', at));

const roomWith = (messages: number): RoomState => ({
  ...ROOM,
  call: 'joined',
  participants: [person('Anna'), person('Marco')],
  chat: from(messages),
});

/** How often the document was asked for one more message, and for one new name, while so many stood. */
export async function askedOf(view: ViewPage, standing: number): Promise<{ message: number; name: number }> {
  const room = roomWith(standing);
  const next = chatMessage('Anna', standing);
  return view.page.evaluate(
    async ([before, added]) => {
      await window.pageView.renderWhole(before);
      let asked = 0;
      const restore: (() => void)[] = [];
      const count = (prototype: object, name: string) => {
        const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
        if (descriptor === undefined) throw new Error(`no ${name}`);
        const { get, value } = descriptor;
        Object.defineProperty(prototype, name, {
          ...descriptor,
          ...(get && {
            get(this: unknown) {
              asked++;
              return get.call(this);
            },
          }),
          ...(value && {
            value(this: unknown, ...values: unknown[]) {
              asked++;
              return value.apply(this, values);
            },
          }),
        });
        restore.push(() => Object.defineProperty(prototype, name, descriptor));
      };
      for (const name of ['textContent']) count(Node.prototype, name);
      for (const name of ['getAttribute', 'setAttribute']) count(Element.prototype, name);
      for (const name of ['toggle', 'add']) count(DOMTokenList.prototype, name);
      const draw = (room: RoomState) => {
        asked = 0;
        window.pageView.render({ kind: 'room', room, invite: null });
        return asked;
      };
      const written = { ...before, chat: [...before.chat, added] };
      const [anna, ...others] = before.participants;
      const renamed = { ...written, participants: [{ ...anna, name: 'Anne' }, ...others] } as RoomState;
      const costs = { message: draw(written), name: draw(renamed) };
      for (const undo of restore) undo();
      return costs;
    },
    [room, next] as const,
  );
}

/** What changed in the list while so many messages and new names came, each drawn. */
export async function burst(view: ViewPage, standing: number, count: number): Promise<string[]> {
  const room = roomWith(standing);
  const added = from(standing + count).slice(standing);
  return view.page.evaluate(
    async ([start, messages]) => {
      await window.pageView.renderWhole(start);
      const records: string[] = [];
      const list = document.querySelector('#chat-log');
      if (list === null) throw new Error('no list');
      const nodes = new MutationObserver((changes) => {
        for (const { target, type, attributeName, addedNodes } of changes) {
          if (type === 'childList' && target === list) records.push(`added ${addedNodes.length}`);
          else records.push(attributeName ?? `${type} in ${target.nodeName}`);
        }
      });
      nodes.observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
      let room = start;
      for (const [index, message] of messages.entries()) {
        const [anna, ...others] = room.participants;
        room = { ...room, chat: [...room.chat, message] };
        window.pageView.render({ kind: 'room', room, invite: null });
        room = { ...room, participants: [{ ...anna, name: `Anna ${index}` }, ...others] } as RoomState;
        window.pageView.render({ kind: 'room', room, invite: null });
        await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
      }
      nodes.disconnect();
      return records;
    },
    [room, added] as const,
  );
}
