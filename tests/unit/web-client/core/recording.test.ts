/** Holds recordings in whole calls: whose voice is in one, and who is told of it. */

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TAKEN_IN_AFTER_MS } from '../../../../main/common/protocol/limits.ts';
import type { OthersRecording } from '../../../../web-client/core/state/recording-state.ts';
import { type CallPage, CallWorld } from '../../../support/call/call-world.ts';
import { FakeFinished } from '../../../support/sound/fake-recorder.ts';

let world: CallWorld;
beforeEach(() => {
  world = new CallWorld();
});
afterEach(async () => {
  await world.end();
});

const own = ({ state }: CallPage) => state.recording?.own;
const others = ({ state }: CallPage): readonly OthersRecording[] => state.recording?.others ?? [];
const seenBy = (page: CallPage, by: CallPage) => others(by).find(({ id }) => id === page.id);
const isIn = (page: CallPage, recorder: CallPage) => recorder.recorder.latest.voices.has(page.id);

async function record(page: CallPage): Promise<void> {
  page.session.record({ type: 'start', tracks: 'mixed' });
  await world.until('it records', () => own(page)?.phase === 'recording');
}

async function answer(page: CallPage, recorder: CallPage, agree: boolean): Promise<void> {
  await world.until(`${page.name} was asked`, () => seenBy(recorder, page) !== undefined);
  page.session.record({ type: 'answer', person: recorder.id, agree });
}

