/** Owns the host key of localhost.run that comes with the app, and the file that ssh checks it against. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** SHA256:pG6qrBxubYfWa1Zadu/V0NUgjEDiBds/7e2xzte/QNM */
export const PINNED_HOST_KEY =
  'localhost.run ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILVqOuSMnyeGDVO1lG6EaG5In/dXABCchhmHKkuRU2s9';

/** Sees to it that the file holds the pinned key and nothing else; the path of the file. */
export async function writeKnownHosts(dataDirectory: string): Promise<string> {
  const file = join(dataDirectory, 'known_hosts');
  const content = `${PINNED_HOST_KEY}\n`;
  const present = await readFile(file, 'utf8').catch(() => null);
  if (present !== content) {
    await mkdir(dataDirectory, { recursive: true });
    await writeFile(file, content, { mode: 0o600 });
  }
  return file;
}
