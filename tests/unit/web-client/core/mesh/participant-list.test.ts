import { beforeEach, describe, expect, it } from 'vitest';
import { ParticipantList } from '../../../../../web-client/core/mesh/participant-list.ts';
import type { RosterParticipant } from '../../../../../web-client/core/mesh/roster-reader.ts';

const NOBODY = new Uint8Array();
const standing = (id: string): RosterParticipant => ({
  id,
  entry: { id, key: '', fp: '', name: '' },
  identity: { id: NOBODY, key: NOBODY, fp: NOBODY },
  name: id,
  later: false,
});

let list: ParticipantList;
const facts = () => [...list].map(({ roster, inRoster, seen }) => [roster.id, inRoster, seen]);
beforeEach(() => {
  list = new ParticipantList();
  list.replace([standing('ada'), standing('ben'), standing('cleo')], () => true);
});

describe('the list of participants', () => {
  it('is that of the roster told last, and behind it those who are kept without it', () => {
    list.replace([standing('cleo'), standing('dan')], (id) => id === 'ben');
    expect(facts()).toEqual([
      ['cleo', true, true],
      ['dan', true, true],
      ['ben', false, true],
    ]);
  });

  it('tells whether somebody came since the first roster', () => {
    const first = new ParticipantList();
    expect(first.replace([standing('ada')], () => true)).toBe(false);
    expect(first.replace([standing('ada')], () => true)).toBe(false);
    expect(first.replace([standing('ada'), standing('ben')], () => true)).toBe(true);
    expect(first.replace([standing('ben')], () => false)).toBe(false);
    expect(first.replace([standing('ada'), standing('ben')], () => false)).toBe(true);
  });

  it('tells whether somebody came also where the first roster named nobody', () => {
    const first = new ParticipantList();
    expect(first.replace([], () => true)).toBe(false);
    expect(first.replace([standing('ada')], () => true)).toBe(true);
  });

  it('tells whom no roster of this socket has named', () => {
    list.forgetSeen();
    list.replace([standing('ben')], () => true);
    expect(facts()).toEqual([
      ['ben', true, true],
      ['ada', false, false],
      ['cleo', false, false],
    ]);
  });

  it('drops one who stands in no roster, and nobody else', () => {
    list.replace([standing('ben')], () => true);
    list.drop('ada');
    expect(list.ids).toEqual(['ben', 'cleo']);
    list.dropUnlisted();
    expect(list.ids).toEqual(['ben']);
  });

  it('takes in who is introduced, but nobody who is there or has left', () => {
    list.replace([standing('ada'), standing('ben')], () => false);
    list.replace([standing('ada')], (id) => id === 'ben');
    list.drop('ben');
    expect(['ada', 'ben', 'cleo', 'dan'].filter((id) => list.mayIntroduce(id))).toEqual(['dan']);
    list.introduce(standing('dan'));
    expect(facts().at(-1)).toEqual(['dan', false, false]);
    expect(list.get('dan')?.introduced).toBe(true);
    list.replace([standing('dan'), standing('ben')], () => false);
    list.replace([standing('dan')], () => false);
    expect(list.get('dan')?.introduced).toBe(false);
    list.dropUnlisted();
    expect(list.mayIntroduce('ada')).toBe(false);
  });

  it('notes who gets no peer, until the next roster', () => {
    list.setWaiting('ben');
    expect([...list].map(({ waiting }) => waiting)).toEqual([false, true, false]);
    list.replace([standing('ben')], () => false);
    expect(list.get('ben')?.waiting).toBe(false);
  });
});
