/** Owns a list of devices to choose from, with the system's own choice first. */

import type { AudioDevice } from '../../core/state/audio-state.ts';
import type { SettingsForm } from './settings-form.ts';

export class DeviceSelect {
  /** The field, with its label. */
  readonly element: HTMLElement;
  readonly #form: SettingsForm;
  readonly #kind: 'microphone' | 'speaker';
  readonly #select: HTMLSelectElement;
  #shown = '';

  constructor(form: SettingsForm, kind: 'microphone' | 'speaker', choose: (id: string | null) => void) {
    this.#form = form;
    this.#kind = kind;
    this.#select = form.make('select', 'input select');
    this.element = form.make('label', 'field', form.text('span', 'label', `devices.${kind}`), this.#select);
    this.#select.addEventListener('change', () => {
      choose(this.#select.value === '' ? null : this.#select.value);
    });
  }

  /** Leaves the list alone while it is the same: it may be open. */
  render(devices: readonly AudioDevice[], chosen: string | null): void {
    const options: (readonly [id: string, text: string])[] = [['', this.#form.t('devices.system')]];
    for (const [index, { id, label }] of devices.entries())
      options.push([id, label || this.#form.t(`devices.${this.#kind}-number`, { number: index + 1 })]);
    if (chosen !== null && !devices.some(({ id }) => id === chosen))
      options.push([chosen, this.#form.t('devices.missing')]);

    const shown = JSON.stringify(options);
    if (shown !== this.#shown) {
      this.#shown = shown;
      this.#select.replaceChildren(...options.map(([id, text]) => new Option(text, id)));
    }
    this.#select.value = chosen ?? '';
  }
}
