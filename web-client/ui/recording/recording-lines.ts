/** Owns what is said of recordings, line by line, from the room's state alone: the own one, those of others, and what waits to be saved. */

import type { Language, Translate } from '../../../main/common/translate.ts';
import type {
  KeptRecordingState,
  OthersRecording,
  OwnRecordingState,
  RecordAnswer,
  RecordCommand,
} from '../../core/state/recording-state.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { sizeText } from '../files/file-amounts.ts';
import { participantRows, spokenName } from '../people/participant-rows.ts';

const SECOND_MS = 1_000;
const MINUTE_S = 60;
const HOUR_S = 3_600;

export interface RecordingLine {
  /** One line keeps its key, whatever it says. */
  readonly key: string;
  readonly tone: 'recording' | 'calm' | 'trouble';
  readonly title: string;
  readonly text: string;
  readonly acts: readonly LineAct[];
}

export interface LineAct {
  /** One button of a line keeps its name. */
  readonly name: string;
  readonly text: string;
  /** As it is read out, where the words alone would be the same in several lines. */
  readonly label: string | null;
  readonly primary: boolean;
  readonly command: RecordCommand;
  /** What would be lost is asked about first. */
  readonly asksFirst: boolean;
}

export interface LineWords {
  readonly t: Translate<TextKey>;
  readonly language: Language;
}

/** By id, as they are spoken of in the list of participants. */
export function spokenNames(room: RoomState, { t }: Pick<LineWords, 't'>): (id: string) => string {
  const rows = participantRows(room);
  return (id) => {
    const row = rows.find((other) => other.id === id);
    return row === undefined ? t('name.unknown') : spokenName(row, t('name.unknown'));
  };
}

/** Those who record now, oneself last. */
export function whoRecords(room: RoomState, words: Pick<LineWords, 't'>): readonly string[] {
  const { recording } = room;
  if (recording === null) return [];
  const others = recording.others.filter(({ on }) => on).map(({ id }) => spokenNames(room, words)(id));
  return recording.own.phase === 'recording' ? [...others, words.t('recording.you')] : others;
}

/** @param asking whose question stands in the dialog, with its answers: here would be the same once more */
export function recordingLines(
  room: RoomState,
  words: LineWords,
  asking: string | null,
): readonly RecordingLine[] {
  const { recording } = room;
  if (recording === null) return [];
  const nameOf = spokenNames(room, words);
  return [
    ...ownLines(recording.own, nameOf, words),
    ...recording.others
      .filter(({ id }) => id !== asking)
      .map((other) => othersLine(other, nameOf(other.id), words.t)),
    ...recording.kept.map((kept) => keptLine(kept, words)),
  ];
}

function act(
  name: string,
  text: string,
  command: RecordCommand,
  more: Partial<Pick<LineAct, 'label' | 'primary' | 'asksFirst'>> = {},
): LineAct {
  return { name, text, command, label: null, primary: false, asksFirst: false, ...more };
}

function ownLines(
  own: OwnRecordingState,
  nameOf: (id: string) => string,
  { t, language }: LineWords,
): readonly RecordingLine[] {
  const stop = act('stop', t('recording.stop'), { type: 'stop' });
  switch (own.phase) {
    case 'off':
    case 'checking':
    case 'choosing':
      return [];
    case 'starting':
    case 'stopping': {
      const title = t(`recording.${own.phase}`);
      const acts = own.phase === 'starting' ? [stop] : [];
      return [{ key: 'own', tone: 'calm', title, text: '', acts }];
    }
    case 'failed': {
      const title = t(`recording.failed.${own.why}`);
      const text = t(`recording.failed.${own.why}.text`);
      const acts = [act('close', t('recording.close'), { type: 'dismiss' })];
      return [{ key: 'own', tone: 'trouble', title, text, acts }];
    }
    case 'recording': {
      const namesOf = (answer: RecordAnswer) =>
        own.asked.filter((asked) => asked.answer === answer).map(({ id }) => nameOf(id));
      const sentence = (key: TextKey, names: readonly string[]) =>
        names.length === 0 ? [] : [t(key, { names: names.join(', ') })];
      const amount = { time: recordedTime(own.elapsedMs), size: sizeText(own.sizeBytes, language) };
      const text = [
        t('recording.own.amount', amount),
        ...sentence('recording.own.in', [t('recording.you'), ...namesOf('agreed')]),
        ...sentence('recording.own.none', namesOf('none')),
        ...sentence('recording.own.refused', namesOf('refused')),
      ].join(' ');
      return [{ key: 'own', tone: 'recording', title: t('recording.own'), text, acts: [stop] }];
    }
  }
}

function othersLine({ id, answer }: OthersRecording, name: string, t: Translate<TextKey>): RecordingLine {
  const answering = (agree: boolean, key: 'agree' | 'refuse' | 'join' | 'withdraw', primary = false) =>
    act(
      key,
      t(`recording.${key}`),
      { type: 'answer', person: id, agree },
      { label: t(`recording.${key}.name`, { name }), primary },
    );
  const acts = {
    none: [answering(true, 'agree', true), answering(false, 'refuse')],
    agreed: [answering(false, 'withdraw')],
    refused: [answering(true, 'join')],
  }[answer];
  const text = t(answer === 'agreed' ? 'recording.others.in' : 'recording.others.out');
  return { key: `of ${id}`, tone: 'recording', title: t('recording.others', { name }), text, acts };
}

function keptLine(kept: KeptRecordingState, { t, language }: LineWords): RecordingLine {
  const { key, cutOff, saved, canShow } = kept;
  const about = t('recording.kept.text', {
    date: startOfRecording(kept.startedAtMs, language),
    size: sizeText(kept.sizeBytes, language),
  });
  const text = {
    no: about,
    saving: t('recording.saving'),
    saved: t('recording.saved'),
    failed: t('recording.not-saved'),
  }[saved];
  const save = (words: TextKey, primary: boolean) =>
    act('save', t(words), { type: 'save', key }, { primary });
  const discard = (words: TextKey, asksFirst: boolean) =>
    act('discard', t(words), { type: 'discard', key }, { asksFirst });
  const acts = {
    no: [save('recording.save', true), discard('recording.discard', true)],
    saving: [],
    saved: [
      ...(canShow ? [act('show', t('file.show-in-folder'), { type: 'show', key })] : []),
      discard('recording.done', false),
      save('recording.save-again', false),
    ],
    failed: [save('recording.save', true), discard('recording.discard', true)],
  }[saved];
  const title = t(cutOff ? 'recording.cut-off' : 'recording.kept');
  return { key: `kept ${key}`, tone: saved === 'failed' ? 'trouble' : 'calm', title, text, acts };
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** As clocks of players show it: `4:07`, `1:04:07`. */
export function recordedTime(elapsedMs: number): string {
  const seconds = Math.floor(elapsedMs / SECOND_MS);
  const [hours, minutes] = [Math.floor(seconds / HOUR_S), Math.floor(seconds / MINUTE_S) % MINUTE_S];
  const rest = twoDigits(seconds % MINUTE_S);
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${twoDigits(minutes)}:${rest}`;
}

function startOfRecording(startedAtMs: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(startedAtMs);
}
