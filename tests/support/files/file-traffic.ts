/** Owns what a test sees of a file on its way: what its links carry, and how far it is shown to be. */

import type { Page } from 'playwright';
import { entryOf } from './page-files.ts';

export interface FileTraffic {
  /** By links of files, both ways. */
  readonly bytes: number;
  /** Of all that the page sent by any data channel. */
  readonly longestSentBytes: number;
  /** Settles at the moment at which so many more have gone or come by links of files. */
  carries(moreBytes: number): Promise<void>;
}

declare global {
  interface Window {
    fileTraffic: FileTraffic;
  }
}

/** Runs in the page before it joins. */
export function watchFiles(): void {
  const waiting: { readonly bytes: number; readonly settle: () => void }[] = [];
  const traffic = {
    bytes: 0,
    longestSentBytes: 0,
    carries: (moreBytes: number) =>
      new Promise<void>((settle) => waiting.push({ bytes: traffic.bytes + moreBytes, settle })),
  };
  window.fileTraffic = traffic;
  const count = ({ byteLength }: ArrayBuffer) => {
    traffic.bytes += byteLength;
    for (const { bytes, settle } of waiting) if (traffic.bytes >= bytes) settle();
  };
  const { createDataChannel } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.createDataChannel = function (...parameters) {
    const channel = createDataChannel.apply(this, parameters);
    if (channel.label === 'file') channel.addEventListener('message', ({ data }) => count(data));
    return channel;
  };
  RTCDataChannel.prototype.send = new Proxy(RTCDataChannel.prototype.send, {
    apply(target, channel: RTCDataChannel, parameters: [ArrayBuffer]) {
      const [data] = parameters;
      traffic.longestSentBytes = Math.max(traffic.longestSentBytes, data.byteLength);
      if (channel.label === 'file') count(data);
      return Reflect.apply(target, channel, parameters);
    },
  });
}

/** Runs in the page before it joins: the page is told of a browser that takes no longer messages than that, and tells the others so. */
export function takeMessagesOf(maxBytes: number): void {
  const { prototype } = RTCPeerConnection;
  const own = Object.getOwnPropertyDescriptor(prototype, 'localDescription');
  Object.defineProperty(prototype, 'localDescription', {
    get(this: RTCPeerConnection): RTCSessionDescriptionInit | null {
      const description: RTCSessionDescription | null = own?.get?.call(this) ?? null;
      if (description === null) return null;
      const sdp = description.sdp.replaceAll(/^a=max-message-size:\d+/gm, `a=max-message-size:${maxBytes}`);
      return { type: description.type, sdp };
    },
  });
}

/** Above all shares. */
const WHOLE = 2;

/** How far a file that comes to a page is, of 1, each time that is shown otherwise; 2 once it can be saved. */
export async function watchShares(page: Page, name: string): Promise<() => Promise<readonly number[]>> {
  const shares = await entryOf(page, name)
    .locator('progress:visible')
    .evaluateHandle((bar: HTMLProgressElement, whole) => {
      const seen = [bar.value];
      const line = bar.closest('li') ?? bar;
      const look = () => {
        const buttons = [...line.querySelectorAll('button')];
        const offered = buttons.some((button) => button.textContent === 'Save' && button.checkVisibility());
        const share = offered ? whole : bar.value;
        if (seen.at(-1) !== share) seen.push(share);
      };
      new MutationObserver(look).observe(line, { attributes: true, childList: true, subtree: true });
      return seen;
    }, WHOLE);
  return () => shares.jsonValue();
}
