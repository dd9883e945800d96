import { beforeEach, describe, expect, it } from 'vitest';
import { RemotePresence } from '../../../../../web-client/core/messaging/remote-presence.ts';
import { REACTION_SHOWN_MS } from '../../../../../web-client/core/messaging/transient-reaction.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const SILENT = { microphone: null, handUp: false, reaction: null };

let time: ManualTime;
let changes: number;
let presence: RemotePresence;
beforeEach(() => {
  time = new ManualTime();
  changes = 0;
  presence = new RemotePresence(time.timers, () => changes++);
});

describe('what the others say of the moment', () => {
  it('is known of each by itself', () => {
    presence.handlePresence('ada', { kind: 'presence', microphone: 'muted', handUp: true });
    presence.handleReaction('bob', { kind: 'reaction', emoji: '👏' });
    expect(presence.of('ada')).toEqual({ microphone: 'muted', handUp: true, reaction: null });
    expect(presence.of('bob')).toEqual({ ...SILENT, reaction: { emoji: '👏', serial: 1 } });
    expect(presence.of('eve')).toEqual(SILENT);
    expect(changes).toBe(2);
  });

  it('lets a reaction pass, and counts the next', async () => {
    presence.handleReaction('bob', { kind: 'reaction', emoji: '👏' });
    await time.advance(REACTION_SHOWN_MS);
    expect([presence.of('bob'), changes]).toEqual([SILENT, 2]);
    presence.handleReaction('bob', { kind: 'reaction', emoji: '👏' });
    expect(presence.of('bob').reaction?.serial).toBe(2);
  });

  it('goes with the person, and leaves no timer', () => {
    presence.handlePresence('ada', { kind: 'presence', microphone: 'open', handUp: true });
    presence.handleReaction('ada', { kind: 'reaction', emoji: '👏' });
    presence.handleReaction('bob', { kind: 'reaction', emoji: '👏' });
    presence.handleExit('ada');
    expect([presence.of('ada'), presence.of('bob').reaction?.emoji, time.pending]).toEqual([SILENT, '👏', 1]);
    presence.dispose();
    expect(time.pending).toBe(0);
  });
});
