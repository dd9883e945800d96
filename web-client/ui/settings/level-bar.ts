/** Owns the level bar of the own microphone, with words for whoever does not see it. */

import { setAttribute } from '../shell/dom.ts';
import type { SettingsForm } from './settings-form.ts';

/** A screen reader that is asked needs no finer answer. */
const STEP_PERCENT = 10;

export class LevelBar {
  readonly element: HTMLElement;
  readonly #form: SettingsForm;
  readonly #bar: HTMLElement;

  constructor(form: SettingsForm) {
    this.#form = form;
    this.#bar = form.make('div', 'meter-bar');
    this.element = form.labelled(form.make('div', 'meter', this.#bar), 'devices.level');
    setAttribute(this.element, 'role', 'meter');
    setAttribute(this.element, 'aria-valuemin', '0');
    setAttribute(this.element, 'aria-valuemax', '100');
    this.show(0);
  }

  /** @param level 0 to 1 */
  show(level: number): void {
    const shown = Math.min(Math.max(level, 0), 1);
    this.#bar.style.setProperty('--level', shown.toFixed(3));
    const percent = Math.round((shown * 100) / STEP_PERCENT) * STEP_PERCENT;
    setAttribute(this.element, 'aria-valuenow', String(percent));
    setAttribute(this.element, 'aria-valuetext', this.#form.t('devices.percent', { percent }));
  }
}
