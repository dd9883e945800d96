import { expect, it } from 'vitest';
import { DtlsRole } from '../../../../../web-client/core/peer/dtls-role.ts';
import {
  CHROMIUM_LATER_OFFER,
  CHROMIUM_OFFER,
  FIREFOX_ANSWER,
  FIREFOX_OFFER,
} from '../../../../support/call/recorded-descriptions.ts';

const roles = (sdp: string) => [...sdp.matchAll(/^a=setup:(\w+)\r$/gm)].map(([, role]) => role);
const passive = FIREFOX_ANSWER.replaceAll('a=setup:active', 'a=setup:passive');

it('stays open in an offer before the first answer', () => {
  expect(new DtlsRole().settle(CHROMIUM_OFFER)).toBe(CHROMIUM_OFFER);
});

it.each([
  [FIREFOX_ANSWER, 'peer', 'active'],
  [FIREFOX_ANSWER, 'self', 'passive'],
  [passive, 'peer', 'passive'],
  [passive, 'self', 'active'],
] as const)('is told in each later offer as the first answer settled it (%#)', (answer, by, role) => {
  const known = new DtlsRole();
  known.handleAnswer(answer, by);
  // What Firefox says of itself in a restart of ICE.
  known.handleAnswer(answer === passive ? FIREFOX_ANSWER : passive, by);
  for (const offer of [CHROMIUM_LATER_OFFER, FIREFOX_OFFER]) {
    expect(roles(known.settle(offer))).toEqual([role, role]);
    expect(known.settle(offer).replaceAll(`setup:${role}`, 'setup:actpass')).toBe(offer);
  }
});
