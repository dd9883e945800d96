import { beforeEach, describe, expect, it } from 'vitest';
import {
  PEOPLE_ANNOUNCEMENT_GAP_MS,
  PeopleAnnouncer,
} from '../../../../../web-client/ui/people/people-announcer.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let said: string[];
let cues: string[];
let news: PeopleAnnouncer;
beforeEach(() => {
  time = new ManualTime();
  said = [];
  cues = [];
  news = new PeopleAnnouncer(time, {
    announce: (text, name, count) => said.push(`${text} ${count ?? name}`),
    playCue: (cue) => cues.push(cue),
  });
});
const come = (id: string, name: string | null = id) => news.handle({ type: 'joined', id, name });
const go = (id: string) => news.handle({ type: 'left', id, name: id });

describe('PeopleAnnouncer', () => {
  it('tells at once who came, and by name', async () => {
    come('Anna');
    expect([said, cues]).toEqual([['people.joined Anna'], ['joined']]);
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS);
    go('Anna');
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS);
    expect([said.at(-1), cues.at(-1)]).toEqual(['people.left Anna', 'left']);
  });

  it('tells of several who came soon after in one sentence, with one sound', async () => {
    for (const id of ['a', 'b', 'c', 'd']) come(id);
    go('z');
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS - 1);
    expect(said).toEqual(['people.joined a']);
    await time.advance(1);
    expect(said).toEqual(['people.joined a', 'people.left z', 'people.joined-many 3']);
    expect(cues).toHaveLength(2);
  });

  it('says nothing of those who came and left again meanwhile', async () => {
    come('first');
    for (let churn = 0; churn < 290; churn++) {
      come(`${churn}`);
      go(`${churn}`);
      await time.advance(34);
    }
    await time.advance(2 * PEOPLE_ANNOUNCEMENT_GAP_MS);
    expect(said).toEqual(['people.joined first']);
    expect(time.pending).toBe(0);
  });

  it('says nothing of one who loads the page anew, and is under another id then', async () => {
    go('Anna');
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS - 1);
    come('another', 'Anna');
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS);
    expect([said, cues]).toEqual([[], []]);
    go('somebody');
    come('another', 'Anna');
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS);
    expect(said).toEqual(['people.joined Anna']);
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS);
    expect(said).toEqual(['people.joined Anna', 'people.left somebody']);
  });

  it('says nothing of one who loads the page anew soon after something else was told', async () => {
    come('Boris');
    come('Vera');
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS - 100);
    go('Anna');
    await time.advance(1_000);
    come('another', 'Anna');
    await time.advance(3 * PEOPLE_ANNOUNCEMENT_GAP_MS);
    expect(said).toEqual(['people.joined Boris', 'people.joined Vera']);
  });

  it('tells of one who left soon after something else was told, when they are not back in that time', async () => {
    come('Boris');
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS - 100);
    go('Anna');
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS - 1);
    expect(said).toEqual(['people.joined Boris']);
    await time.advance(101);
    expect(said).toEqual(['people.joined Boris', 'people.left Anna']);
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS);
    expect(time.pending).toBe(0);
  });

  it('takes no two without a name for one', async () => {
    news.handle({ type: 'left', id: 'a', name: null });
    come('b', null);
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS);
    expect(said).toEqual(['people.left null', 'people.joined null']);
  });

  it('tells no more often than can be listened to, whoever comes', async () => {
    for (let id = 0; id < 300; id++) {
      come(`${id}`);
      await time.advance(34);
    }
    expect(said.length).toBeLessThanOrEqual(2 + (300 * 34) / PEOPLE_ANNOUNCEMENT_GAP_MS);
    expect(cues).toHaveLength(said.length);
  });

  it('is silent once the call is another', async () => {
    come('a');
    come('b');
    news.dispose();
    await time.advance(PEOPLE_ANNOUNCEMENT_GAP_MS);
    expect([said.length, time.pending]).toEqual([1, 0]);
  });
});
