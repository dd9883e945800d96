/** Owns the code of files, which comes when the first is offered or sent; hands in the browser's own things. */

import { Files } from './core/files/files.ts';
import type { OpenFiles } from './core/files/files-port.ts';

export const openFiles: OpenFiles = (context) => new Files(context);