describe('a recording', () => {
  it('has one’s own voice in it at once, and nobody else’s before they agree', async () => {
    const [anna, boris, clara] = await world.joinAll('Anna', 'Boris', 'Clara');
    await record(anna);
    await world.until('both see it', () => [boris, clara].every((page) => seenBy(anna, page)?.on === true));
    expect([...anna.recorder.latest.voices.keys()]).toEqual([anna.id]);
    expect(anna.recorder.latest.voices.get(anna.id)).toBe(anna.tracks.at(-1));
    await answer(boris, anna, true);
    await answer(clara, anna, false);
    await world.until('Boris is in', () => isIn(boris, anna));
    await world.until('Clara’s word is there', () => {
      const state = own(anna);
      return state?.phase === 'recording' && state.asked.every((asked) => asked.answer !== 'none');
    });
    expect(anna.recorder.latest.voices.get(boris.id)).toBe(anna.heard.get(boris.id));
    expect(isIn(clara, anna)).toBe(false);
    expect(own(anna)).toMatchObject({
      tracks: 'mixed',
      asked: [
        { id: boris.id, answer: 'agreed' },
        { id: clara.id, answer: 'refused' },
      ],
    });
  });

  it('loses who takes it back, and has them again when they agree again', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await record(anna);
    for (const agree of [true, false, true]) {
      await answer(boris, anna, agree);
      await world.until('it holds', () => isIn(boris, anna) === agree);
      expect(seenBy(anna, boris)?.answer).toBe(agree ? 'agreed' : 'refused');
    }
    expect(anna.recorder.latest.story).toEqual(['+Anna', '+Boris', `-${boris.id}`, '+Boris']);
  });

  it('asks whoever comes later, who hears of it and is not in it until then', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await record(anna);
    await answer(boris, anna, true);
    const clara = await world.join('Clara');
    await world.until('she is told', () => seenBy(anna, clara)?.on === true);
    expect(isIn(clara, anna)).toBe(false);
    expect(seenBy(anna, boris)?.answer).toBe('agreed');
    await answer(clara, anna, true);
    await world.until('she is in', () => isIn(clara, anna));
  });

  it('asks anew whoever left and is back, and whoever loaded the page anew', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await record(anna);
    await answer(boris, anna, true);
    await world.until('he is in', () => isIn(boris, anna));
    const before = seenBy(anna, boris)?.ask ?? 0;
    boris.session.leave();
    await world.until('he is out', () => !isIn(boris, anna));
    expect(others(boris)).toEqual([]);
    boris.session.join('Boris');
    await world.until('he is asked', () => seenBy(anna, boris) !== undefined);
    expect(seenBy(anna, boris)).toMatchObject({ answer: 'none' });
    expect(seenBy(anna, boris)?.ask).toBeGreaterThan(before);
    expect(isIn(boris, anna)).toBe(false);
    await answer(boris, anna, true);
    await world.until('he is in once more', () => isIn(boris, anna));
    const again = world.reload(boris);
    again.session.join('Boris');
    await world.until('his new page is asked', () => seenBy(anna, again)?.answer === 'none');
    expect([isIn(boris, anna), isIn(again, anna)]).toEqual([false, false]);
  });

  it('takes nobody’s word for another, to nothing that was not asked, or of before', async () => {
    const [anna, boris, clara] = await world.joinAll('Anna', 'Boris', 'Clara');
    // Nobody asked him.
    boris.session.record({ type: 'answer', person: anna.id, agree: true });
    await record(anna);
    await answer(clara, anna, true);
    await world.until('Clara is in', () => isIn(clara, anna));
    expect(isIn(boris, anna)).toBe(false);
    anna.session.record({ type: 'stop' });
    await world.until('all see the end', () => others(boris).length + others(clara).length === 0);
    await record(anna);
    await world.until('both are asked', () => [boris, clara].every((page) => seenBy(anna, page)?.on));
    expect([...anna.recorder.latest.voices.keys()]).toEqual([anna.id]);
  });

  it('has nothing of whom one bars, and is nothing of theirs', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await record(anna);
    await record(boris);
    await answer(boris, anna, true);
    await answer(anna, boris, true);
    await world.until('both are in', () => isIn(boris, anna) && isIn(anna, boris));
    anna.session.verify(boris.id, false);
    await world.until('neither is', () => !isIn(boris, anna) && !isIn(anna, boris));
    expect(others(anna)).toEqual([]);
    boris.session.record({ type: 'answer', person: anna.id, agree: true });
    await world.pass(1_000);
    expect(isIn(boris, anna)).toBe(false);
  });

  it('can be two people’s at once, each asked and answered by itself', async () => {
    const [anna, boris, clara] = await world.joinAll('Anna', 'Boris', 'Clara');
    await record(anna);
    await record(boris);
    await answer(clara, anna, true);
    await answer(clara, boris, false);
    await answer(boris, anna, true);
    await world.until('two are in hers', () => isIn(clara, anna) && isIn(boris, anna));
    expect([...boris.recorder.latest.voices.keys()]).toEqual([boris.id]);
    expect(others(clara).map(({ id, answer: said }) => [id, said])).toEqual([
      [anna.id, 'agreed'],
      [boris.id, 'refused'],
    ]);
  });

  it('ends for those who see it when its page leaves, or is gone', async () => {
    const [anna, boris, clara] = await world.joinAll('Anna', 'Boris', 'Clara');
    await record(anna);
    await record(boris);
    await world.until('she sees both', () => others(clara).length === 2);
    anna.session.leave();
    await world.until('hers ended', () => others(clara).length === 1 && own(anna)?.phase === 'off');
    expect(anna.state.recording?.kept).toHaveLength(1);
    boris.session.dispose();
    await world.until('his too', () => others(clara).length === 0);
    expect(boris.recorder.latest.stopped).toBe(true);
  });

  it('has the voice by its new track when the connection is another, and none while there is none', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await record(anna);
    await answer(boris, anna, true);
    await world.until('he is in', () => isIn(boris, anna));
    for (const connection of boris.connections) connection.setConnectionState('disconnected');
    for (const connection of anna.connections) connection.setConnectionState('disconnected');
    await world.until('he is lost', () => anna.state.participants[0]?.peer.phase === 'lost');
    expect(isIn(boris, anna)).toBe(false);
    await world.until('he is back', () => isIn(boris, anna), 50);
    expect(anna.recorder.latest.voices.get(boris.id)).toBe(anna.heard.get(boris.id));
  });

  it('is not begun before one is in, nor by a second press', async () => {
    const anna = await world.openReady('Anna');
    anna.session.record({ type: 'start', tracks: 'each' });
    await world.pass(1_000);
    expect(anna.recorder.recordings).toEqual([]);
    anna.session.join('Anna');
    await world.until('she is in', () => anna.state.call === 'joined');
    await record(anna);
    anna.session.record({ type: 'start', tracks: 'each' });
    await world.pass(1_000);
    expect(anna.recorder.recordings.map(({ mode }) => mode)).toEqual(['mixed']);
  });

  it('shows what an earlier page left, to be saved or thrown away', async () => {
    const left = new FakeFinished();
    const anna = world.open('Anna');
    anna.recorder.left = [left];
    await world.until('it is shown', () => anna.state.recording?.kept.length === 1, 50);
    expect(anna.state.recording?.kept).toMatchObject([{ cutOff: true, saved: 'no' }]);
    const key = anna.state.recording?.kept[0]?.key ?? 0;
    anna.session.record({ type: 'save', key });
    await world.until('it is saved', () => anna.state.recording?.kept[0]?.saved === 'saved');
    anna.session.record({ type: 'discard', key });
    expect([anna.state.recording?.kept, left.saves, left.discarded]).toEqual([[], 1, true]);
  });

  it('comes with code of its own, some seconds after one is in', async () => {
    const anna = await world.join('Anna');
    await world.pass(TAKEN_IN_AFTER_MS / 2);
    expect(anna.state.recording).toBeNull();
  });
});
