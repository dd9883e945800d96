import { describe, expect, it } from 'vitest';
import type { EndReason, RetryReason, RoomState } from '../../../../web-client/core/state/room-state.ts';
import {
  endOf,
  isLive,
  isStranded,
  joinButton,
  microphoneText,
  type PageState,
  statusText,
  statusTone,
} from '../../../../web-client/ui/page-state.ts';
import { ROOM } from '../../../support/page/room-states.ts';

const showing = (changes: Partial<RoomState>): PageState => ({
  kind: 'room',
  room: { ...ROOM, ...changes },
  invite: null,
});
const ended = (reason: EndReason) => showing({ call: 'joined', signaling: { phase: 'ended', reason } });

describe('the status', () => {
  it.each([
    [{ signaling: { phase: 'connecting' } }, 'status.connecting', 'busy'],
    [{}, 'status.ready', 'calm'],
    [{ call: 'joining' }, 'status.joining', 'busy'],
    [{ call: 'joined' }, 'status.live', 'live'],
    [{ full: true }, 'status.full', 'trouble'],
    [{ call: 'joining', door: 'waiting' }, 'status.waiting', 'busy'],
    [{ door: 'refused' }, 'status.missing', 'trouble'],
    [{ door: 'locked' }, 'status.missing', 'trouble'],
    [{ callMissing: true }, 'status.missing', 'trouble'],
    [{ signaling: { phase: 'standby' } }, 'status.standby', 'calm'],
    [{ signaling: { phase: 'retrying', why: 'no-answer' } }, 'status.retrying', 'trouble'],
    [{ signaling: { phase: 'retrying', why: 'blocked' } }, 'status.blocked', 'trouble'],
    [{ signaling: { phase: 'retrying', why: 'no-network' } }, 'status.no-network', 'trouble'],
    [{ signaling: { phase: 'retrying', why: 'another-room' } }, 'status.another-room', 'trouble'],
    [{ call: 'joining', signaling: { phase: 'retrying', why: 'no-answer' } }, 'status.retrying', 'trouble'],
    [{ call: 'joined', signaling: { phase: 'retrying', why: 'no-answer' } }, 'status.retrying', 'trouble'],
  ] as const)('of %j is %s', (changes, text, tone) => {
    expect(statusText(showing(changes))).toBe(text);
    expect(statusTone(showing(changes))).toBe(tone);
  });

  it('names the end, not the state the call was in', () => {
    expect(statusText(ended('host-ended'))).toBe('ended.host-ended.title');
    expect(statusTone(ended('kicked'))).toBe('trouble');
    expect(isLive(ended('host-ended'))).toBe(false);
  });

  it('tells of a missing link and of a window that cannot call', () => {
    expect(statusText({ kind: 'no-link', problem: 'cut' })).toBe('status.no-link');
    expect(statusText({ kind: 'no-link', problem: 'changed' })).toBe('paste.changed-title');
    expect(statusText({ kind: 'unsupported', invite: null })).toBe('ended.browser-only.title');
    expect(endOf({ kind: 'unsupported', invite: null })).toBe('browser-only');
  });
});

describe('who loads the page anew', () => {
  const away = (why: RetryReason, wayBack: boolean, call: RoomState['call'] = 'joined') => ({
    ...{ call, wayBack },
    signaling: { phase: 'retrying', why } as const,
  });
  it.each<[Partial<RoomState>, boolean]>([
    [{ call: 'joined' }, false],
    [{ call: 'joined', wayBack: true }, false],
    [away('no-answer', false), true],
    [away('no-network', false), true],
    [away('no-answer', true), false],
    [away('blocked', true), false],
    [away('no-network', true), true],
    // That one answers the next load, and puts it out.
    [away('another-room', true), true],
    [away('no-answer', false, 'joining'), false],
  ])('with %j is stranded: %s', (changes, stranded) => {
    expect(isStranded({ ...ROOM, ...changes })).toBe(stranded);
  });
});

describe('the one button', () => {
  it.each([
    [{}, { text: 'join.join', action: 'join', busy: false }],
    [{ signaling: { phase: 'connecting' } }, { text: 'join.join', action: 'join', busy: false }],
    [
      { signaling: { phase: 'retrying', why: 'no-answer' } },
      { text: 'join.join', action: 'none', busy: false },
    ],
    [{ call: 'joining' }, { text: 'join.joining', action: 'none', busy: true }],
    [{ call: 'joined' }, { text: 'join.leave', action: 'leave', busy: false }],
    [
      { call: 'joined', signaling: { phase: 'retrying', why: 'no-answer' } },
      { text: 'join.leave', action: 'leave', busy: false },
    ],
  ] as const)('of %j is %j', (changes, button) => {
    expect(joinButton({ ...ROOM, ...changes })).toEqual(button);
  });
});

describe('the own microphone', () => {
  it.each([
    [{ phase: 'asking' }, 'microphone.asking'],
    [{ phase: 'live', muted: false, hint: null }, 'microphone.on'],
    [{ phase: 'live', muted: true, hint: null }, 'microphone.muted'],
    [{ phase: 'none', reason: 'denied' }, 'microphone.listening'],
  ] as const)('%j reads %s', (microphone, text) => {
    expect(microphoneText(microphone)).toBe(text);
  });
});
