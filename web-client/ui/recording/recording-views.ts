/** Owns all that shows recordings, a lazy chunk: who records, the question, the list, the dialogs, and what is heard and said of them. */

import '../../styles/recording.css';
import type { RecordCommand } from '../../core/state/recording-state.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import type { PageIntents } from '../intents.ts';
import type { Announcer } from '../shell/announcer.ts';
import { byId, setHidden, setText } from '../shell/dom.ts';
import type { ViewContext } from '../shell/view-context.ts';
import { RecordAsk } from './record-ask.ts';
import { DiscardDialog, RecordDialog } from './recording-dialogs.ts';
import { recordingLines, spokenNames, whoRecords } from './recording-lines.ts';
import { RecordingList } from './recording-list.ts';
import { recordingNewsBetween } from './recording-news.ts';

export interface RecordingContext extends Pick<ViewContext, 'document' | 't' | 'language' | 'timers'> {
  readonly intents: Pick<PageIntents, 'record' | 'playCue'>;
  readonly announcer: Pick<Announcer, 'announce' | 'showToast'>;
  readonly announce: (text: TextKey) => void;
  /** Settles when `t` has the texts of a call. */
  readonly loadTexts: () => Promise<void>;
}

export class RecordingViews {
  readonly #context: RecordingContext;
  readonly #status: HTMLElement;
  readonly #statusText: HTMLElement;
  readonly #ask: RecordAsk;
  readonly #list: RecordingList;
  readonly #choice: RecordDialog;
  readonly #discard: DiscardDialog;
  #room: RoomState | null = null;
  /** Of those in it, to speak of who is gone. */
  #nameOf: (id: string) => string;

  constructor(context: RecordingContext) {
    const { document, t, announcer } = context;
    this.#context = context;
    this.#nameOf = () => t('name.unknown');
    this.#status = byId(document, 'recording-status', HTMLElement);
    this.#statusText = byId(document, 'recording-status-text', HTMLElement);
    const onCommand = (command: RecordCommand) => context.intents.record(command);
    this.#choice = new RecordDialog(document, onCommand);
    this.#discard = new DiscardDialog(document, onCommand);
    this.#ask = new RecordAsk(document, t, {
      onCommand,
      onAsked: (name) => announcer.showToast(t('recording.asks', { name })),
      onLater: () => this.render(this.#room),
    });
    this.#list = new RecordingList(document, {
      onCommand,
      onAsk: (command) => this.#discard.ask(command),
    });
  }

  /** Asks how the call is to be recorded, if it can be. */
  choose(): void {
    this.#context.intents.record({ type: 'choose' });
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    const { t, language } = this.#context;
    const before = this.#room;
    this.#room = room;
    this.#choice.render(room?.call === 'joined' && room.recording?.own.phase === 'choosing');
    const names = room === null ? [] : whoRecords(room, { t });
    setText(this.#statusText, names.length === 0 ? '' : t('recording.status', { names: names.join(', ') }));
    setHidden(this.#status, names.length === 0);
    this.#ask.render(room);
    this.#list.draw(room === null ? [] : recordingLines(room, { t, language: language() }, this.#ask.asking));
    this.#tell(before, room);
  }

  #tell(before: RoomState | null, room: RoomState | null): void {
    const { t, announcer, intents } = this.#context;
    const nameBefore = this.#nameOf;
    if (room !== null) this.#nameOf = spokenNames(room, { t });
    const own = room?.recording?.own;
    if (own?.phase === 'failed' && before?.recording?.own.phase !== 'failed')
      announcer.announce(`${t(`recording.failed.${own.why}`)}. ${t(`recording.failed.${own.why}.text`)}`);
    const news = recordingNewsBetween(before?.recording ?? null, room?.recording ?? null);
    for (const { type, id } of news) {
      // Also who wants no other sounds is to hear this.
      if (type === 'began') intents.playCue('recording');
      else if (type === 'ended') {
        intents.playCue('recording-ended');
        if (id !== null) announcer.showToast(t('recording.ended', { name: nameBefore(id) }));
      } else if (id !== null) announcer.announce(t(`recording.${type}`, { name: this.#nameOf(id) }));
    }
  }
}
