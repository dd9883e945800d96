/** Owns the region of files: its place, beside the chat or in the room, its entries, and what is new in it. */

import '../../styles/files.css';
import type { FileIntents } from '../../core/call-intents.ts';
import type { FileTransfer } from '../../core/state/files-state.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { byId, setHidden } from '../shell/dom.ts';
import type { ViewContext } from '../shell/view-context.ts';
import { FileAnnouncer } from './file-announcer.ts';
import { FileCard } from './file-card.ts';
import { FileDrop } from './file-drop.ts';
import { entryKeyOf, type FileEntryState, fileEntries, isAcceptable, isFinished } from './file-entries.ts';
import { FileNames } from './file-names.ts';
import { fileNews } from './file-news.ts';
import { FileSender } from './file-sender.ts';
import { FilesPlace } from './files-place.ts';
import { NewFiles, type NewFilesContext } from './new-files.ts';

/** What they are given by the page. */
export interface FileViewsContext extends ViewContext, NewFilesContext {
  readonly intents: FileIntents;
  /** Settles when `t` has the texts of a call. */
  readonly loadTexts: () => Promise<void>;
  readonly playCue: (cue: 'message') => void;
  /** Somebody offers a file, both called so; for who brings the page. */
  readonly tellOffer: (name: string | null, file: string) => void;
  /** Shows it for a while. */
  readonly announce: (text: TextKey) => void;
  /** Brought by the app, which asks by itself before it closes a call. */
  readonly inApp: boolean;
}

/** So few are taken off one by one, */
const FEW = 1;
/** and so few accepted. */
const FEW_OFFERS = 3;

export class FilesView {
  readonly #context: FileViewsContext;
  readonly #section: HTMLElement;
  readonly #list: HTMLElement;
  readonly #accept: HTMLButtonElement;
  readonly #clear: HTMLButtonElement;
  readonly #entries = new Map<string, FileCard>();
  readonly #sender: FileSender;
  readonly #drop: FileDrop;
  readonly #announcer: FileAnnouncer;
  readonly #place: FilesPlace;
  readonly #new: NewFiles;
  #names: FileNames | null = null;
  #drawn: readonly FileTransfer[] = [];
  #room: RoomState | null = null;
  /** Another load of the page would not find all of it. */
  #bound = false;

  constructor(context: FileViewsContext) {
    const { document: root, t, language, timers, intents } = context;
    this.#context = context;
    this.#section = byId(root, 'files', HTMLElement);
    this.#list = byId(root, 'files-list', HTMLElement);
    this.#accept = byId(root, 'files-accept', HTMLButtonElement);
    this.#clear = byId(root, 'files-clear', HTMLButtonElement);
    this.#sender = new FileSender({ document: root, intents, t, announce: context.announce });
    this.#drop = new FileDrop({
      ...{ document: root, t, announce: context.announce },
      bar: () => this.#sender.bar,
      nameOf: (id) => (this.#room === null ? null : this.#namesIn(this.#room).ofPerson(id)),
      send: (files, to) => this.#sender.send(files, to),
    });
    const region = byId(root, 'files-news', HTMLElement);
    this.#announcer = new FileAnnouncer({ region, t, language, timers });
    this.#place = new FilesPlace(root, () => this.#renderPlace());
    this.#new = new NewFiles(context, this.#place);
    this.#accept.addEventListener('click', () => this.#acceptAll());
    this.#clear.addEventListener('click', () => this.#clearFinished());
    root.defaultView?.addEventListener('beforeunload', (event) => {
      // The app asks by itself, of whatever would end a call there.
      if (this.#bound && !context.inApp) event.preventDefault();
    });
  }

