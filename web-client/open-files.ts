/** Owns the code of files, which comes when the first is offered or sent, or a former page left some; hands in worker and connections. */

import { Files } from './core/files/files.ts';
import type { OpenFiles } from './core/files/files-port.ts';
import { ReceivingLinks } from './core/files/links/receiving-links.ts';
import { SendingLinks } from './core/files/links/sending-links.ts';
import { openFileDesk } from './open-file-desk.ts';

/**
 * Firefox collects what was sent more slowly than more of it comes. Chromium keeps the memory of what is given back this way until it
 * collects it, and does not know any more that it should.
 */
const canGiveBack = !/Chrom(?:e|ium)\//.test(navigator.userAgent);

/** The buffer is empty afterwards (ECMAScript 2024, ArrayBuffer.prototype.transfer). */
function giveBack(buffer: ArrayBuffer & { transfer?: (lengthBytes: number) => unknown }): void {
  if (canGiveBack) buffer.transfer?.(0);
}

export const openFiles: OpenFiles = (context) =>
  new Files(context, {
    worker: openFileDesk(),
    createLinks: (options, direction, handler) =>
      direction === 'sending'
        ? new SendingLinks(options, handler, giveBack)
        : new ReceivingLinks(options, handler),
  });
