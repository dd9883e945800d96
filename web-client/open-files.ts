/** Owns the code of files, which comes when the first is offered or sent, or a former page left some; hands in worker and connections. */

import { Files } from './core/files/files.ts';
import type { OpenFiles } from './core/files/files-port.ts';
import { ReceivingLinks } from './core/files/links/receiving-links.ts';
import { SendingLinks } from './core/files/links/sending-links.ts';
import { giveBack } from './files/give-back.ts';
import { openFileDesk } from './open-file-desk.ts';

export const openFiles: OpenFiles = (context) =>
  new Files(context, {
    worker: openFileDesk(),
    createLinks: (options, direction, handler) =>
      direction === 'sending'
        ? new SendingLinks(options, handler, giveBack)
        : new ReceivingLinks(options, handler),
  });
