/** Owns telling, once a page, that the browser keeps no preference: below the control that was just used. */

import type { PreferenceStore } from '../preferences/preference-store.ts';
import { setAttribute } from '../shell/dom.ts';
import type { SettingsForm } from './settings-form.ts';

/** Whose refusal was told already, in the settings or in the check before joining. */
const told = new WeakSet<PreferenceStore>();

const ROW = '.devices > *, .settings-section > *, .settings > *';

export class UnkeptNote {
  readonly #element: HTMLElement;
  readonly #preferences: PreferenceStore;
  #kept = true;

  constructor(form: SettingsForm, preferences: PreferenceStore) {
    this.#preferences = preferences;
    this.#element = form.text('p', 'unkept', 'settings.unkept');
    // It is read out as it comes, wherever that is.
    setAttribute(this.#element, 'role', 'alert');
    preferences.onChange(({ kept }) => {
      this.#kept = kept;
      if (kept) this.clear();
    });
  }

  /** @param control by which something was changed just now */
  render(control: Element): void {
    const row = control.closest(ROW);
    if (this.#kept || row === null || told.has(this.#preferences)) return;
    told.add(this.#preferences);
    row.after(this.#element);
    this.#element.scrollIntoView({ block: 'nearest' });
  }

  clear(): void {
    this.#element.remove();
  }
}
