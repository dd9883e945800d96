/** Owns the choice of audio devices, with a level and a test sound: in the check and in the settings. */

import { type AudioSettings, INITIAL_AUDIO, type MicrophoneProblem } from '../../core/state/audio-state.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import { setAttribute, setHidden, setText } from '../shell/dom.ts';
import { DeviceSelect } from './device-select.ts';
import { LevelBar } from './level-bar.ts';
import { type SettingsContext, SettingsForm } from './settings-form.ts';
import { UnkeptNote } from './unkept-note.ts';

/** As loud as a voice, and louder than most rooms. */
const SIGNAL_LEVEL = 0.3;

export class DevicesView {
  readonly element: HTMLElement;
  readonly #context: SettingsContext;
  readonly #form: SettingsForm;
  readonly #problem: HTMLElement;
  readonly #problemTitle: HTMLElement;
  readonly #problemText: HTMLElement;
  readonly #retry: HTMLButtonElement;
  readonly #microphone: DeviceSelect;
  readonly #start: HTMLButtonElement;
  readonly #level: HTMLElement;
  readonly #meter: LevelBar;
  readonly #signalText: HTMLElement;
  readonly #speaker: DeviceSelect;
  readonly #systemSpeaker: HTMLElement;
  readonly #unkept: UnkeptNote;
  #room: RoomState | null = null;
  #hadSignal = false;

  /** `start` opens the microphone for its level, outside the call. */
  constructor(context: SettingsContext, start: () => void) {
    const { intents, preferences } = context;
    this.#context = context;
    const form = new SettingsForm(context);
    this.#form = form;
    this.#problemTitle = form.make('p', 'devices-problem-title');
    this.#problemText = form.make('p', 'soft');
    const words = form.make('div', '', this.#problemTitle, this.#problemText);
    this.#retry = form.button('button button-small', 'devices.retry', () => {
      if (this.#room?.call === 'out') start();
      else intents.retryMicrophone();
    });
    this.#problem = form.make('div', 'devices-problem', words, this.#retry);
    this.#microphone = new DeviceSelect(form, 'microphone', (id) =>
      this.#change(this.#microphone, { microphoneId: id }),
    );
    this.#start = form.button('button', 'devices.start', start);
    this.#meter = new LevelBar(form);
    this.#signalText = form.make('p', 'soft');
    this.#level = form.make('div', 'devices-level', this.#meter.element, this.#signalText);
    this.#speaker = new DeviceSelect(form, 'speaker', (id) => this.#change(this.#speaker, { speakerId: id }));
    this.#systemSpeaker = form.text('p', 'soft', 'devices.system-speaker');
    for (const spoken of [words, this.#signalText]) setAttribute(spoken, 'aria-live', 'polite');
    this.element = form.make(
      'div',
      'devices',
      this.#problem,
      this.#microphone.element,
      this.#start,
      this.#level,
      this.#speaker.element,
      this.#systemSpeaker,
      form.button('button', 'devices.test', () => intents.testSpeaker()),
    );
    this.#unkept = new UnkeptNote(form, preferences);
    preferences.onChange(({ before, after }) => {
      if (before.audio.microphoneId !== after.audio.microphoneId) this.#hadSignal = false;
      this.render(this.#room);
    });
  }

  /** `room` is null where there is no call to be heard in. */
  render(room: RoomState | null): void {
    this.#room = room;
    const { microphones, speakers } = room?.audio ?? INITIAL_AUDIO;
    const { microphoneId, speakerId } = this.#context.preferences.value.audio;
    this.#microphone.render(microphones, microphoneId);
    this.#speaker.render(speakers, speakerId);
    setHidden(this.#speaker.element, speakers.length === 0);
    setHidden(this.#systemSpeaker, speakers.length > 0);

    const phase = room?.microphone.phase ?? 'off';
    if (phase !== 'live') this.#hadSignal = false;
    setHidden(this.#start, room?.call !== 'out' || phase !== 'off');
    setHidden(this.#level, phase !== 'live' && phase !== 'asking');
    setText(this.#signalText, this.#signalWords());
    this.#renderProblem();
  }

  /** @param level 0 to 1 */
  showLevel(level: number): void {
    this.#meter.show(level);
    if (this.#hadSignal || level < SIGNAL_LEVEL) return;
    this.#hadSignal = true;
    setText(this.#signalText, this.#signalWords());
  }

  /** The texts are those of another language now. */
  handleLanguage(): void {
    this.#form.handleLanguage();
    this.render(this.#room);
  }

  #signalWords(): string {
    const microphone = this.#room?.microphone;
    if (microphone?.phase === 'asking') return this.#form.t('devices.asking');
    if (microphone?.phase !== 'live') return '';
    if (microphone.hint === 'silent') return this.#form.t('devices.silent');
    return this.#form.t(this.#hadSignal ? 'devices.heard' : 'devices.say');
  }

  #renderProblem(): void {
    const { t } = this.#context;
    const microphone = this.#room?.microphone;
    const none = microphone?.phase === 'none' ? microphone.reason : null;
    const refused = microphone?.phase === 'live' ? (this.#room?.audio.refused ?? null) : null;
    const reason = none ?? refused;
    this.#problem.classList.toggle('devices-fine', reason === null);
    setHidden(this.#retry, none === null);
    setText(this.#problemTitle, reason === null ? '' : t(`microphone.${reason}.title`));
    setText(this.#problemText, this.#problemWords(none, refused));
  }

  #problemWords(none: MicrophoneProblem | null, refused: MicrophoneProblem | null): string {
    if (none !== null) return this.#form.t(`devices.${none}`);
    return refused === null ? '' : this.#form.t('devices.refused');
  }

  #change({ element }: DeviceSelect, change: Partial<AudioSettings>): void {
    const { preferences } = this.#context;
    preferences.update({ audio: { ...preferences.value.audio, ...change } });
    this.#unkept.render(element);
  }
}
