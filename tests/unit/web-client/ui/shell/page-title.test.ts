import { describe, expect, it } from 'vitest';
import { PageTitle } from '../../../../../web-client/ui/shell/page-title.ts';

describe('PageTitle', () => {
  it('is written only when it reads otherwise, whoever has to say something of it', () => {
    const written: string[] = [];
    const title = new PageTitle({
      get title() {
        return written.at(-1) ?? '';
      },
      set title(text) {
        written.push(text);
      },
    });
    for (const count of [0, 2, 2, 3, 0]) {
      title.setBase('Voice call · live');
      title.setUnseen(count);
    }
    title.setUnseen(1_000);
    title.setBase('Voice call');
    expect(written).toEqual([
      'Voice call · live',
      '(2) Voice call · live',
      '(3) Voice call · live',
      'Voice call · live',
      '(99+) Voice call · live',
      '(99+) Voice call',
    ]);
  });
});
