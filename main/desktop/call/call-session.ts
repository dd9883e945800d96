/** Owns the session of calls: the guests' page from the app's own files, the microphone, and one server to talk to. */

import { type Session, session, systemPreferences } from 'electron';
import type { Language } from '../../common/translate.ts';
import { type PageDocuments, readPageDocuments } from '../../server/page-documents.ts';
import { appPagePolicy, appPageSources, FILE_POLICY, FIXED_HEADERS } from '../../server/page-headers.ts';
import { createPageHandler, isPageUrl } from '../app-scheme.ts';
import { OUTSIDE, refuseDevices } from '../windows/harden.ts';
import { type CallTarget, judgeCertificate } from './call-target.ts';
import { mayUseMicrophone } from './microphone-access.ts';

/** What it keeps, as a browser would: the name, the choices in the settings. */
const PARTITION = 'persist:call';
const DOCUMENT = 'index.html';

/** What a call needs. Labels of devices are told by the same leave as the microphone. */
const PERMISSIONS: readonly string[] = ['media', 'speaker-selection'];

export interface CallSessionOptions {
  /** The built page for guests. */
  readonly pageDirectory: string;
  readonly language: () => Language;
}

export class AppCallSession {
  readonly session: Session;
  readonly #options: CallSessionOptions;
  readonly #documents: PageDocuments;
  #target: CallTarget | null = null;

  private constructor(options: CallSessionOptions, documents: PageDocuments) {
    this.#options = options;
    this.#documents = documents;
    this.session = session.fromPartition(PARTITION);
    this.#serve();
    this.#confine();
    this.#permit();
    refuseDevices(this.session);
  }

  static async open(options: CallSessionOptions): Promise<AppCallSession> {
    return new AppCallSession(options, await readPageDocuments(options.pageDirectory));
  }

  /** What stands after it is of this call alone. */
  setTarget(target: CallTarget | null): void {
    this.#target = target;
    // What was decided about a certificate for one call is not to hold for the next.
    this.session.setCertificateVerifyProc(({ hostname, certificate }, decide) =>
      decide(judgeCertificate(this.#target, hostname, certificate.fingerprint)),
    );
  }

  #serve(): void {
    const { pageDirectory, language } = this.#options;
    const serve = createPageHandler({
      page: 'call',
      directory: pageDirectory,
      replace: (relative) => (relative === DOCUMENT ? this.#documents[language()].fileName : relative),
      headersOf: (relative) => this.#headersOf(relative),
    });
    this.session.protocol.handle('app', serve);
  }

  #headersOf(relative: string): Readonly<Record<string, string>> {
    const document = Object.values(this.#documents).find(({ fileName }) => fileName === relative);
    const server = this.#target?.server;
    if (document === undefined || server === undefined) return { 'content-security-policy': FILE_POLICY };
    return { ...FIXED_HEADERS, 'content-security-policy': appPagePolicy(server, document.inline) };
  }

  /** Nothing that runs, and nothing that is shown, ever comes from a server. */
  #confine(): void {
    this.session.webRequest.onBeforeRequest({ urls: OUTSIDE }, ({ url }, decide) =>
      decide({ cancel: this.#target === null || !mayAsk(this.#target.server, url) }),
    );
  }

  #permit(): void {
    const may = (permission: string, url: string, kinds: readonly (string | undefined)[]) =>
      PERMISSIONS.includes(permission) && isPageUrl('call', url) && !kinds.includes('video');
    this.session.setPermissionCheckHandler((_contents, permission, origin, { mediaType }) =>
      may(permission, origin, [mediaType]),
    );
    this.session.setPermissionRequestHandler((_contents, permission, decide, details) => {
      const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
      if (!may(permission, details.requestingUrl, kinds)) decide(false);
      else if (permission !== 'media') decide(true);
      else mayUseMicrophone(process.platform, systemPreferences).then(decide, () => decide(false));
    });
  }
}

/** Whether the page of a call on this server may ask for an address; exactly what its policy names. */
export function mayAsk(server: string, address: string): boolean {
  const { protocol, host, pathname } = new URL(address);
  return appPageSources(server).some(
    (source) =>
      protocol === `${source.scheme}:` &&
      pathname === source.path &&
      (source.host.startsWith('*.') ? host.endsWith(source.host.slice(1)) : host === source.host),
  );
}