  /** `room` is null where there is no call. */
  render(room: RoomState | null): void {
    this.#room = room;
    this.#drop.setInCall(room?.call === 'joined');
    this.#renderPlace();
    if (room === null) return;
    const { files } = room;
    const before = this.#drawn;
    // Most of the time: it costs the room nothing.
    if (files.length === 0 && before.length === 0) return;
    const names = this.#namesIn(room);
    if (files === before && names === this.#names) return;
    this.#names = names;
    this.#drawn = files;
    this.#bound = files.some(isBoundToPage);
    this.#renderEntries(files, names);
    this.#tell(before, files, names);
  }

  /** Opens the chooser for one person. */
  choose(to: string): void {
    this.#sender.choose(to);
  }

  handleLanguage(): void {
    this.#names = null;
    for (const entry of this.#entries.values()) entry.handleLanguage();
    this.#new.handleLanguage();
    this.render(this.#room);
  }

  #namesIn(room: RoomState): FileNames {
    return FileNames.of(room, this.#context.t('name.unknown'), this.#names);
  }

  #renderPlace(): void {
    const room = this.#room;
    this.#place.put();
    if (room !== null) this.#sender.render(room, this.#place.composing);
    // What is there stays after the call; with nobody there the way to send would only be in the way.
    const useful = room?.call === 'joined' && room.participants.length > 0 && !this.#place.composing;
    const shown = room !== null && (room.files.length > 0 || useful);
    setHidden(this.#section, !shown);
    this.#new.render(room?.files ?? [], room?.call === 'joined');
  }

  #renderEntries(files: readonly FileTransfer[], names: FileNames): void {
    const entries = fileEntries(files);
    setHidden(this.#list, entries.length === 0);
    const lost = this.#remove(new Set(entries.map(({ key }) => key)));
    for (const [index, state] of entries.entries()) {
      const entry = this.#entries.get(state.key) ?? this.#create(state.key);
      entry.render(state, names);
      const standing = this.#list.children[index];
      if (standing !== entry.element) this.#list.insertBefore(entry.element, standing ?? null);
    }
    const clearable = entries.filter(isFinished).length > FEW;
    const offered = files.filter(isAcceptable).length > FEW_OFFERS;
    const { activeElement } = this.#context.document;
    const done =
      (!clearable && this.#clear === activeElement) || (!offered && this.#accept === activeElement);
    setHidden(this.#clear, !clearable);
    setHidden(this.#accept, !offered);
    if (lost !== null || done) this.#keepFocus(entries, lost ?? 0);
  }

  #create(key: string): FileCard {
    const entry = new FileCard(this.#context);
    this.#entries.set(key, entry);
    return entry;
  }

  /** Gives the place of the one that had the focus, or null. */
  #remove(present: ReadonlySet<string>): number | null {
    let lost: number | null = null;
    for (const [key, { element }] of this.#entries) {
      if (present.has(key)) continue;
      if (element.contains(this.#context.document.activeElement))
        lost = [...this.#list.children].indexOf(element);
      element.remove();
      this.#entries.delete(key);
    }
    return lost;
  }

  /** On the file that stands there now, or on what sends another. */
  #keepFocus(entries: readonly FileEntryState[], at: number): void {
    const next = entries[Math.min(at, entries.length - 1)];
    if (next === undefined) this.#sender.focus();
    else this.#entries.get(next.key)?.focus();
  }

  #acceptAll(): void {
    for (const { key } of this.#drawn.filter(isAcceptable)) this.#context.intents.acceptFile(key);
  }

  #clearFinished(): void {
    for (const entry of fileEntries(this.#drawn).filter(isFinished))
      for (const { key } of entry.transfers) this.#context.intents.dismissFile(key);
  }

  #tell(before: readonly FileTransfer[], files: readonly FileTransfer[], names: FileNames): void {
    const news = fileNews(before, files);
    this.#announcer.announce(news, (transfer) => names.nameOf(transfer));
    const newest = news.offered.at(-1);
    if (newest !== undefined) {
      this.#context.playCue('message');
      this.#context.tellOffer(newest.personName, newest.name);
    }
    this.#new.add([...news.offered, ...news.arrived], (transfer) => this.#elementOf(transfer));
    const sent = files.findLast(
      ({ direction, phase, key }) =>
        direction === 'out' &&
        (phase === 'offered' || phase === 'unready') &&
        !before.some((one) => one.key === key),
    );
    if (sent !== undefined && !this.#place.covered)
      this.#elementOf(sent)?.scrollIntoView({ block: 'nearest' });
  }

  #elementOf(transfer: FileTransfer): HTMLElement | null {
    return this.#entries.get(entryKeyOf(transfer))?.element ?? null;
  }
}

/** Another load of this page could not go on with it: it is read here, or kept in memory here. */
function isBoundToPage({ direction, phase, keptIn, saved }: FileTransfer): boolean {
  if (phase === 'offered' || phase === 'ended') return false;
  return direction === 'out' ? phase !== 'whole' : keptIn === 'memory' && saved !== 'saved';
}
