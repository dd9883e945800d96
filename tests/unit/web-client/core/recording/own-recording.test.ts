/** Holds one recording over its time, whatever the recorder does and whenever. */

import { beforeEach, describe, expect, it } from 'vitest';
import { OwnRecording } from '../../../../../web-client/core/recording/own-recording.ts';
import type { FinishedRecording } from '../../../../../web-client/core/recording/recorder-port.ts';
import { FakeTrack } from '../../../../support/call/fake-transceiver.ts';
import { FakeRecorder } from '../../../../support/sound/fake-recorder.ts';
import { settle } from '../../../../support/time/manual-time.ts';

const ADA = { id: 'ada', name: 'Ada' };

let recorder: FakeRecorder;
let load: () => Promise<FakeRecorder>;
let phases: string[];
let finished: FinishedRecording[];
let own: OwnRecording;
beforeEach(() => {
  recorder = new FakeRecorder();
  load = async () => recorder;
  phases = [];
  finished = [];
  own = new OwnRecording(() => load(), {
    onPhase: () => phases.push(own.phase.name),
    onFinished: (file) => finished.push(file),
  });
});

describe('the own recording', () => {
  it('starts, goes on and ends', async () => {
    await own.start('each');
    own.stop();
    await settle();
    expect(phases).toEqual(['starting', 'recording', 'stopping', 'off']);
    expect(finished).toEqual([recorder.latest.finished]);
  });

  it('asks how once it is known that anything can be recorded, and begins nothing before', async () => {
    await own.choose();
    expect(phases).toEqual(['checking', 'choosing']);
    own.dismiss();
    await own.choose();
    await own.start('each');
    expect(phases.slice(2)).toEqual(['off', 'checking', 'choosing', 'starting', 'recording']);
    await own.choose();
    expect([own.phase.name, recorder.recordings.length]).toEqual(['recording', 1]);
  });

  it.each([
    ['does not record here', 'unsupported', false],
    ['does not come', 'missing', true],
  ] as const)(
    'says before it asks how that the recorder %s, and asks once it does',
    async (_what, why, supported) => {
      recorder.supported = supported;
      if (supported) load = () => Promise.reject(new Error('no answer'));
      await own.choose();
      expect([own.phase, phases]).toEqual([{ name: 'failed', why }, ['checking', 'failed']]);
      recorder.supported = true;
      load = async () => recorder;
      await own.choose();
      expect(own.phase.name).toBe('choosing');
    },
  );

  it('asks nothing any more of who has gone out meanwhile', async () => {
    const choosing = own.choose();
    own.stop();
    await choosing;
    expect(own.phase.name).toBe('off');
    await own.choose();
    own.stop();
    expect(own.phase.name).toBe('off');
  });

  it('is one at a time', async () => {
    await Promise.all([own.start('each'), own.start('mixed')]);
    await own.start('mixed');
    expect(recorder.recordings.map(({ mode }) => mode)).toEqual(['each']);
  });

  it.each([
    ['does not record here', 'unsupported', { supported: false }],
    ['has no place', 'no-storage', { refusal: 'no-storage' }],
    ['does not come', 'missing', null],
  ] as const)('fails where the recorder %s, and may be tried again', async (_what, why, spoiled) => {
    if (spoiled === null) load = () => Promise.reject(new Error('no answer'));
    else Object.assign(recorder, spoiled);
    await own.start('mixed');
    expect(own.phase).toEqual({ name: 'failed', why });
    Object.assign(recorder, { supported: true, refusal: null });
    load = async () => recorder;
    await own.start('mixed');
    expect(own.phase.name).toBe('recording');
  });

  it('leaves nothing where it is stopped before it began', async () => {
    const starting = own.start('mixed');
    own.stop();
    await starting;
    await settle();
    expect([own.phase.name, finished, recorder.recordings]).toEqual(['off', [], []]);
  });

  it('that was stopped before it began is gone before the next one begins: the recorder has one', async () => {
    const begin = recorder.start.bind(recorder);
    const ready: (() => void)[] = [];
    recorder.start = async (...asked) => {
      await new Promise<void>((resolve) => ready.push(resolve));
      return begin(...asked);
    };
    const first = own.start('each');
    await settle();
    own.stop();
    const second = own.start('mixed');
    await settle();
    expect(ready).toHaveLength(1);
    ready[0]?.();
    await first;
    expect([recorder.latest.stopped, recorder.latest.finished.discarded]).toEqual([true, true]);
    await settle();
    ready[1]?.();
    await second;
    expect([own.phase.name, recorder.recordings.length, recorder.latest.stopped]).toEqual([
      ...['recording', 2, false],
    ]);
  });

  it('ends by itself with what there is, and for the reason there was', async () => {
    await own.start('mixed');
    recorder.latest.fail('no-space');
    recorder.latest.fail('failed');
    await settle();
    expect(own.phase).toEqual({ name: 'failed', why: 'no-space' });
    expect(finished).toHaveLength(1);
  });

  it('says so when nothing can be kept at its end', async () => {
    await own.start('mixed');
    recorder.latest.stopFailure = 'no-space';
    own.stop();
    await settle();
    expect([own.phase, finished]).toEqual([{ name: 'failed', why: 'no-space' }, []]);
  });

  it('passes over what an ended one still says', async () => {
    await own.start('mixed');
    const { fail } = recorder.latest;
    own.stop();
    await settle();
    await own.start('mixed');
    fail('failed');
    expect(own.phase.name).toBe('recording');
  });

  it('tells the recorder of a voice once, of another track again, and of none that is out', async () => {
    own.setVoice(ADA, new FakeTrack());
    await own.start('mixed');
    expect(recorder.latest.voices.size).toBe(0);
    const [first, second] = [new FakeTrack('first'), new FakeTrack('second')];
    own.setVoice(ADA, first);
    own.setVoice(ADA, first);
    own.setVoice(ADA, second);
    expect(recorder.latest.voices.get('ada')).toBe(second);
    own.setVoice(ADA, null);
    own.removeVoice('ada');
    expect(recorder.latest.story).toEqual(['+Ada', '-ada']);
  });
});
