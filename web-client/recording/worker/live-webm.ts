/**
 * Owns the sound of one track as WebM while it is recorded: only ever appended, readable whenever that ends, and nothing kept of it in
 * memory. A muxer for any file keeps a cue for each cluster until the end, of which there is none here that anybody would look up.
 */

/** Of a file that was cut off inside a packet, the muxer's reader gives no packet of the last cluster. */
const CLUSTER_MS = 500;
/** RFC 8794, section 6.2: it ends where the file does, or with the next of its kind. */
const UNKNOWN_SIZE = [0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
const TRACK = 1;
const CHANNELS = 1;
/** What decoders of Opus need before a place until they sound right there. */
const SEEK_PRE_ROLL_NS = 80_000_000;
const NS_PER_MS = 1_000_000;
const KEY_FRAME = 0x80;

type Bytes = readonly number[];

export interface LiveWebmOptions {
  /** Samples a second. */
  readonly rate: number;
  /** RFC 7845, section 5.1, where the encoder gave one. */
  readonly identification: Uint8Array | null;
  readonly append: (bytes: Uint8Array<ArrayBuffer>) => void;
}

export class LiveWebm {
  readonly #append: LiveWebmOptions['append'];
  #clusterMs: number | null = null;

  constructor({ rate, identification, append }: LiveWebmOptions) {
    this.#append = append;
    append(Uint8Array.from(beginning(rate, identification)));
  }

  /** Packets come in the order of their times. */
  add(atMs: number, packet: Uint8Array<ArrayBuffer>): void {
    if (this.#clusterMs === null || atMs >= this.#clusterMs + CLUSTER_MS) {
      this.#clusterMs = atMs;
      this.#append(Uint8Array.from([...ID.cluster, ...UNKNOWN_SIZE, ...element(ID.timestamp, uint(atMs))]));
    }
    const head = [0x80 | TRACK, ...uint16(atMs - this.#clusterMs), KEY_FRAME];
    this.#append(Uint8Array.from([...ID.simpleBlock, ...sizeOf(head.length + packet.length), ...head]));
    this.#append(packet);
  }
}

/** RFC 8794, section 11.2, and RFC 9559, section 5.1. */
const ID = {
  ebml: [0x1a, 0x45, 0xdf, 0xa3],
  maxIdLength: [0x42, 0xf2],
  maxSizeLength: [0x42, 0xf3],
  docType: [0x42, 0x82],
  docTypeVersion: [0x42, 0x87],
  docTypeReadVersion: [0x42, 0x85],
  segment: [0x18, 0x53, 0x80, 0x67],
  info: [0x15, 0x49, 0xa9, 0x66],
  timestampScale: [0x2a, 0xd7, 0xb1],
  muxingApp: [0x4d, 0x80],
  writingApp: [0x57, 0x41],
  tracks: [0x16, 0x54, 0xae, 0x6b],
  trackEntry: [0xae],
  trackNumber: [0xd7],
  trackUid: [0x73, 0xc5],
  trackType: [0x83],
  flagLacing: [0x9c],
  codecId: [0x86],
  codecPrivate: [0x63, 0xa2],
  seekPreRoll: [0x56, 0xbb],
  audio: [0xe1],
  samplingFrequency: [0xb5],
  channels: [0x9f],
  cluster: [0x1f, 0x43, 0xb6, 0x75],
  timestamp: [0xe7],
  simpleBlock: [0xa3],
} as const;
const AUDIO_TRACK = 2;
const NAME = 'Secret Call';

function beginning(rate: number, identification: Uint8Array | null): Bytes {
  const header = element(ID.ebml, [
    ...element(ID.maxIdLength, uint(4)),
    ...element(ID.maxSizeLength, uint(8)),
    ...element(ID.docType, text('webm')),
    ...element(ID.docTypeVersion, uint(4)),
    ...element(ID.docTypeReadVersion, uint(2)),
  ]);
  const info = element(ID.info, [
    ...element(ID.timestampScale, uint(NS_PER_MS)),
    ...element(ID.muxingApp, text(NAME)),
    ...element(ID.writingApp, text(NAME)),
  ]);
  const audio = element(ID.audio, [
    ...element(ID.samplingFrequency, float(rate)),
    ...element(ID.channels, uint(CHANNELS)),
  ]);
  const track = element(ID.trackEntry, [
    ...element(ID.trackNumber, uint(TRACK)),
    ...element(ID.trackUid, uint(TRACK)),
    ...element(ID.trackType, uint(AUDIO_TRACK)),
    ...element(ID.flagLacing, uint(0)),
    ...element(ID.codecId, text('A_OPUS')),
    ...(identification === null ? [] : element(ID.codecPrivate, [...identification])),
    ...element(ID.seekPreRoll, uint(SEEK_PRE_ROLL_NS)),
    ...audio,
  ]);
  return [...header, ...ID.segment, ...UNKNOWN_SIZE, ...info, ...element(ID.tracks, track)];
}

function element(id: Bytes, content: Bytes): Bytes {
  return [...id, ...sizeOf(content.length), ...content];
}

/** In two bytes: nothing here is as large as 16 kB. */
function sizeOf(length: number): Bytes {
  return [0x40 | (length >> 8), length & 0xff];
}

const text = (value: string): Bytes => [...new TextEncoder().encode(value)];
const uint16 = (value: number): Bytes => [value >> 8, value & 0xff];

/** In four bytes: as milliseconds, seven weeks. */
function uint(value: number): Bytes {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setUint32(0, value);
  return [...new Uint8Array(bytes.buffer)];
}

function float(value: number): Bytes {
  const bytes = new DataView(new ArrayBuffer(4));
  bytes.setFloat32(0, value);
  return [...new Uint8Array(bytes.buffer)];
}
