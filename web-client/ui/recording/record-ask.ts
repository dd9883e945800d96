/** Owns the question to be recorded: it comes by itself, takes nobody's focus, covers nothing, and can wait. */

import type { Translate } from '../../../main/common/translate.ts';
import type { OthersRecording, RecordCommand } from '../../core/state/recording-state.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { byId, setHidden, setText } from '../shell/dom.ts';
import { spokenNames } from './recording-lines.ts';

export interface RecordAskHandler {
  readonly onCommand: (command: RecordCommand) => void;
  /** Somebody asks, perhaps where it is not seen. */
  readonly onAsked: (name: string) => void;
  /** It can be answered in the list from now on. */
  readonly onLater: () => void;
}

/** Where one question takes another's place by itself, a press that comes so soon was meant for the one before. */
const MISTAKEN_MS = 700;

const keyOf = ({ id, ask }: OthersRecording): string => `${id} ${ask}`;

export class RecordAsk {
  readonly #document: Document;
  readonly #t: Translate<TextKey>;
  readonly #handler: RecordAskHandler;
  readonly #section: HTMLElement;
  readonly #title: HTMLElement;
  /** Questions that were put off. */
  readonly #later = new Set<string>();
  /** Who was told no once: whoever asks them again does so in the list alone. */
  readonly #refused = new Set<string>();
  #shown: OthersRecording | null = null;
  /** Answered or put off by the person, who awaits the next one then. */
  #handled: string | null = null;
  #takesFromMs = 0;

  constructor(root: Document, t: Translate<TextKey>, handler: RecordAskHandler) {
    this.#document = root;
    this.#t = t;
    this.#handler = handler;
    this.#section = byId(root, 'record-ask', HTMLElement);
    this.#title = byId(root, 'record-ask-title', HTMLElement);
    byId(root, 'record-ask-agree', HTMLButtonElement).addEventListener('click', (event) =>
      this.#answer(true, event),
    );
    byId(root, 'record-ask-refuse', HTMLButtonElement).addEventListener('click', (event) =>
      this.#answer(false, event),
    );
    byId(root, 'record-ask-later', HTMLButtonElement).addEventListener('click', () => this.#putOff());
    this.#section.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      this.#putOff();
    });
  }

  /** Whose question is shown now. */
  get asking(): string | null {
    return this.#shown?.id ?? null;
  }

  /** `room` is null where there is no call. One question at a time, the first that came first. */
  render(room: RoomState | null): void {
    const others = room?.call === 'joined' ? (room.recording?.others ?? []) : [];
    for (const { id, answer } of others) if (answer === 'refused') this.#refused.add(id);
    const open = others.find(
      (other) => other.answer === 'none' && !this.#later.has(keyOf(other)) && !this.#refused.has(other.id),
    );
    const before = this.#shown;
    this.#shown = open ?? null;
    const isOther = before !== null && open !== undefined && keyOf(before) !== keyOf(open);
    if (isOther && keyOf(before) !== this.#handled) this.#takesFromMs = performance.now() + MISTAKEN_MS;
    const hadFocus = this.#section.contains(this.#document.activeElement);
    if (room !== null && open !== undefined) {
      const name = spokenNames(room, { t: this.#t })(open.id);
      setText(this.#title, this.#t('recording.may', { name }));
      if (before === null || keyOf(before) !== keyOf(open)) this.#handler.onAsked(name);
    }
    setHidden(this.#section, open === undefined);
    if (!hadFocus || (before !== null && open !== undefined && keyOf(before) === keyOf(open))) return;
    if (open === undefined) byId(this.#document, 'people-title', HTMLElement).focus();
    else this.#title.focus();
  }

  #answer(agree: boolean, { timeStamp }: Event): void {
    if (this.#shown === null || timeStamp < this.#takesFromMs) return;
    this.#handled = keyOf(this.#shown);
    this.#handler.onCommand({ type: 'answer', person: this.#shown.id, agree });
  }

  #putOff(): void {
    if (this.#shown === null) return;
    this.#handled = keyOf(this.#shown);
    this.#later.add(this.#handled);
    this.#handler.onLater();
  }
}
