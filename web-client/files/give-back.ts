/** Owns giving a buffer's memory back at once, where that helps the browser. */

/**
 * Firefox collects what was sent more slowly than more of it comes. Chromium keeps the memory of what is given back this way until it
 * collects it, and does not know any more that it should.
 */
const helps = !/Chrom(?:e|ium)\//.test(navigator.userAgent) && 'transfer' in ArrayBuffer.prototype;

/** The buffer is empty afterwards (ECMAScript 2024, ArrayBuffer.prototype.transfer). */
export function giveBack(buffer: ArrayBuffer & { transfer?: (lengthBytes: number) => unknown }): void {
  if (helps) buffer.transfer?.(0);
}
