import { describe, expect, it } from 'vitest';
import { formatFragment } from '../../../../../main/common/e2ee/invite-link.ts';
import { readStrayPath } from '../../../../../web-client/ui/entry/stray-path.ts';

const link = { secret: new Uint8Array(32).fill(7), token: new Uint8Array(16).fill(9), certificate: null };
const parts = formatFragment(link).slice(1);
const read = (path: string) => readStrayPath(new URL(path, 'https://abc.example').pathname);

describe('the path of an address where nothing is', () => {
  it.each([
    `/%23${parts}`,
    `/%2523${parts}`,
    `/%252523${parts}`,
    `//%23${parts}`.replace('//', '/./'),
    `/index.html%23${parts}`,
    `/%23${parts}.`,
    `/%23${parts}%20%D0%B8`,
    `/%23${parts.replace('.', '%2E')}`,
    `/%23${parts}/?utm_source=x`,
    `/${parts}`,
    `/\u200b%23${parts}`,
  ])('gives the link that was sent with it: %s', (path) => {
    expect(read(path)).toEqual({ kind: 'sent', link });
  });

  it.each([`/%23${parts.slice(0, -1)}`, `/%23${parts}A`, '/%23', `/%23${parts.slice(0, 43)}`])(
    'tells that something of a link was sent: %s',
    (path) => {
      expect(read(path)).toEqual({ kind: 'cut' });
    },
  );

  it.each(['/', '/nothing', '/wp-login.php', '/assets/main.js', '/%zz', '/%25', '/%2'])(
    'tells nothing else: %s',
    (path) => {
      expect(read(path)).toEqual({ kind: 'nothing' });
    },
  );
});
