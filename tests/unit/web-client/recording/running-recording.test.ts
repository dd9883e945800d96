import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../../main/common/result.ts';
import type { AudioTrackLike } from '../../../../web-client/core/browser-api.ts';
import type {
  FinishedRecording,
  RecorderFailure,
} from '../../../../web-client/core/recording/recorder-port.ts';
import type { RecorderLink } from '../../../../web-client/recording/recorder-link.ts';
import { type RecorderCommand, TAP_INPUTS } from '../../../../web-client/recording/recorder-messages.ts';
import { ENTRY_MS, RunningRecording } from '../../../../web-client/recording/running-recording.ts';

const ANNA = { id: 'anna', name: 'Anna' };
const track = (name: string) => ({ name }) as unknown as AudioTrackLike;

class Rig {
  readonly told: RecorderCommand[] = [];
  readonly inputs = new Map<number, unknown>();
  readonly failures: RecorderFailure[] = [];
  released = 0;
  frame = 1_000;
  refuses = false;
  finishes = true;
  readonly link = {
    handler: null as RecorderLink['handler'],
    tell: (command: RecorderCommand) => void this.told.push(command),
    ask: async (command: RecorderCommand) => {
      this.told.push(command);
      return this.finishes ? ok({ folder: 'f' }) : fail('failed');
    },
  };
  readonly recording: RunningRecording;

  constructor() {
    const rig = this;
    this.recording = new RunningRecording({
      link: this.link as unknown as RecorderLink,
      taps: {
        get frame() {
          return rig.frame;
        },
        connect: (input, of) => {
          if (rig.refuses) throw new Error('another rate');
          rig.inputs.set(input, of);
        },
        disconnect: (input) => void rig.inputs.delete(input),
        end: () => {},
      },
      folder: 'f',
      startFrame: 1_000,
      rate: 1_000,
      onFailed: (failure) => this.failures.push(failure),
      release: () => this.released++,
      keep: (files) => ({ files }) as unknown as FinishedRecording,
    });
  }
}

describe("a recording on the page's side", () => {
  it('lets somebody in a moment later, so that nothing comes that was spoken before', () => {
    const rig = new Rig();
    rig.frame = 3_000;
    rig.recording.setVoice(ANNA, track('a'));
    expect(rig.told).toEqual([
      { type: 'enter', presence: { presence: 1, input: 0, ...ANNA, frame: 3_000 + ENTRY_MS } },
    ]);
  });

  it('goes on with another track of the same person, who has not come in anew', () => {
    const rig = new Rig();
    rig.recording.setVoice(ANNA, track('a'));
    rig.recording.setVoice(ANNA, track('b'));
    expect(rig.told).toHaveLength(1);
    expect([...rig.inputs]).toEqual([[0, track('b')]]);
  });

  it('lets somebody out at this very moment, and takes the voice off', () => {
    const rig = new Rig();
    rig.recording.setVoice(ANNA, track('a'));
    rig.frame = 4_321;
    rig.recording.removeVoice('anna');
    rig.recording.removeVoice('anna');
    expect(rig.told.slice(1)).toEqual([{ type: 'leave', presence: 1, frame: 4_321 }]);
    expect(rig.inputs.size).toBe(0);
  });

  it('gives who comes back another presence, on an input that is free', () => {
    const rig = new Rig();
    rig.recording.setVoice(ANNA, track('a'));
    rig.recording.setVoice({ id: 'b', name: 'B' }, track('b'));
    rig.recording.removeVoice('anna');
    rig.recording.setVoice(ANNA, track('a'));
    expect(rig.told.at(-1)).toMatchObject({ presence: { presence: 3, input: 0, id: 'anna' } });
  });

  it('takes no more voices than there are inputs', () => {
    const rig = new Rig();
    for (let index = 0; index <= TAP_INPUTS; index++)
      rig.recording.setVoice({ id: String(index), name: '' }, track(String(index)));
    expect(rig.told).toHaveLength(TAP_INPUTS);
  });

  it('counts time by the context, with what it stood still, and stops with the stop', async () => {
    const rig = new Rig();
    rig.frame = 3_500;
    rig.link.handler?.onProgress(77, 400);
    expect(rig.recording.elapsedMs).toBe(2_900);
    expect(rig.recording.bytes).toBe(77);
    const stopping = rig.recording.stop();
    rig.frame = 9_000;
    expect(await stopping).toEqual(ok({ files: { folder: 'f' } }));
    expect(rig.recording.elapsedMs).toBe(2_900);
    expect(rig.told).toEqual([
      { type: 'stop', frame: 3_500 },
      { type: 'finish', folder: 'f' },
    ]);
    expect(await rig.recording.stop()).toEqual(ok({ files: { folder: 'f' } }));
    expect(rig.released).toBe(1);
  });

  it('tells once that it has failed, takes nobody from then on, and still gives what there is', async () => {
    const rig = new Rig();
    const { handler } = rig.link;
    handler?.onFailed('no-space');
    handler?.onFailed('failed');
    expect(rig.failures).toEqual(['no-space']);
    rig.recording.setVoice(ANNA, track('a'));
    expect(rig.told).toEqual([]);
    expect((await rig.recording.stop()).ok).toBe(true);
  });

  it('tells that nothing is to be had where it cannot be finished', async () => {
    const rig = new Rig();
    rig.finishes = false;
    expect(await rig.recording.stop()).toEqual(fail('failed'));
  });

  it('fails where the browser refuses a voice', () => {
    const rig = new Rig();
    rig.refuses = true;
    rig.recording.setVoice(ANNA, track('a'));
    expect(rig.failures).toEqual(['failed']);
  });
});
