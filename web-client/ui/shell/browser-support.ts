/** Owns what the browser's window can do: whether calls work in it, what address to pass on from it, whether it is installed. */

/** What a window offers; web views inside other apps and plain http on a LAN address lack some of it. */
export interface WindowFeatures {
  readonly RTCPeerConnection?: unknown;
  readonly crypto?: { readonly subtle?: unknown };
  readonly navigator: { readonly mediaDevices?: unknown };
}

export function canCall({ RTCPeerConnection, crypto, navigator }: WindowFeatures): boolean {
  return Boolean(RTCPeerConnection && crypto?.subtle && navigator.mediaDevices);
}

/**
 * The origin to pass on: the page's own, but always https where plain http was not good enough. The host's
 * one port speaks both.
 */
export function shareableOrigin(
  location: Pick<Location, 'protocol' | 'host' | 'origin'>,
  isSecureContext: boolean,
): string {
  return location.protocol === 'http:' && !isSecureContext ? `https://${location.host}` : location.origin;
}

/** Opened from the home screen, where to have no link is nobody's mistake. */
export function isInstalled(root: Document): boolean {
  return root.defaultView?.matchMedia('(display-mode: standalone)').matches ?? false;
}
