import { describe, expect, it } from 'vitest';
import { SCRIPT_STARTS_MS } from '../../../../main/common/protocol/limits.ts';
import { fail, ok } from '../../../../main/common/result.ts';
import { RecorderLink, type RecorderWorkerLike } from '../../../../web-client/recording/recorder-link.ts';
import type { RecorderReport, RecorderRequest } from '../../../../web-client/recording/recorder-messages.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';

class FakeWorker implements RecorderWorkerLike {
  readonly asked: RecorderRequest[] = [];
  terminated = false;
  report: (report: RecorderReport) => void = () => {};
  break: () => void = () => {};

  postMessage(request: RecorderRequest) {
    this.asked.push(request);
  }

  terminate() {
    this.terminated = true;
  }

  addEventListener(type: string, listener: (event: { data: RecorderReport }) => void) {
    if (type === 'message') this.report = (data) => listener({ data });
    else if (type === 'error') this.break = () => listener({ data: { type: 'failed', failure: 'failed' } });
  }
}

function rig() {
  const workers: FakeWorker[] = [];
  const time = new ManualTime();
  const link = new RecorderLink(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  }, time.timers);
  const heard: unknown[] = [];
  link.handler = {
    onProgress: (bytes, gapMs) => heard.push([bytes, gapMs]),
    onFailed: (failure) => heard.push(failure),
  };
  return { link, workers, heard, time };
}

describe("the link to the recorder's worker", () => {
  it('starts none before something is asked, and asks one for all', () => {
    const { link, workers } = rig();
    expect(workers).toHaveLength(0);
    void link.ask({ type: 'left' });
    link.tell({ type: 'leave', presence: 1, frame: 2 });
    expect(workers).toHaveLength(1);
    expect(workers[0]?.asked.map(({ request }) => request)).toEqual([1, null]);
  });

  it('gives each question its own answer, in whatever order they come', async () => {
    const { link, workers } = rig();
    const [left, stopped] = [link.ask({ type: 'left' }), link.ask({ type: 'stop', frame: 1 })];
    workers[0]?.report({ type: 'answer', request: 2, ok: false, error: 'no-space' });
    workers[0]?.report({ type: 'answer', request: 1, ok: true, value: [] });
    expect(await left).toEqual(ok([]));
    expect(await stopped).toEqual(fail('no-space'));
  });

  it('passes on how it goes', () => {
    const { link, workers, heard } = rig();
    void link.ask({ type: 'left' });
    workers[0]?.report({ type: 'progress', bytes: 5, gapMs: 6 });
    workers[0]?.report({ type: 'failed', failure: 'no-space' });
    expect(heard).toEqual([[5, 6], 'no-space']);
  });

  it('tells that a worker broke, leaves no question open, and asks another from then on', async () => {
    const { link, workers, heard } = rig();
    const asked = link.ask({ type: 'stop', frame: 1 });
    workers[0]?.report({ type: 'started' });
    workers[0]?.break();
    expect(await asked).toEqual(fail('failed'));
    expect(heard).toEqual(['failed']);
    expect(workers[0]?.terminated).toBe(true);
    void link.ask({ type: 'finish', folder: 'f' });
    expect(workers).toHaveLength(2);
    workers[0]?.break();
    expect(heard).toHaveLength(1);
  });

  it('fails where the browser lets it start none', async () => {
    const link = new RecorderLink(() => {
      throw new Error('blocked');
    }, new ManualTime().timers);
    expect(await link.ask({ type: 'left' })).toEqual(fail('missing'));
    expect(await link.start()).toEqual(fail('missing'));
  });

  it('has one that is started ahead asked later', async () => {
    const { link, workers, time } = rig();
    const started = link.start();
    workers[0]?.report({ type: 'started' });
    expect([await started, await link.start()]).toEqual([ok(null), ok(null)]);
    void link.ask({ type: 'left' });
    expect([workers.length, workers[0]?.asked.length]).toEqual([1, 1]);
    await time.advance(10 * SCRIPT_STARTS_MS);
    expect(workers[0]?.terminated).toBe(false);
  });

  it.each(['does not come', 'is silent'])(
    'says that the worker’s script %s, and asks another then',
    async (how) => {
      const { link, workers, heard, time } = rig();
      const [started, asked] = [link.start(), link.ask({ type: 'left' })];
      if (how === 'does not come') workers[0]?.break();
      else await time.advance(SCRIPT_STARTS_MS);
      expect([await started, await asked]).toEqual([fail('missing'), fail('missing')]);
      expect([heard, workers[0]?.terminated, time.pending]).toEqual([['missing'], true, 0]);
      void link.start();
      expect(workers).toHaveLength(2);
    },
  );
});
