/** Owns the least by which bytes go from page to page: one data channel, kept as full as files keep theirs. */

import { until } from '../time/until.ts';

/** Of either browser's driver. */
export interface BarePage {
  evaluate(expression: string): Promise<unknown>;
}

interface BareChannel {
  describe(offer?: string): Promise<string>;
  answer(sdp: string): Promise<void>;
  send(): void;
  stop(): void;
  readonly received: number;
}

declare global {
  interface Window {
    /** One for each other page. */
    bareChannels: BareChannel[];
  }
}

/** Runs in both pages; a page in a call is told addresses. */
function addBareChannel(): void {
  const MESSAGE_BYTES = 262_144;
  const LOW_BYTES = 1_048_576;
  const HIGH_BYTES = 4_194_304;
  const connection = new RTCPeerConnection();
  const channel = connection.createDataChannel('bare', { negotiated: true, id: 0 });
  const frame = new Uint8Array(MESSAGE_BYTES);
  let received = 0;
  let sending = false;
  channel.binaryType = 'arraybuffer';
  channel.bufferedAmountLowThreshold = LOW_BYTES;
  channel.onmessage = ({ data }) => {
    received += data.byteLength;
  };
  const fill = () => {
    while (sending && channel.readyState === 'open' && channel.bufferedAmount < HIGH_BYTES)
      channel.send(frame);
  };
  channel.onbufferedamountlow = fill;
  channel.onopen = fill;
  window.bareChannels ??= [];
  window.bareChannels.push({
    async describe(offer) {
      if (offer !== undefined) await connection.setRemoteDescription({ type: 'offer', sdp: offer });
      await connection.setLocalDescription();
      await new Promise<void>((resolve) => {
        const look = () => connection.iceGatheringState === 'complete' && resolve();
        connection.onicegatheringstatechange = look;
        look();
      });
      return connection.localDescription?.sdp ?? '';
    },
    answer: (sdp) => connection.setRemoteDescription({ type: 'answer', sdp }),
    send() {
      sending = true;
      fill();
    },
    stop() {
      sending = false;
      connection.close();
    },
    get received() {
      return received;
    },
  });
}

/** Megabytes a second over so long, to all of these together, from when something came to each. */
export async function bareChannelRate(
  from: BarePage,
  to: readonly BarePage[],
  measuredMs: number,
): Promise<number> {
  for (const [index, page] of to.entries()) await openBareChannel(from, index, page);
  for (const index of to.keys()) await from.evaluate(`bareChannels[${index}].send()`);
  const receivedBy = async (page: BarePage) => Number(await page.evaluate('bareChannels[0].received'));
  const received = () => Promise.all(to.map(receivedBy));
  const before = await until('the first bytes', received, (bytes) => bytes.every((count) => count > 0));
  const startMs = performance.now();
  await new Promise((resolve) => setTimeout(resolve, measuredMs));
  const bytes = sum(await received()) - sum(before);
  const tookMs = performance.now() - startMs;
  for (const page of [from, ...to])
    await page.evaluate('for (const channel of bareChannels.splice(0)) channel.stop()');
  return bytes / 1_000 / tookMs;
}

/** @param index of the channel in the page it leads from */
async function openBareChannel(from: BarePage, index: number, to: BarePage): Promise<void> {
  for (const page of [from, to]) await page.evaluate(`(${addBareChannel})()`);
  const offer = await from.evaluate(`bareChannels[${index}].describe()`);
  const answer = await to.evaluate(`bareChannels[0].describe(${JSON.stringify(offer)})`);
  await from.evaluate(`bareChannels[${index}].answer(${JSON.stringify(answer)})`);
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
