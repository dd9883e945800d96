/** Owns the worker through which the own voice goes on its way out, where some of it is to be sent more than once. */

import { PacketRepeater } from '../core/audio/packet-repeater.ts';

/** The part of RTCEncodedAudioFrame (W3C WebRTC Encoded Transform) that is used; not every browser tells all. */
interface EncodedVoice {
  data: ArrayBuffer;
  getMetadata(): { readonly mimeType?: string; readonly rtpTimestamp?: number };
}

/** The same of RTCRtpScriptTransformer, with what the page gave along. */
interface VoiceTransformer {
  readonly readable: ReadableStream<EncodedVoice>;
  readonly writable: WritableStream<EncodedVoice>;
  readonly options: { readonly orders: MessagePort };
}

function repeatIn(packet: EncodedVoice, repeater: PacketRepeater, repeats: number): void {
  const { mimeType, rtpTimestamp } = packet.getMetadata();
  if (mimeType?.toLowerCase() !== 'audio/red' || rtpTimestamp === undefined) return;
  const repeated = repeater.repeat(new Uint8Array(packet.data), rtpTimestamp, repeats);
  if (repeated !== null) packet.data = repeated.buffer;
}

/**
 * Until the page says that it is the end: a connection that is closed leaves its streams open, and Chromium keeps them for as
 * long as they are read. Nothing is looked at of a voice of which nothing is to be repeated.
 */
async function pass({ readable, writable, options: { orders } }: VoiceTransformer): Promise<void> {
  const [reader, writer] = [readable.getReader(), writable.getWriter()];
  const repeater = new PacketRepeater();
  let repeats = 0;
  orders.addEventListener('message', ({ data }) => {
    if (data !== 'end') {
      repeats = Number(data);
      return;
    }
    orders.close();
    reader.cancel().catch(ignoreClosed);
    writer.close().catch(ignoreClosed);
  });
  orders.start();
  for (;;) {
    const { done, value: packet } = await reader.read();
    if (done) return;
    if (repeats > 0) repeatIn(packet, repeater, repeats);
    await writer.write(packet);
  }
}

/** What a browser has ended already needs no other end. */
function ignoreClosed(): void {}

addEventListener('rtctransform', (event) => {
  const { transformer } = event as Event & { readonly transformer: VoiceTransformer };
  pass(transformer).catch(ignoreClosed);
});
/** From here on it takes what is sent; before that, a sender tied to it would be silent. */
postMessage('ready');
