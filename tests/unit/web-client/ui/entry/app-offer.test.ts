import { describe, expect, it } from 'vitest';
import { appLinkFor } from '../../../../../web-client/ui/entry/app-offer.ts';
import type { PageState } from '../../../../../web-client/ui/page-state.ts';
import { ROOM } from '../../../../support/page/room-states.ts';

const DESKTOP = {
  userAgent:
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  maxTouchPoints: 0,
};
const INVITE = 'https://abc.lhr.life/#S.T';
const OUT: PageState = { kind: 'room', room: { ...ROOM, call: 'out' }, invite: INVITE };

const linkFor = (state: PageState | null, device = DESKTOP) => appLinkFor({ state, language: 'en', device });

describe('the way to the app', () => {
  it.each<[string, PageState, string]>([
    ['before a call', OUT, 'secret-call://abc.lhr.life/#S.T'],
    [
      'where calls do not work',
      { kind: 'unsupported', invite: 'http://localhost:8790/#S.T' },
      'secret-call://localhost:8790/#S.T',
    ],
    [
      'at a local address, with its certificate',
      { ...OUT, invite: 'https://192.168.1.5:8790/#S.T.F' },
      'secret-call://192.168.1.5:8790/#S.T.F',
    ],
  ])('leads there %s', (_, state, link) => {
    expect(linkFor(state)).toBe(link);
  });

  it.each<[string, PageState | null]>([
    ['in a call', { kind: 'room', room: { ...ROOM, call: 'joined' }, invite: INVITE }],
    ['while one goes in', { kind: 'room', room: { ...ROOM, call: 'joining' }, invite: INVITE }],
    ['without a link', { kind: 'no-link', problem: 'cut' }],
    ['once the link is over', { ...OUT, invite: null }],
    ['before there is anything', null],
  ])('is not there %s', (_, state) => {
    expect(linkFor(state)).toBeNull();
  });

  it.each([
    ['a phone', 'Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/140.0.0.0 Mobile Safari/537.36', 5],
    ['an iPhone', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148', 5],
    ['an iPad', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', 5],
  ])('is not there on %s', (_, userAgent, maxTouchPoints) => {
    expect(linkFor(OUT, { userAgent, maxTouchPoints })).toBeNull();
  });

  it('is there on a Mac', () => {
    const userAgent = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15';
    expect(linkFor(OUT, { userAgent, maxTouchPoints: 0 })).not.toBeNull();
  });
});
