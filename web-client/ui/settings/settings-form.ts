import type { CallBridge } from '../../../main/common/call-api/bridge.ts';
import {
  type Catalogue,
  createTranslator,
  type Language,
  type Message,
  type Translate,
} from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';
import { type SettingsKey, settingsEn } from '../../i18n/settings-en.ts';
import { settingsRu } from '../../i18n/settings-ru.ts';
import type { PageIntents } from '../intents.ts';
import type { PreferenceStore } from '../preferences/preference-store.ts';
import type { KeyNames } from '../preferences/push-to-talk-key.ts';
import { setAttribute, setText } from '../shell/dom.ts';
import type { ViewContext } from '../shell/view-context.ts';
import type { MicrophonePreview } from './microphone-preview.ts';

/** What the settings, and the check before joining, are given by the page. */
export interface SettingsContext extends Pick<ViewContext, 'document' | 't' | 'language'> {
  readonly intents: Pick<PageIntents, 'prepare' | 'retryMicrophone' | 'testSpeaker'>;
  readonly preferences: PreferenceStore;
  /** null in a browser. */
  readonly app: Pick<CallBridge, 'setGlobalKey' | 'onEvent'> | null;
  readonly microphonePreview: MicrophonePreview;
  readonly keyNames: KeyNames;
  readonly announce: (text: TextKey) => void;
  /** What stands in the place of these texts, now. */
  readonly replaced: () => Catalogue;
}

type SpokenContext = Pick<SettingsContext, 'document' | 'language' | 'replaced'>;

/** A control that shows what is chosen. */
export interface Shown<Value> {
  readonly element: HTMLElement;
  show(value: Value): void;
}

export interface SwitchRow extends Shown<boolean> {
  /** Another note below it; `fixed`: it can be reached and read, and not be turned. */
  explain(note: SettingsKey, fixed: boolean): void;
}

export interface SettingChoice<Value> {
  readonly value: Value;
  readonly text: SettingsKey;
}

/** Of all forms together: the check before joining has one of its own. */
let ids = 0;

function newId(): string {
  ids += 1;
  return `settings-${ids}`;
}

type Tag = keyof HTMLElementTagNameMap;

const SVG = 'http://www.w3.org/2000/svg';

export class SettingsForm {
  readonly document: Document;
  readonly #context: SpokenContext;
  readonly #fills: (() => void)[] = [];
  #translate: Translate<SettingsKey>;

  constructor(context: SpokenContext) {
    this.document = context.document;
    this.#context = context;
    this.#translate = translatorOf(context);
  }

  readonly t: Translate<SettingsKey> = (key, parameters) => this.#translate(key, parameters);

  /** The texts are those of another language now. */
  handleLanguage(): void {
    this.#translate = translatorOf(this.#context);
    for (const fill of this.#fills) fill();
  }

  make<Name extends Tag>(tag: Name, className: string, ...children: Node[]): HTMLElementTagNameMap[Name] {
    const element = this.document.createElement(tag);
    element.className = className;
    element.append(...children);
    return element;
  }

  /** An element with a text that follows the language. */
  text<Name extends Tag>(tag: Name, className: string, key: SettingsKey): HTMLElementTagNameMap[Name] {
    const element = this.make(tag, className);
    this.#fill(() => setText(element, this.t(key)));
    return element;
  }

  button(className: string, key: SettingsKey, press: () => void): HTMLButtonElement {
    const button = this.text('button', className, key);
    button.type = 'button';
    button.addEventListener('click', press);
    return button;
  }

  iconButton(icon: string, key: SettingsKey, press: () => void): HTMLButtonElement {
    const svg = this.document.createElementNS(SVG, 'svg');
    setAttribute(svg, 'class', 'icon');
    setAttribute(svg, 'aria-hidden', 'true');
    const use = this.document.createElementNS(SVG, 'use');
    setAttribute(use, 'href', icon);
    svg.append(use);
    const button = this.make('button', 'button button-bare', svg);
    button.type = 'button';
    button.addEventListener('click', press);
    return this.labelled(button, key);
  }

  /** Gives the element its accessible name. */
  labelled<Kind extends Element>(element: Kind, key: SettingsKey): Kind {
    this.#fill(() => setAttribute(element, 'aria-label', this.t(key)));
    return element;
  }

  section(key: SettingsKey, ...children: Node[]): HTMLElement {
    const title = this.text('h3', 'settings-title', key);
    const section = this.make('section', 'settings-section', title, ...children);
    setAttribute(section, 'aria-labelledby', this.identify(title));
    return section;
  }

  switchRow(key: SettingsKey, note: SettingsKey, change: (on: boolean) => void): SwitchRow {
    const input = this.make('input', 'switch');
    input.type = 'checkbox';
    setAttribute(input, 'role', 'switch');
    const label = this.text('span', 'switch-label', key);
    const words = this.make('span', 'soft');
    let shownNote = note;
    const fill = () => setText(words, this.t(shownNote));
    this.#fill(fill);
    setAttribute(input, 'aria-labelledby', this.identify(label));
    setAttribute(input, 'aria-describedby', this.identify(words));
    input.addEventListener('click', (event) => {
      if (input.getAttribute('aria-disabled') === 'true') event.preventDefault();
    });
    input.addEventListener('change', () => change(input.checked));
    return {
      element: this.make('label', 'switch-row', this.make('span', 'switch-words', label, words), input),
      show: (on) => {
        input.checked = on;
      },
      explain: (next, fixed) => {
        shownNote = next;
        fill();
        setAttribute(input, 'aria-disabled', fixed ? 'true' : null);
      },
    };
  }

  segments<Value>(
    key: SettingsKey,
    choices: readonly SettingChoice<Value>[],
    choose: (value: Value) => void,
  ): Shown<Value> {
    const name = newId();
    const radios = choices.map(({ value, text }) => {
      const radio = this.make('input', '');
      radio.type = 'radio';
      radio.name = name;
      radio.addEventListener('change', () => choose(value));
      return { radio, value, label: this.make('label', 'segment', radio, this.text('span', '', text)) };
    });
    const row = this.make('div', 'segments', ...radios.map(({ label }) => label));
    return {
      element: this.make('fieldset', 'choice', this.text('legend', 'label', key), row),
      show: (shown) => {
        for (const { radio, value } of radios) radio.checked = value === shown;
      },
    };
  }

  /** Gives the element an id for others to refer to. */
  identify(element: HTMLElement): string {
    element.id ||= newId();
    return element.id;
  }

  #fill(fill: () => void): void {
    this.#fills.push(fill);
    fill();
  }
}

const CATALOGUES: Readonly<Record<Language, Readonly<Record<SettingsKey, Message>>>> = {
  en: settingsEn,
  ru: settingsRu,
};

function translatorOf({ language, replaced }: SpokenContext): Translate<SettingsKey> {
  return createTranslator({ ...CATALOGUES[language()], ...replaced() }, language());
}
