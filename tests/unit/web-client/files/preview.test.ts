import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageSizeOf } from '../../../../web-client/files/image-size.ts';
import { previewOf } from '../../../../web-client/files/preview.ts';

type Part = string | readonly number[];

/** Texts as Latin letters, numbers as bytes. */
function bytesFrom(...parts: readonly Part[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : [...part],
    ),
  );
}

const be32 = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
const be16 = (value: number) => be32(value).slice(2);
const le16 = (value: number) => be16(value).reverse();
const le24 = (value: number) => be32(value).slice(1).reverse();

const png = (width: number, height: number) =>
  bytesFrom('\x89PNG\r\n\x1a\n', be32(13), 'IHDR', be32(width), be32(height), [8, 6, 0, 0, 0]);
const gif = (width: number, height: number) => bytesFrom('GIF89a', le16(width), le16(height), [0, 0, 0]);
const jpeg = (width: number, height: number, before: readonly Part[] = []) =>
  bytesFrom([0xff, 0xd8], ...before, [0xff, 0xc2, 0, 17, 8], be16(height), be16(width), [3]);
const riff = (...chunk: readonly Part[]) => bytesFrom('RIFF', be32(0), 'WEBP', ...chunk);
const lossy = (width: number, height: number) =>
  riff('VP8 ', be32(0), [0, 0, 0, 0x9d, 0x01, 0x2a], le16(width | 0x4000), le16(height));
const lossless = (width: number, height: number) =>
  riff('VP8L', be32(0), [0x2f], be32((width - 1) | ((height - 1) << 14)).reverse(), [0]);
const extended = (width: number, height: number) =>
  riff('VP8X', be32(0), be32(0), le24(width - 1), le24(height - 1));
const box = (type: string, ...content: readonly Part[]) => {
  const bytes = bytesFrom(...content);
  return [...bytesFrom(be32(8 + bytes.length), type), ...bytes];
};
const ispe = (width: number, height: number) => box('ispe', be32(0), be32(width), be32(height));
const avif = (...sizes: readonly (readonly [number, number])[]) =>
  bytesFrom(
    box('ftyp', 'mif1', be32(0), 'mif1avif'),
    box(
      'meta',
      be32(0),
      box('hdlr', be32(0)),
      box('iprp', box('ipco', box('pixi', be32(0)), ...sizes.map(([w, h]) => ispe(w, h)))),
    ),
    box('mdat', 'x'),
  );

describe('imageSizeOf', () => {
  it.each([
    ['PNG', png(300, 200), 'image/png'],
    ['GIF', gif(300, 200), 'image/gif'],
    ['JPEG', jpeg(300, 200), 'image/jpeg'],
    [
      'JPEG behind tables and a thumbnail',
      jpeg(300, 200, [[0xff, 0xe1], be16(14), [...jpeg(16, 12)], [0xff, 0xff, 0xc4], be16(4), [0, 0]]),
      'image/jpeg',
    ],
    ['lossy WebP', lossy(300, 200), 'image/webp'],
    ['lossless WebP', lossless(300, 200), 'image/webp'],
    ['extended WebP', extended(300, 200), 'image/webp'],
    ['AVIF', avif([64, 64], [300, 200], [30, 20]), 'image/avif'],
  ])('knows %s', (_, bytes, mime) => {
    expect(imageSizeOf(bytes)).toEqual({ mime, width: 300, height: 200 });
  });

  it.each([
    ['SVG', bytesFrom('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a page', bytesFrom('<!doctype html><script>alert(1)</script>          ')],
    ['a bitmap', bytesFrom('BM', be32(0), be32(0), be32(0), be32(9), be32(9))],
    ['HEIC', bytesFrom(box('ftyp', 'heic', be32(0), 'mif1heic'), box('meta', be32(0)))],
    ['an image of no width', png(0, 200)],
    ['a JPEG without a frame', bytesFrom([0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2])],
    ['nothing', bytesFrom()],
  ])('knows no size of %s', (_, bytes) => {
    expect(imageSizeOf(bytes)).toBeNull();
  });

  it('ends with whatever bytes, and never throws', () => {
    const starts = [png(9, 9), gif(9, 9), jpeg(9, 9), lossy(9, 9), extended(9, 9), avif([9, 9])];
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.nat(80),
        fc.uint8Array({ maxLength: 60 }),
        (start, kept, rest) => {
          const size = imageSizeOf(Uint8Array.from([...start.slice(0, kept), ...rest]));
          expect(size === null || (size.width > 0 && size.height > 0)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('previewOf', () => {
  const previewed = async (bytes: Uint8Array<ArrayBuffer>) => {
    const asked: { type: string; resizeWidth: number }[] = [];
    await previewOf(new Blob([bytes], { type: 'text/html' }), async ({ type }, { resizeWidth }) => {
      asked.push({ type, resizeWidth });
      return {} as ImageBitmap;
    });
    return asked;
  };

  it('is decoded as what its bytes are, and small', async () => {
    expect(await previewed(png(4_000, 2_000))).toEqual([{ type: 'image/png', resizeWidth: 640 }]);
    expect(await previewed(jpeg(2_000, 4_000))).toEqual([{ type: 'image/jpeg', resizeWidth: 320 }]);
    expect(await previewed(gif(30, 20))).toEqual([{ type: 'image/gif', resizeWidth: 30 }]);
  });

  it.each([
    ['claims too many pixels', png(65_535, 65_535)],
    ['is a strip', png(10_000, 499)],
    ['has too many bytes', new Uint8Array([...png(9, 9), ...new Uint8Array(20 * 1_048_576)])],
    ['is no image', bytesFrom('<svg/>')],
  ])('is not decoded where it %s', async (_, bytes) => {
    expect(await previewed(bytes)).toEqual([]);
  });

  it('is none where it does not decode', async () => {
    expect(await previewOf(new Blob([png(9, 9)]), () => Promise.reject(new Error()))).toBeNull();
  });
});
