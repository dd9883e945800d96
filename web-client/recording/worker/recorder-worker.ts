/** Owns the worker in which sound becomes a file: what the page asks of it, one after the other, and what it reports. */

import type { RecorderFailure } from '../../core/recording/recorder-port.ts';
import { canEncode, MIX_BITRATE, VOICE_BITRATE } from '../encoder-config.ts';
import type {
  LiveTerms,
  RecorderAnswers,
  RecorderCommand,
  RecorderReport,
  RecorderRequest,
  SoundBatch,
} from '../recorder-messages.ts';
import { LiveRecording } from './live-recording.ts';
import { PartWriter } from './part-writer.ts';
import { isNoSpace, partFile, recordingsFolder } from './recording-folder.ts';
import { RecordingKeeper } from './recording-keeper.ts';

class RefusedError extends Error {
  readonly failure: RecorderFailure;
  constructor(failure: RecorderFailure) {
    super(failure);
    this.failure = failure;
  }
}

const report = (message: RecorderReport) => postMessage(message);
const failureOf = (error: unknown): RecorderFailure =>
  error instanceof RefusedError ? error.failure : isNoSpace(error) ? 'no-space' : 'failed';

let keeper: RecordingKeeper | null = null;
let live: LiveRecording | null = null;
let sound: MessagePort | null = null;

/** Storage may be blocked altogether. */
async function openKeeper(): Promise<RecordingKeeper> {
  try {
    keeper ??= new RecordingKeeper(await recordingsFolder());
    return keeper;
  } catch {
    throw new RefusedError('no-storage');
  }
}

async function start(terms: LiveTerms, port: MessagePort): Promise<RecorderAnswers['start']> {
  const bitrate = terms.mode === 'mixed' ? MIX_BITRATE : VOICE_BITRATE;
  if (!(await canEncode(terms.rate, bitrate))) throw new RefusedError('unsupported');
  const kept = await openKeeper();
  const folder = await kept.create(terms.startedAt).catch((error) => {
    throw new RefusedError(isNoSpace(error) ? 'no-space' : 'no-storage');
  });
  const recording = await LiveRecording.start({
    terms,
    openPart: (part, onFailed) =>
      PartWriter.open({
        rate: terms.rate,
        bitrate,
        openPiece: (piece) => folder.create(partFile(part, piece)),
        onFailed,
      }),
    note: (entry) => folder.note(entry),
    giveBack: (used) =>
      port.postMessage(
        used,
        used.map(({ buffer }) => buffer),
      ),
    timers: self,
    onProgress: (bytes, gapMs) => report({ type: 'progress', bytes, gapMs }),
    onFailed: (error) => report({ type: 'failed', failure: failureOf(error) }),
  });
  live = recording;
  sound = port;
  listenTo(port, recording);
  return { folder: folder.name };
}

/** What the page has told by the time sound came is behind it in line, so all is written one turn later. */
function listenTo(port: MessagePort, recording: LiveRecording): void {
  const { port1: turn, port2: nextTurn } = new MessageChannel();
  let due = false;
  nextTurn.addEventListener('message', () => {
    due = false;
    recording.write();
  });
  nextTurn.start();
  port.addEventListener('message', ({ data }: MessageEvent<SoundBatch>) => {
    recording.handleSound(data);
    if (due) return;
    due = true;
    turn.postMessage(null);
  });
  port.start();
}

async function stop(frame: number): Promise<null> {
  await live?.stop(frame);
  live = null;
  sound?.close();
  sound = null;
  return null;
}

async function finish(folder: string): Promise<RecorderAnswers['finish']> {
  const kept = await openKeeper();
  const files = await kept.finish(folder);
  if (files !== null) return files;
  // There is nothing in it.
  await kept.discard(folder);
  throw new RefusedError('failed');
}

async function carryOut(command: RecorderCommand): Promise<RecorderAnswers[keyof RecorderAnswers]> {
  switch (command.type) {
    case 'start':
      return start(command.terms, command.sound);
    case 'enter':
      live?.enter(command.presence);
      return null;
    case 'leave':
      live?.leave(command.presence, command.frame);
      return null;
    case 'stop':
      return stop(command.frame);
    case 'finish':
      return finish(command.folder);
    case 'left':
      return (await openKeeper()).left();
    case 'saved':
      keeper?.markSaved(command.folder);
      return null;
    case 'discard':
      await keeper?.discard(command.folder);
      return null;
  }
}

addEventListener('message', ({ data: { request, command } }: MessageEvent<RecorderRequest>) => {
  carryOut(command).then(
    (value) => request !== null && report({ type: 'answer', request, ok: true, value }),
    (error) => request !== null && report({ type: 'answer', request, ok: false, error: failureOf(error) }),
  );
});
report({ type: 'started' });
