import { afterEach, expect, it, vi } from 'vitest';
import { lateStyles } from '../../../scripts/late-styles.mjs';

interface FakeLink {
  readonly href: string;
  onload(): void;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('has a part wait for its styles, once each, and for nothing else', async () => {
  const links: FakeLink[] = [];
  // After the styles of the start, which stand in the body.
  const body = { append: (link: FakeLink) => links.push(link) };
  vi.stubGlobal('document', { body, createElement: () => ({ remove: () => {} }) });
  const { load } = lateStyles();
  const code = typeof load === 'function' ? load.call({} as never, '\0vite/preload-helper.js') : null;
  const { __vitePreload } = await import(`data:text/javascript,${encodeURIComponent(String(code))}`);

  const part = vi.fn(async () => 'the part');
  // The start's script stands for its styles, which are in the document.
  const came = __vitePreload(part, ['assets/index-1.js', 'assets/chat.css']);
  expect(links.map(({ href }) => href)).toEqual(['/assets/chat.css']);
  expect(part).not.toHaveBeenCalled();
  links[0]?.onload();
  expect(await came).toBe('the part');

  expect(await __vitePreload(part, ['assets/chat.css'])).toBe('the part');
  expect(await __vitePreload(part)).toBe('the part');
  expect(links).toHaveLength(1);
});
