/** Owns the view for a terminal: one screen that is drawn again on every change, and gone when the host ends. */

import type { HostSnapshot } from '../common/host-api/snapshot.ts';
import { DisposableStore, toDisposable } from '../common/lifecycle.ts';
import { type Description, describeHost } from './description.ts';
import type { HostEnd, TerminalView } from './host-view.ts';
import { type ReadableViewSetup, writeEnd } from './line-view.ts';
import { drawQrCode } from './qr-code.ts';

// ECMA-48 control sequences, and xterm's private mode for the second screen: the link does not stay in the scrollback.
const SECOND_SCREEN = '\u001b[?1049h';
const FIRST_SCREEN = '\u001b[?1049l';
const CLEAR = '\u001b[H\u001b[2J';
const DARK_ON_LIGHT = '\u001b[30;107m';
const PLAIN = '\u001b[0m';
const BELL = '\u0007';

/** Where a terminal does not tell its size: the classic one. */
const DEFAULT_COLUMNS = 80;
const DEFAULT_ROWS = 24;
/** The line one types in, and one to spare where the cursor goes after a full last line. */
const INPUT_ROWS = 2;

export interface ScreenViewSetup extends ReadableViewSetup {
  /** Called after each drawing, with the cursor at the start of an empty line. */
  readonly onDrawn: () => void;
}

export class ScreenView implements TerminalView {
  readonly #setup: ScreenViewSetup;
  readonly #store = new DisposableStore();
  #snapshot: HostSnapshot | null = null;
  #answer = '';

  constructor(setup: ScreenViewSetup) {
    this.#setup = setup;
    const { out } = setup;
    const redraw = () => this.#draw();
    out.write(SECOND_SCREEN);
    this.#store.add(toDisposable(() => out.write(FIRST_SCREEN)));
    out.on('resize', redraw);
    this.#store.add(toDisposable(() => out.off('resize', redraw)));
  }

  show(snapshot: HostSnapshot): void {
    const someoneWaits = waitingIn(snapshot) > 0 && waitingIn(this.#snapshot) === 0;
    this.#snapshot = snapshot;
    this.#draw();
    if (someoneWaits && !this.#store.disposed) this.#setup.out.write(BELL);
  }

  showAnswer(text: string): void {
    this.#answer = text;
    this.#draw();
  }

  end(end: HostEnd): void {
    this.dispose();
    writeEnd(this.#setup, end);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #draw(): void {
    if (this.#snapshot === null || this.#store.disposed) return;
    const { out, t, canType, onDrawn } = this.#setup;
    const description = describeHost(this.#snapshot, this.#setup);
    const answer = this.#answer === '' ? [] : this.#answer.split('\n');
    const footer = [t(canType ? 'hint' : 'hint.no-input'), ...answer];
    const columns = out.columns || DEFAULT_COLUMNS;
    const rows = (out.rows || DEFAULT_ROWS) - INPUT_ROWS;
    const lines = this.#layOut(description, footer, columns, rows);
    out.write(`${CLEAR}${lines.join('\n')}\n`);
    onDrawn();
  }

  #layOut(description: Description, footer: readonly string[], columns: number, rows: number): string[] {
    const { t } = this.#setup;
    const head = headOf(description);
    const foot = [...footOf(description, t('link.secret')), ...footer];
    if (description.phoneLink === null) return [...head, ...foot];
    const code = drawQrCode(description.phoneLink, 'dark');
    const codeFits =
      (code[0]?.length ?? 0) <= columns && rowsOf([...head, ...foot], columns) + code.length <= rows;
    const middle = codeFits ? code.map((line) => DARK_ON_LIGHT + line + PLAIN) : [t('qr.too-small'), ''];
    return [...head, ...middle, ...foot];
  }
}

function waitingIn(snapshot: HostSnapshot | null): number {
  return snapshot?.status.phase === 'live' ? snapshot.status.waitingCount : 0;
}

function headOf({ title, notices, links, invitations }: Description): string[] {
  const all = [...links, ...invitations];
  return [title, ...notices, '', ...all.flatMap(({ caption, invite }) => [caption, `  ${invite}`]), ''];
}

function footOf({ links, tunnel, former, room, door }: Description, secretHint: string): string[] {
  const address = [tunnel, former].filter((line) => line !== null);
  return [...address, ...room, ...door, ...(links.length > 0 ? ['', secretHint] : [])];
}

/** Rows that lines take where the terminal breaks those that are too long; wide characters are not told apart. */
function rowsOf(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0);
}
