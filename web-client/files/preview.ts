/** Owns the small picture of an image that was received: told by its bytes, bounded before it is decoded, drawn by nothing that could run it. */

import {
  FILE_PREVIEW_MAX_BYTES,
  FILE_PREVIEW_MAX_PIXELS,
  FILE_PREVIEW_SIDE_PX,
} from '../../main/common/protocol/file-limits.ts';
import { imageSizeOf } from './image-size.ts';

/** Of a banner or a strip as long as that a small picture would show nothing. */
const ASPECT_MAX = 20;

/** `createImageBitmap`, as far as it is used. */
export type DecodeImage = (
  image: Blob,
  options: { readonly resizeWidth: number; readonly resizeQuality: 'medium' },
) => Promise<ImageBitmap>;

/** null: no image, too large, or none that this browser can decode. */
export async function previewOf(file: Blob, decode: DecodeImage): Promise<ImageBitmap | null> {
  if (file.size > FILE_PREVIEW_MAX_BYTES) return null;
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const size = imageSizeOf(bytes);
    if (size === null || size.width * size.height > FILE_PREVIEW_MAX_PIXELS) return null;
    const [short, long] = [Math.min(size.width, size.height), Math.max(size.width, size.height)];
    if (long > short * ASPECT_MAX) return null;
    // The height follows: a photo may be turned, and its size here is the one before.
    const resizeWidth = Math.max(1, Math.round(size.width * Math.min(1, FILE_PREVIEW_SIDE_PX / long)));
    return await decode(new Blob([bytes], { type: size.mime }), { resizeWidth, resizeQuality: 'medium' });
  } catch {
    return null;
  }
}
