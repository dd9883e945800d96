/** Holds what a terminal shows, and that it is given back. */

import { describe, expect, it } from 'vitest';
import { ScreenView } from '../../../../main/terminal/screen-view.ts';
import { linkAt, liveStatus, snapshotOf } from '../../../support/host/host-samples.ts';
import { TextStream } from '../../../support/host/text-stream.ts';
import { wordingIn } from '../../../support/i18n/wording.ts';

const ENTER = '\u001b[?1049h';
const LEAVE = '\u001b[?1049l';
const CLEAR = '\u001b[H\u001b[2J';

function setUp(size: { columns?: number; rows?: number } = {}) {
  const out = new TextStream({ isTTY: true, ...size });
  const errors = new TextStream({ isTTY: true });
  let drawn = 0;
  const view = new ScreenView({
    out,
    errors,
    ...wordingIn('en'),
    canType: true,
    onDrawn: () => {
      drawn += 1;
    },
  });
  const screen = () => out.text.split(CLEAR).at(-1) ?? '';
  return { out, errors, view, screen, drawn: () => drawn };
}

const open = snapshotOf(liveStatus({ public: linkAt('https://a.example') }));

describe('ScreenView', () => {
  it('draws the whole state again, on a screen of its own, with room for the line being typed', () => {
    const { out, view, screen, drawn } = setUp();
    view.show(snapshotOf({ phase: 'starting', step: 'server' }));
    view.show(open);
    expect(out.text.startsWith(ENTER)).toBe(true);
    expect(drawn()).toBe(2);
    expect(screen()).not.toContain('Opening');
    expect(screen()).toContain(linkAt('https://a.example').invite);
    expect(screen()).toContain('To stop: q and Enter');
    expect(screen().endsWith('\n')).toBe(true);
  });

  it('draws the QR code dark on light where it fits, and says so where it does not', () => {
    const { out, view, screen } = setUp({ columns: 80, rows: 50 });
    view.show(open);
    expect(screen()).toContain('\u001b[30;107m');
    expect(screen().trimEnd().split('\n').length).toBeLessThanOrEqual(48);
    out.rows = 30;
    out.emit('resize');
    expect(screen()).not.toContain('\u001b');
    expect(screen()).toContain('Make the window larger');
    out.rows = 50;
    out.columns = 30;
    out.emit('resize');
    expect(screen()).toContain('Make the window larger');
  });

  it('answers what was typed', () => {
    const { view, screen } = setUp();
    view.show(open);
    view.showAnswer('Added: https://b.example');
    expect(screen()).toContain('\nAdded: https://b.example\n');
    view.showAnswer('');
    expect(screen()).not.toContain('Added');
  });

  it('draws invitations below the link, and answers of several lines as such', () => {
    const { view, screen } = setUp({ rows: 20 });
    const once = { id: 4, kind: 'one-time', link: linkAt('https://a.example') } as const;
    view.show(snapshotOf(liveStatus({ invitations: [once] })));
    expect(screen()).toContain(`Invitation 1, for one person\n  ${once.link.invite}\n`);
    view.showAnswer('one\ntwo');
    expect(screen()).toContain('\none\ntwo\n');
  });

  it('lets no name reach the terminal with its controls', () => {
    const { view, screen } = setUp({ rows: 20 });
    view.show(
      snapshotOf(liveStatus({ participants: [{ id: '1', name: '\u001b[1;1HEve\u0007\n', reports: 0 }] })),
    );
    expect(screen()).toContain('  1  [1;1HEve\n');
    expect(screen()).not.toContain('\u0007');
    expect(screen()).not.toContain('\u001b');
  });

  it('gives the terminal back before the last word, once, and draws no more', () => {
    const { out, errors, view } = setUp();
    view.show(open);
    view.end({ kind: 'stopped' });
    view.dispose();
    const after = out.text.split(LEAVE);
    expect(after).toHaveLength(2);
    expect(after[1]).toBe('The room is closed\n');
    view.show(open);
    out.emit('resize');
    expect(out.text.endsWith('The room is closed\n')).toBe(true);
    expect(errors.text).toBe('');
  });
});
