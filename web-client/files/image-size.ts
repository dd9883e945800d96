/** Owns telling an image by its first bytes, and how large it says it is, before anything decodes it. What is no such image has no size. */

export interface ImageSize {
  readonly mime: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif';
  readonly width: number;
  readonly height: number;
}

/** null for every other format, SVG among them, and for what ends too soon. */
export function imageSizeOf(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = pngSize(view) ?? gifSize(view) ?? webpSize(view) ?? jpegSize(view) ?? avifSize(view);
    return size !== null && size.width > 0 && size.height > 0 ? size : null;
  } catch {
    // Read beyond the end.
    return null;
  }
}

function textAt(view: DataView, at: number, length: number): string {
  return String.fromCharCode(...Array.from({ length }, (_, index) => view.getUint8(at + index)));
}

/** W3C PNG, sections 5.2 and 11.2.1. */
function pngSize(view: DataView): ImageSize | null {
  if (textAt(view, 0, 8) !== '\x89PNG\r\n\x1a\n' || textAt(view, 12, 4) !== 'IHDR') return null;
  return { mime: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** GIF89a, section 18. A frame may reach beyond the screen; decoders cut it. */
function gifSize(view: DataView): ImageSize | null {
  if (!/^GIF8[79]a$/.test(textAt(view, 0, 6))) return null;
  return { mime: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** RFC 9649, sections 2.5 to 2.7; RFC 6386, section 9.1. */
function webpSize(view: DataView): ImageSize | null {
  if (textAt(view, 0, 4) !== 'RIFF' || textAt(view, 8, 4) !== 'WEBP') return null;
  const mime = 'image/webp';
  switch (textAt(view, 12, 4)) {
    case 'VP8 ':
      return { mime, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return { mime, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { mime, width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return null;
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}

/** Frames of all kinds but DHT (c4), JPG (c8) and DAC (cc). */
const isJpegFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** ITU T.81, annex B: the first frame header before the data. */
function jpegSize(view: DataView): ImageSize | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (isJpegFrame(marker))
      return { mime: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker === 0xd9 || marker === 0xda) return null;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Of boxes in one another, what those of this type hold (ISO 14496-12). */
function* boxesIn(
  view: DataView,
  from: number,
  to: number,
): Generator<{ type: string; from: number; to: number }> {
  for (let at = from; at + 8 <= to; ) {
    const sizeBytes = view.getUint32(at);
    const end = sizeBytes === 0 ? to : at + sizeBytes;
    // One of more than 4 GiB is none that is read here.
    if (end < at + 8 || end > to) return;
    yield { type: textAt(view, at + 4, 4), from: at + 8, to: end };
    at = end;
  }
}

/** AVIF 1.1: the largest of the sizes that its items have (`meta/iprp/ipco/ispe`), of which one is the whole image. */
function avifSize(view: DataView): ImageSize | null {
  if (textAt(view, 4, 4) !== 'ftyp' || !isAvif(view)) return null;
  let largest: ImageSize | null = null;
  for (const meta of boxesIn(view, 0, view.byteLength)) {
    if (meta.type !== 'meta') continue;
    // A full box: version and flags before what it holds.
    for (const iprp of boxesIn(view, meta.from + 4, meta.to)) {
      if (iprp.type !== 'iprp') continue;
      for (const ipco of boxesIn(view, iprp.from, iprp.to)) {
        if (ipco.type !== 'ipco') continue;
        for (const { type, from } of boxesIn(view, ipco.from, ipco.to)) {
          if (type !== 'ispe') continue;
          const [width, height] = [view.getUint32(from + 4), view.getUint32(from + 8)];
          if (largest === null || width * height > largest.width * largest.height)
            largest = { mime: 'image/avif', width, height };
        }
      }
    }
  }
  return largest;
}

/** Its brand, or one it is compatible with. */
function isAvif(view: DataView): boolean {
  const end = Math.min(view.getUint32(0), view.byteLength);
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12 && textAt(view, at, 4) === 'avif') return true;
  return false;
}
