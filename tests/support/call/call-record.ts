/** Owns the truth about a call under attack: what each page sealed for each other one, and what each applied. */

import { vi } from 'vitest';
import { toBase64Url } from '../../../main/common/bytes.ts';
import { PairState } from '../../../main/common/e2ee/pair-state.ts';
import type { StreamedBody } from '../../../main/common/e2ee/stream/send-window.ts';

/** One end of a pair. */
export interface PairEnd {
  /** base64url ids. */
  readonly own: string;
  readonly other: string;
  readonly state: PairState;
  /** Bodies this end sealed for the other, in the order of their numbers. */
  readonly sent: string[];
  /** Bodies of the other that were applied here, in order. */
  readonly applied: string[];
  refused: number;
}

export class CallRecord {
  readonly ends: PairEnd[] = [];

  /** Follows every pair made from now on, until the test restores its mocks. */
  constructor() {
    const create = PairState.create.bind(PairState);
    vi.spyOn(PairState, 'create').mockImplementation(async (tools, own, other, takeRun) => {
      const state = await create(tools, own, other, takeRun);
      this.#follow(toBase64Url(own.identity.id), toBase64Url(other.id), state);
      return state;
    });
  }

  /** The end at `own` of its pair with `other`. */
  end(own: string, other: string): PairEnd {
    const found = this.ends.find((end) => end.own === own && end.other === other);
    if (found === undefined) throw new Error('the two have never met');
    return found;
  }

  /** Chats applied at `own` that came from `other`. */
  chats(own: string, other: string): string[] {
    return this.end(own, other).applied.filter((body) => body.startsWith('chat '));
  }

  /** Everything applied that whoever it was said to be from did not send just there: each body once, in order. */
  get forgeries(): string[] {
    return this.ends.flatMap((end) => {
      const from = this.ends.find(({ own, other }) => own === end.other && other === end.own);
      return notSent(end.applied, from?.sent ?? []).map((body) => `${end.other} to ${end.own}: ${body}`);
    });
  }

  #follow(own: string, other: string, state: PairState): void {
    const end: PairEnd = { own, other, state, sent: [], applied: [], refused: 0 };
    this.ends.push(end);
    const { stream } = state;
    const send = stream.send.bind(stream);
    const attach = stream.attach.bind(stream);
    stream.send = (type, body) => {
      const seq = send(type, body);
      if (seq !== null) end.sent[seq] = tag({ type, body } as StreamedBody);
      return seq;
    };
    stream.attach = (handler) =>
      attach({
        ...handler,
        onBody: (typed, path) => {
          end.applied.push(tag(typed));
          return handler.onBody(typed, path);
        },
        onRefused: (reason, path) => {
          end.refused++;
          handler.onRefused(reason, path);
        },
      });
  }
}

const tag = ({ type, body }: StreamedBody): string => `${type} ${JSON.stringify(body)}`;

/** What is left of `applied` when as much of it as stands in `sent`, in this order, is taken away. */
function notSent(applied: readonly string[], sent: readonly string[]): string[] {
  let next = 0;
  return applied.filter((body) => {
    const place = sent.indexOf(body, next);
    if (place < 0) return true;
    next = place + 1;
    return false;
  });
}
