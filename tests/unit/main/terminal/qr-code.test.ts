/** Holds the drawn QR code against its modules. */

import { create } from 'qrcode';
import { describe, expect, it } from 'vitest';
import { drawQrCode } from '../../../../main/terminal/qr-code.ts';

const LINK = `https://0123456789abcdef.lhr.life/#${'s'.repeat(43)}.${'t'.repeat(22)}`;

/** Rows of modules, true where the block paints. */
function painted(lines: readonly string[]): boolean[][] {
  return lines.flatMap((line) => [
    [...line].map((character) => '█▀'.includes(character)),
    [...line].map((character) => '█▄'.includes(character)),
  ]);
}

describe('drawQrCode', () => {
  it.each(['light', 'dark'] as const)('draws every module with %s ink inside a quiet zone', (ink) => {
    const { size, data } = create(LINK, { errorCorrectionLevel: 'L' }).modules;
    const rows = painted(drawQrCode(LINK, ink));
    expect(rows[0]).toHaveLength(size + 4);
    rows.forEach((row, y) => {
      row.forEach((isPainted, x) => {
        const inside = x >= 2 && x < size + 2 && y >= 2 && y < size + 2;
        const isDark = inside && data[(y - 2) * size + (x - 2)] === 1;
        expect(isPainted, `${x}, ${y}`).toBe(isDark === (ink === 'dark'));
      });
    });
  });

  it('fits a usual terminal', () => {
    const lines = drawQrCode(LINK, 'dark');
    expect(lines.length).toBeLessThanOrEqual(21);
    expect(lines[0]?.length).toBeLessThanOrEqual(41);
  });
});
