/** Owns the view for an output that is no terminal: plain lines, each part again when it changed, no escapes. */

import type { HostSnapshot, TunnelChoice } from '../common/host-api.ts';
import { type Description, describeHost } from './description.ts';
import type { HostEnd, HostView, TerminalOutput } from './host-view.ts';
import { drawQrCode } from './qr-code.ts';
import type { TranslateTerminal } from './texts.ts';

export interface ReadableViewSetup {
  readonly out: TerminalOutput;
  readonly errors: TerminalOutput;
  readonly provider: TunnelChoice;
  readonly t: TranslateTerminal;
}

/** The last lines of a readable view: the end in words, a failure on standard error. */
export function sayEnd({ out, errors, t }: ReadableViewSetup, end: HostEnd): void {
  if (end.kind === 'stopped') out.write(`${t('host-phase.idle')}\n`);
  else errors.write(`${t('failed', { reason: t(`host-error.${end.code}`) })}\n`);
}

export class LineView implements HostView {
  readonly #setup: ReadableViewSetup;
  #shown: ReadonlyMap<string, string> = new Map();

  constructor(setup: ReadableViewSetup) {
    this.#setup = setup;
  }

  show(snapshot: HostSnapshot): void {
    const { out, provider, t } = this.#setup;
    // The end is told once, by end().
    if (snapshot.status.phase === 'idle' || snapshot.status.phase === 'failed') return;
    const parts = partsOf(describeHost(snapshot, provider, t), t);
    for (const [name, text] of parts) {
      if (text !== '' && text !== this.#shown.get(name)) out.write(`${text}\n`);
    }
    this.#shown = parts;
  }

  say(text: string): void {
    this.#setup.out.write(`${text}\n`);
  }

  end(end: HostEnd): void {
    sayEnd(this.#setup, end);
  }

  dispose(): void {}
}

function partsOf(description: Description, t: TranslateTerminal): Map<string, string> {
  const { title, notices, links, phoneLink, tunnel, room } = description;
  const live = links.length > 0;
  return new Map([
    ['title', title],
    ['notices', notices.join('\n')],
    ['tunnel', tunnel ?? ''],
    ['links', links.map(({ caption, invite }) => `${caption}: ${invite}`).join('\n')],
    ['phone', phoneLink === null ? '' : [t('qr.caption'), ...drawQrCode(phoneLink, 'light')].join('\n')],
    ['secret', live ? t('link.secret') : ''],
    ['room', room.join('\n')],
  ]);
}
