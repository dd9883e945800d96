/** Checks which links are read, and that a cut or altered one never is. */

import { describe, expect, it } from 'vitest';
import { formatFragment, formatInvite, parseFragment } from '../../../../main/common/sealing/link.ts';
import { randomBytes } from '../../../support/sealing-tools.ts';

const link = { secret: randomBytes(32), token: randomBytes(16) };
const fragment = formatFragment(link);

describe('link', () => {
  it('comes back as it was written', () => {
    expect(parseFragment(fragment)).toEqual(link);
    const invite = formatInvite('https://abc.example', link);
    expect(invite).toBe(`https://abc.example/${fragment}`);
    expect(parseFragment(new URL(invite).hash)).toEqual(link);
  });

  it.each(['?fbclid=1', '&utm_source=x', '/', '/more#x'])('ignores the tail %s', (tail) => {
    expect(parseFragment(fragment + tail)).toEqual(link);
  });

  it('refuses a link cut anywhere', () => {
    for (let length = 0; length < fragment.length; length++) {
      expect(parseFragment(fragment.slice(0, length))).toBeNull();
    }
  });

  it.each([
    ['a longer token', `${fragment}A`],
    ['another separator', fragment.replace('.', '-')],
    ['no number sign', fragment.slice(1)],
    ['standard base64', fragment.replace(/^#./, '#+')],
    ['something before', `x${fragment}`],
  ])('refuses %s', (_, text) => {
    expect(parseFragment(text)).toBeNull();
  });

  it('refuses text that does not encode again to itself', () => {
    const canonical = `#${'A'.repeat(43)}.${'A'.repeat(22)}`;
    expect(parseFragment(canonical)).not.toBeNull();
    expect(parseFragment(`#${'A'.repeat(42)}B.${'A'.repeat(22)}`)).toBeNull();
    expect(parseFragment(`#${'A'.repeat(43)}.${'A'.repeat(21)}B`)).toBeNull();
  });
});
