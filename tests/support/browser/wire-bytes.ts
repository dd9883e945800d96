/** Owns counting what a page in Chromium costs on the wire: all bytes both ways, heads and WebSocket frames too. */

import type { Page } from 'playwright';

/** A frame's own bytes: its head, and the mask of one that is sent. */
const FRAME_BYTES = 4;
const MASK_BYTES = 4;

export class WireBytes {
  /** By path, for whoever wants to know what grew. */
  readonly byPath: Record<string, number> = {};
  readonly #paths = new Map<string, string>();

  private constructor() {}

  /** From now on; to be called before the page is opened. */
  static async of(page: Page): Promise<WireBytes> {
    const counted = new WireBytes();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
      const { pathname, search } = new URL(request.url);
      counted.#name(requestId, pathname);
      counted.#add(requestId, headBytes(`${request.method} ${pathname}${search}`, {}));
    });
    devtools.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) =>
      counted.#add(requestId, headBytes('', headers)),
    );
    // With the answer's head, as it came over the network.
    devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      counted.#add(requestId, encodedDataLength),
    );
    devtools.on('Network.webSocketCreated', ({ requestId, url }) =>
      counted.#name(requestId, new URL(url).pathname),
    );
    devtools.on('Network.webSocketWillSendHandshakeRequest', ({ requestId, request }) =>
      counted.#add(requestId, headBytes('GET /ws', request.headers)),
    );
    devtools.on('Network.webSocketHandshakeResponseReceived', ({ requestId, response }) =>
      counted.#add(requestId, headBytes('', response.headers)),
    );
    devtools.on('Network.webSocketFrameReceived', ({ requestId, response }) =>
      counted.#add(requestId, response.payloadData.length + FRAME_BYTES),
    );
    devtools.on('Network.webSocketFrameSent', ({ requestId, response }) =>
      counted.#add(requestId, response.payloadData.length + FRAME_BYTES + MASK_BYTES),
    );
    return counted;
  }

  get total(): number {
    return Object.values(this.byPath).reduce((sum, bytes) => sum + bytes, 0);
  }

  #name(requestId: string, path: string): void {
    this.#paths.set(requestId, path);
    this.byPath[path] ??= 0;
  }

  #add(requestId: string, bytes: number): void {
    const path = this.#paths.get(requestId) ?? '(unknown)';
    this.byPath[path] = (this.byPath[path] ?? 0) + bytes;
  }
}

/** First line, one line a field, and an empty one. */
function headBytes(first: string, fields: Readonly<Record<string, string>>): number {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [first, ...lines, '', ''].join('\r\n').length;
}
