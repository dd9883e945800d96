/** Owns the view for an output that is no terminal: plain lines, each section again when it changed, no escapes. */

import type { HostSnapshot } from '../common/host-api/snapshot.ts';
import { type DescribedLink, type Description, describeHost, type Wording } from './description.ts';
import type { HostEnd, TerminalOutput, TerminalView } from './host-view.ts';
import { drawQrCode } from './qr-code.ts';
import type { TranslateTerminal } from './texts.ts';

export interface ReadableViewSetup extends Wording {
  readonly out: TerminalOutput;
  readonly errors: TerminalOutput;
  /** Whether there is a keyboard to type with. */
  readonly canType: boolean;
}

/** The last lines of a readable view: the end in words, a failure on standard error. */
export function writeEnd({ out, errors, t }: ReadableViewSetup, end: HostEnd): void {
  if (end.kind === 'stopped') out.write(`${t('host-phase.idle')}\n`);
  else {
    const reason = end.kept && end.code === 'port-in-use' ? t('kept.port') : t(`host-error.${end.code}`);
    errors.write(`${t('failed', { reason })}\n`);
    if (end.kept) errors.write(`${t('kept.still')}\n`);
  }
}

export class LineView implements TerminalView {
  readonly #setup: ReadableViewSetup;
  #shown: ReadonlyMap<string, string> = new Map();

  constructor(setup: ReadableViewSetup) {
    this.#setup = setup;
  }

  show(snapshot: HostSnapshot): void {
    const { out, t, canType } = this.#setup;
    // The end is told once, by end().
    if (snapshot.status.phase === 'idle' || snapshot.status.phase === 'failed') return;
    const sections = sectionsOf(describeHost(snapshot, this.#setup), t, canType);
    for (const [name, text] of sections) {
      if (text !== '' && text !== this.#shown.get(name)) out.write(`${text}\n`);
    }
    this.#shown = sections;
  }

  showAnswer(text: string): void {
    this.#setup.out.write(`${text}\n`);
  }

  end(end: HostEnd): void {
    writeEnd(this.#setup, end);
  }

  dispose(): void {}
}

function sectionsOf(description: Description, t: TranslateTerminal, canType: boolean): Map<string, string> {
  const { title, notices, links, invitations, phoneLink, tunnel, former, room, door } = description;
  const live = links.length > 0;
  return new Map([
    ['title', title],
    ['notices', notices.join('\n')],
    ['tunnel', tunnel ?? ''],
    ['former', former ?? ''],
    ['links', linesOf(links).join('\n')],
    ['invitations', linesOf(invitations).join('\n')],
    ['phone', phoneLink === null ? '' : [t('qr.caption'), ...drawQrCode(phoneLink, 'light')].join('\n')],
    ['secret', live ? t('link.secret') : ''],
    ['room', room.join('\n')],
    ['door', door.join('\n')],
    ['hint', live && canType ? t('hint') : ''],
  ]);
}

const linesOf = (links: readonly DescribedLink[]): string[] =>
  links.map(({ caption, invite }) => `${caption}: ${invite}`);
