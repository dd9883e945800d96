/** Owns drawing a QR code with half blocks: one character is two modules, one above the other. */

import { create } from 'qrcode';

/** Less than the four modules of ISO/IEC 18004, section 9.1: phones read it, and it leaves room for the links. */
const QUIET_ZONE = 2;

/**
 * Lines that show the text as a QR code.
 * @param ink what a block character paints: `light` modules suit the light-on-dark of most terminals, `dark` ones
 *   a terminal that was told to write dark on light
 */
export function drawQrCode(text: string, ink: 'light' | 'dark'): string[] {
  const { size, data } = create(text, { errorCorrectionLevel: 'L' }).modules;
  const isDark = (row: number, column: number): boolean =>
    row >= 0 && row < size && column >= 0 && column < size && data[row * size + column] === 1;
  const lines: string[] = [];
  for (let row = -QUIET_ZONE; row < size + QUIET_ZONE; row += 2) {
    let line = '';
    for (let column = -QUIET_ZONE; column < size + QUIET_ZONE; column++) {
      const upper = isDark(row, column) === (ink === 'dark');
      const lower = isDark(row + 1, column) === (ink === 'dark');
      line += halfBlock(upper, lower);
    }
    lines.push(line);
  }
  return lines;
}

function halfBlock(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀';
  return lower ? '▄' : ' ';
}
