/** Owns the settings' dialog: made when it is first wanted, its sections shown anew with each change. */

import type { RoomState } from '../../core/state/room-state.ts';
import { setAttribute, setOpen, setText } from '../shell/dom.ts';
import { appearanceSection } from './appearance-section.ts';
import { connectionSection } from './connection-section.ts';
import { DevicesView } from './devices-view.ts';
import { type SettingsContext, SettingsForm } from './settings-form.ts';
import { soundSection } from './sound-section.ts';
import { talkingSection } from './talking-section.ts';
import { UnkeptNote } from './unkept-note.ts';

export class SettingsDialog {
  readonly #context: SettingsContext;
  readonly #form: SettingsForm;
  readonly #dialog: HTMLDialogElement;
  readonly #devices: DevicesView;
  readonly #outcome: HTMLElement;
  readonly #sections: readonly { readonly element: HTMLElement; render(): void }[];
  readonly #unkept: UnkeptNote;
  readonly #connection: ReturnType<typeof connectionSection>;
  /** What was pressed or chosen last. Safari gives the focus to no button. */
  #control: Element | null = null;

  constructor(context: SettingsContext) {
    const { document, preferences, microphonePreview } = context;
    this.#context = context;
    const form = new SettingsForm(context);
    this.#form = form;
    this.#devices = new DevicesView(context, () => microphonePreview.begin('settings'));
    const talking = talkingSection(form, context);
    const connection = connectionSection(form, preferences);
    this.#sections = [
      soundSection(form, preferences, this.#devices),
      talking,
      connection,
      appearanceSection(form, preferences),
    ];
    this.#unkept = new UnkeptNote(form, preferences);
    this.#connection = connection;

    const title = form.text('h2', 'title', 'settings.title');
    title.tabIndex = -1;
    title.autofocus = true;
    const close = form.iconButton('#icon-close', 'settings.close', () => this.#dialog.close());
    this.#outcome = form.make('p', 'good');
    setAttribute(this.#outcome, 'aria-live', 'polite');
    const reset = form.button('button', 'settings.reset', () => this.#reset());
    this.#dialog = form.make(
      'dialog',
      'dialog settings',
      form.make('div', 'settings-head', title, close),
      ...this.#sections.map(({ element }) => element),
      form.make('div', 'dialog-buttons', this.#outcome, reset),
    );
    setAttribute(this.#dialog, 'aria-labelledby', form.identify(title));
    document.body.append(this.#dialog);

    this.#dialog.addEventListener('cancel', (event) => {
      if (talking.busy) event.preventDefault();
    });
    this.#dialog.addEventListener('close', () => {
      talking.stop();
      microphonePreview.end('settings');
    });
    closeOnBackdrop(this.#dialog);
    for (const type of ['click', 'change'])
      this.#dialog.addEventListener(type, ({ target }) => this.#noteControl(target), { capture: true });
    preferences.onChange(() => {
      this.#renderSections();
      if (this.#dialog.open && this.#control !== null) this.#unkept.render(this.#control);
    });
    this.#renderSections();
  }

  show(): void {
    this.#connection.forget();
    this.#unkept.clear();
    this.#control = null;
    setText(this.#outcome, '');
    setOpen(this.#dialog, true);
    this.#dialog.scrollTop = 0;
  }

  /** `room` is null where there is no call to be in. */
  render(room: RoomState | null): void {
    this.#devices.render(room);
    this.#connection.handleRoom(room);
  }

  showLevel(level: number): void {
    if (this.#dialog.open) this.#devices.showLevel(level);
  }

  handleLanguage(): void {
    this.#form.handleLanguage();
    this.#devices.handleLanguage();
    setText(this.#outcome, '');
    this.#renderSections();
  }

  #noteControl(target: EventTarget | null): void {
    if (target instanceof Element) this.#control = target;
  }

  #renderSections(): void {
    for (const section of this.#sections) section.render();
  }

  #reset(): void {
    this.#context.preferences.reset();
    setText(this.#outcome, this.#form.t('settings.was-reset'));
  }
}

/** A press that begins and ends beside the dialog; one that began in a field and slipped out is none. */
function closeOnBackdrop(dialog: HTMLDialogElement): void {
  let beganOutside = false;
  dialog.addEventListener('pointerdown', (event) => {
    beganOutside = isOutside(dialog, event);
  });
  dialog.addEventListener('click', (event) => {
    if (beganOutside && isOutside(dialog, event)) dialog.close();
  });
}

function isOutside(dialog: HTMLDialogElement, { target, clientX, clientY }: MouseEvent): boolean {
  if (target !== dialog) return false;
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}
