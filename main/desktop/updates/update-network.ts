/** Owns the session in which updates are looked for: it reaches their server, where that sends it, and nobody else, and says nothing of whoever asks. */

import { session } from 'electron';
import type { UpdateFetch } from './update-server.ts';
import { isOfSource, type UpdateSource } from './update-source.ts';

/** Not kept on the disk. */
const PARTITION = 'updates';

/** In the place of Electron's, which names system, processor and versions. */
const USER_AGENT = 'Secret-Call';
const LANGUAGES = 'en';

/** All that is said with a question; what else the engine would say of itself and its person is left out. */
const SAID = new Set(['accept', 'accept-encoding', 'cache-control', 'host', 'range', 'user-agent']);

export function openUpdateSession(source: UpdateSource): UpdateFetch {
  const asking = session.fromPartition(PARTITION, { cache: false });
  asking.setUserAgent(USER_AGENT, LANGUAGES);
  asking.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  // Of each step: a server may send whoever asks elsewhere.
  asking.webRequest.onBeforeRequest((details, decide) =>
    decide({ cancel: !isOfSource(source, details.url) }),
  );
  asking.webRequest.onBeforeSendHeaders(({ requestHeaders }, decide) => {
    const said = Object.entries(requestHeaders).filter(([name]) => SAID.has(name.toLowerCase()));
    decide({ requestHeaders: Object.fromEntries(said) });
  });
  return (address, { signal }) =>
    asking.fetch(address, { signal, credentials: 'omit', headers: { 'cache-control': 'no-cache' } });
}
