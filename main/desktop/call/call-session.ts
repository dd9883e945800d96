/** Owns the session of calls: the guests' page from the app's own files, the microphone, and one server to talk to. */

import { type DownloadItem, type Session, session, systemPreferences, type WebContents } from 'electron';
import { type Disposable, toDisposable } from '../../common/lifecycle.ts';
import type { Language } from '../../common/translate.ts';
import { type PageDocuments, readPageDocuments } from '../../server/page-documents.ts';
import { appPagePolicy, FILE_POLICY, FIXED_HEADERS } from '../../server/page-headers.ts';
import { createPageHandler, DOCUMENT, isPageUrl } from '../app-scheme.ts';
import { OUTSIDE, refuseDevices } from '../windows/harden.ts';
import { type CallTarget, mayAsk } from './call-target.ts';
import { mayUseMicrophone } from './microphone-access.ts';
import { ServerCertificates } from './server-certificates.ts';

/** What it keeps, as a browser would: the name, the choices in the settings. */
const PARTITION = 'persist:call';

/** What a call needs. Labels of devices are told by the same leave as the microphone. */
const PERMISSIONS: readonly string[] = ['media', 'speaker-selection'];

export interface CallSessionOptions {
  /** The built page for guests. */
  readonly pageDirectory: string;
  readonly language: () => Language;
}

/** Whose downloads may go anywhere, and which. */
interface PageDownloads {
  readonly contents: WebContents;
  readonly take: (download: DownloadItem) => boolean;
}

export class AppCallSession {
  readonly session: Session;
  readonly #options: CallSessionOptions;
  readonly #documents: PageDocuments;
  readonly #certificates = new ServerCertificates();
  #target: CallTarget | null = null;
  #downloads: PageDownloads | null = null;

  private constructor(options: CallSessionOptions, documents: PageDocuments) {
    this.#options = options;
    this.#documents = documents;
    this.session = session.fromPartition(PARTITION);
    this.#serve();
    this.#confine();
    this.#permit();
    refuseDevices(this.session);
    this.session.on('will-download', (event, download, contents) => {
      if (this.#downloads?.contents !== contents || !this.#downloads.take(download)) event.preventDefault();
    });
  }

  static async open(options: CallSessionOptions): Promise<AppCallSession> {
    return new AppCallSession(options, await readPageDocuments(options.pageDirectory));
  }

  /** What stands after it is of this call alone, also every connection. */
  async setTarget(target: CallTarget | null): Promise<void> {
    this.#target = target;
    await this.session.closeAllConnections();
  }

  /** Whether a certificate that Chromium would not take may be shown at this address; see `ServerCertificates`. */
  acceptsCertificate(address: string, fingerprint: string): boolean {
    return this.#target !== null && this.#certificates.accepts(this.#target, address, fingerprint);
  }

  /** Until disposed; every other download of the session is refused. */
  passDownloads(downloads: PageDownloads): Disposable {
    this.#downloads = downloads;
    return toDisposable(() => {
      if (this.#downloads === downloads) this.#downloads = null;
    });
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
      decide({ cancel: this.#target === null || !mayAsk(this.#target, url) }),
    );
    this.session.setCertificateVerifyProc((asked, decide) => decide(this.#certificates.verify(asked)));
  }

  #permit(): void {
    const may = (permission: string, url: string | undefined, kinds: readonly (string | undefined)[]) =>
      PERMISSIONS.includes(permission) &&
      isPageUrl('call', url ?? '') &&
      // No kind at all is what Electron calls a picture or the sound of the screen.
      (permission !== 'media' || (kinds.length > 0 && kinds.every((kind) => kind === 'audio')));
    this.session.setPermissionCheckHandler(
      (_contents, permission, origin, { isMainFrame, mediaType }) =>
        isMainFrame && may(permission, origin, [mediaType]),
    );
    this.session.setPermissionRequestHandler((_contents, permission, decide, details) => {
      const kinds = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
      const asked = details.isMainFrame && may(permission, details.requestingUrl, kinds);
      if (!asked) decide(false);
      else if (permission !== 'media') decide(true);
      else mayUseMicrophone(process.platform, systemPreferences).then(decide, () => decide(false));
    });
  }
}
