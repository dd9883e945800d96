/** Owns the code of files, which comes some seconds into a call, or sooner where one is offered or sent, or a former page left some; hands in worker and connections. */

import { Files } from './core/files/files.ts';
import type { OpenFiles } from './core/files/files-port.ts';
import { ReceivingLinks } from './core/files/links/receiving-links.ts';
import { SendingLinks } from './core/files/links/sending-links.ts';
import { openFileDesk } from './open-file-desk.ts';

export const openFiles: OpenFiles = (context) => {
  const worker = openFileDesk();
  return new Files(context, {
    worker,
    createLinks: (options, direction, handler) =>
      direction === 'sending'
        ? new SendingLinks(options, handler, (sent) => worker.giveBack(sent))
        : new ReceivingLinks(options, handler),
  });
};
