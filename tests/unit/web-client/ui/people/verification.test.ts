import { describe, expect, it } from 'vitest';
import { verifiedCount } from '../../../../../web-client/ui/people/participant-rows.ts';
import { codeWords, comparisonWith } from '../../../../../web-client/ui/people/verification.ts';
import { person, ROOM } from '../../../../support/page/room-states.ts';

const CODE = [0, 63, 7, 7, 29, 54, 18];
const joined = { ...ROOM, call: 'joined' } as const;

describe('the comparison with one person', () => {
  const compare = (changes: Parameters<typeof person>[1]) =>
    comparisonWith({ ...joined, participants: [person('anna', changes)] }, 'anna');

  it('asks to read the code aloud once there is one', () => {
    expect(compare({ code: CODE })).toMatchObject({
      text: 'verify.how',
      code: CODE,
      canMatch: true,
      canDiffer: true,
    });
  });

  it.each([
    { trust: 'checking' },
    { trust: 'sealed', peer: { phase: 'lost' } },
    { trust: 'verified', peer: { phase: 'lost' } },
  ] as const)('waits without a code: %j', (changes) => {
    expect(compare(changes)).toMatchObject({
      text: 'verify.waiting',
      code: null,
      canMatch: false,
      canDiffer: false,
    });
  });

  it('says plainly that there will be no code, and what to do', () => {
    expect(compare({ codeless: true })).toMatchObject({
      text: 'verify.none-left',
      code: null,
      canMatch: false,
    });
  });

  it('shows the code of a verified person again, which can still be taken back', () => {
    expect(compare({ code: CODE, trust: 'verified' })).toMatchObject({
      text: 'verify.again',
      code: CODE,
      canMatch: false,
      canDiffer: true,
    });
  });

  it.each(['different', 'code', 'fingerprint'] as const)('tells why it failed: %s', (reason) => {
    expect(compare({ trust: 'failed', peer: { phase: 'failed', reason } })).toMatchObject({
      text: `failure.${reason}`,
      code: null,
      canMatch: false,
      canDiffer: false,
    });
  });

  it('stays while the place in the room is taken up again', () => {
    const room = { ...joined, call: 'joining', participants: [person('anna', { code: CODE })] } as const;
    expect(comparisonWith(room, 'anna')).toMatchObject({ trust: 'sealed', canMatch: true });
  });

  it('is over when the person or oneself has left', () => {
    expect(comparisonWith({ ...joined, participants: [person('boris')] }, 'anna')).toBeNull();
    expect(comparisonWith({ ...ROOM, participants: [person('anna')] }, 'anna')).toBeNull();
    expect(comparisonWith(joined, ROOM.self.id)).toBeNull();
  });

  it('tells two of one name apart', () => {
    const participants = [person('anna1', { name: 'Anna' }), person('bnna2', { name: 'Anna' })];
    expect(comparisonWith({ ...joined, participants }, 'bnna2')?.row).toMatchObject({
      ambiguous: true,
      shortId: 'bnna',
    });
  });
});

describe('the words of a code', () => {
  it('stand in its order, doubled ones too, in the language of the page', () => {
    expect(codeWords(CODE, 'en').map(({ word }) => word)).toEqual([
      'dog',
      'house',
      'bee',
      'bee',
      'grapes',
      'alarm clock',
      'sunflower',
    ]);
    expect(codeWords([63, 0], 'ru')).toEqual([
      { emoji: '🏠', word: 'дом' },
      { emoji: '🐶', word: 'собака' },
    ]);
  });
});

describe('how many are verified', () => {
  it('counts among all the others, failed and waiting ones included', () => {
    const participants = [
      person('a', { trust: 'verified' }),
      person('b'),
      person('c', { trust: 'failed', peer: { phase: 'failed', reason: 'different' } }),
      person('d', { trust: 'checking', peer: { phase: 'waiting' } }),
      person('e', { trust: 'verified' }),
    ];
    expect(verifiedCount({ ...joined, participants })).toEqual({ count: 2, total: 5 });
  });

  it('is not told of one person alone, nor outside the call', () => {
    expect(verifiedCount({ ...joined, participants: [person('a')] })).toBeNull();
    expect(verifiedCount({ ...ROOM, participants: [person('a'), person('b')] })).toBeNull();
  });
});
