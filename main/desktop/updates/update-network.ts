/** Owns the session in which updates are looked for: it reaches their server, where that sends whoever asks, and nobody else. */

import type { Session } from 'electron';
import type { UpdateFetch } from './update-server.ts';
import type { UpdateSource } from './update-source.ts';

/** Not kept on the disk. */
const PARTITION = 'updates';

/** In the place of Electron's, which names system, processor and versions, and of the person's languages. */
const USER_AGENT = 'Secret-Call';
const LANGUAGES = 'en';

/** Where the hosts of releases send whoever asks for a file. */
const REDIRECTED_TO: Readonly<Record<string, readonly string[]>> = {
  'github.com': ['release-assets.githubusercontent.com', 'objects.githubusercontent.com'],
};

/** Whether this address may be asked for anything while one looks for updates. */
export function isOfSource({ feed }: Pick<UpdateSource, 'feed'>, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.origin === feed.origin) return true;
  return url.protocol === 'https:' && (REDIRECTED_TO[feed.hostname] ?? []).includes(url.host);
}

export function openUpdateSession(
  source: Pick<UpdateSource, 'feed'>,
  sessions: { fromPartition(partition: string, options: { cache: boolean }): Session },
): UpdateFetch {
  const asking = sessions.fromPartition(PARTITION, { cache: false });
  asking.setUserAgent(USER_AGENT, LANGUAGES);
  // Of each step: a server may send whoever asks elsewhere.
  asking.webRequest.onBeforeRequest((details, decide) =>
    decide({ cancel: !isOfSource(source, details.url) }),
  );
  return (address, { signal }) =>
    asking.fetch(address, { signal, credentials: 'omit', headers: { 'cache-control': 'no-cache' } });
}
