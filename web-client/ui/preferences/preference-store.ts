/** Owns the preferences of a person for this page on this device: one value in the browser's storage, read with suspicion. */

import { Emitter } from '../../../main/common/emitter.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import { LANGUAGES, type Language } from '../../../main/common/translate.ts';
import type { JoinMode } from '../../core/call-intents.ts';
import {
  type AudioSettings,
  DEFAULT_AUDIO_SETTINGS,
  type VoiceProcessing,
} from '../../core/state/audio-state.ts';
import { THEMES, type Theme } from '../shell/theme.ts';
import type { KeepingStorage } from './browser-storage.ts';
import { readOwnName } from './own-name.ts';
import { DEFAULT_TALK_KEY, isKeyCode, isTalkKey } from './push-to-talk-key.ts';

/** What the key that works everywhere does while it is held: one is heard, or is muted. */
const GLOBAL_TALK = ['off', 'talk', 'mute'] as const;
export type GlobalTalk = (typeof GLOBAL_TALK)[number];

export const JOIN_MODES: readonly JoinMode[] = ['talk', 'muted', 'listen'];

export interface PagePreferences {
  /** Empty until one was joined under. */
  readonly name: string;
  readonly joinMode: JoinMode;
  readonly audio: AudioSettings;
  /** What "Music mode" goes back to when it is switched off. */
  readonly speech: VoiceProcessing;
  /** Whether a sound is played when somebody joins, leaves or writes: whoever plays one asks here first. */
  readonly cues: boolean;
  readonly pushToTalk: boolean;
  /** KeyboardEvent.code of the key to talk. */
  readonly talkKey: string;
  /** In the app alone, which hears keys outside its window. */
  readonly globalTalk: GlobalTalk;
  /** KeyboardEvent.code of the key that works everywhere. */
  readonly globalKey: string;
  /** One's own STUN server, as RTCPeerConnection takes it; null: the host's. */
  readonly stunServer: string | null;
  /** Whether nobody in a call is to learn the own network address. */
  readonly hideAddress: boolean;
  /** null: as the browser is set. */
  readonly language: Language | null;
  readonly theme: Theme;
}

export const DEFAULT_PAGE_PREFERENCES: PagePreferences = {
  name: '',
  joinMode: 'talk',
  audio: DEFAULT_AUDIO_SETTINGS,
  speech: DEFAULT_AUDIO_SETTINGS.processing,
  cues: true,
  pushToTalk: false,
  talkKey: DEFAULT_TALK_KEY,
  globalTalk: 'off',
  // It writes nothing, wherever it is pressed.
  globalKey: 'ControlRight',
  stunServer: null,
  hideAddress: false,
  language: null,
  theme: 'system',
};

/** The key that has to be held to be heard, if one has to. */
export function talkKeyOf({ pushToTalk, talkKey, globalTalk, globalKey }: PagePreferences): string | null {
  if (globalTalk === 'talk') return globalKey;
  return pushToTalk ? talkKey : null;
}

const STORAGE_KEY = 'secret-call.preferences';
/** Browsers make them of some 64 characters. */
const DEVICE_ID_MAX_UNITS = 512;
/** By its form alone: it was read whole when it was typed, and what a browser does not take, a connection leaves out. */
const STORED_STUN_SERVER = /^stuns?:[\w.:[\]-]{1,260}$/;

export interface PreferencesChange {
  readonly before: PagePreferences;
  readonly after: PagePreferences;
  /** Whether the browser took it; otherwise it lasts as long as the page. */
  readonly kept: boolean;
}

export class PreferenceStore {
  readonly #storage: KeepingStorage;
  readonly #changes = new Emitter<{ change: PreferencesChange }>();
  #value: PagePreferences;

  constructor(storage: KeepingStorage) {
    this.#storage = storage;
    this.#value = readPreferences(storage);
  }

  get value(): PagePreferences {
    return this.#value;
  }

  onChange(listener: (change: PreferencesChange) => void): Disposable {
    return this.#changes.on('change', listener);
  }

  /** Holds for this page whatever the storage does; what another tab chose meanwhile stays there. */
  update(change: Partial<PagePreferences>): void {
    const before = this.#value;
    const after = { ...before, ...change };
    this.#value = after;
    const stored = JSON.stringify({ ...readPreferences(this.#storage), ...change });
    const kept = this.#storage.setItem(STORAGE_KEY, stored);
    this.#changes.emit('change', { before, after, kept });
  }

  /** All that the settings show; the name and the join mode are no settings. */
  reset(): void {
    const { name, joinMode } = this.#value;
    this.update({ ...DEFAULT_PAGE_PREFERENCES, name, joinMode });
  }
}

/** Field by field: what is missing, broken or of no use any more is as if never chosen. */
function readPreferences(storage: KeepingStorage): PagePreferences {
  const stored = recordOf(parseJson(storage.getItem(STORAGE_KEY)));
  const audio = recordOf(stored.audio);
  const defaults = DEFAULT_PAGE_PREFERENCES;
  return {
    name: readName(stored.name),
    joinMode: readOneOf(JOIN_MODES, stored.joinMode, defaults.joinMode),
    audio: {
      microphoneId: readDeviceId(audio.microphoneId),
      speakerId: readDeviceId(audio.speakerId),
      processing: readProcessing(audio.processing),
    },
    speech: readProcessing(stored.speech),
    cues: readSwitch(stored.cues, defaults.cues),
    pushToTalk: readSwitch(stored.pushToTalk, defaults.pushToTalk),
    talkKey:
      typeof stored.talkKey === 'string' && isTalkKey(stored.talkKey) ? stored.talkKey : defaults.talkKey,
    globalTalk: readOneOf(GLOBAL_TALK, stored.globalTalk, defaults.globalTalk),
    globalKey: isKeyCode(stored.globalKey) ? stored.globalKey : defaults.globalKey,
    stunServer: readStoredStunServer(stored.stunServer),
    hideAddress: readSwitch(stored.hideAddress, defaults.hideAddress),
    language: readOneOf<Language | null>(LANGUAGES, stored.language, defaults.language),
    theme: readOneOf(THEMES, stored.theme, defaults.theme),
  };
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function readSwitch(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}

function readOneOf<Choice>(choices: readonly Choice[], value: unknown, otherwise: Choice): Choice {
  return choices.find((choice) => choice === value) ?? otherwise;
}

function readName(value: unknown): string {
  const name = readOwnName(typeof value === 'string' ? value : '');
  return name.ok ? name.value : '';
}

function readDeviceId(value: unknown): string | null {
  const known = typeof value === 'string' && value !== '' && value.length <= DEVICE_ID_MAX_UNITS;
  return known ? value : null;
}

function readProcessing(value: unknown): VoiceProcessing {
  const { echoCancellation, noiseSuppression, autoGainControl } = recordOf(value);
  const defaults = DEFAULT_AUDIO_SETTINGS.processing;
  return {
    echoCancellation: readSwitch(echoCancellation, defaults.echoCancellation),
    noiseSuppression: readSwitch(noiseSuppression, defaults.noiseSuppression),
    autoGainControl: readSwitch(autoGainControl, defaults.autoGainControl),
  };
}

function readStoredStunServer(value: unknown): string | null {
  return typeof value === 'string' && STORED_STUN_SERVER.test(value) ? value : null;
}
