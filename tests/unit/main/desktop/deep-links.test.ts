/** Checks what of a command line is taken for a link, and that of many links only one is opened at a time. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { APP_LINK_SCHEME } from '../../../../main/common/e2ee/call-link.ts';
import { DeepLinks, deepLinkIn } from '../../../../main/desktop/deep-links.ts';

const LINK = `secret-call://abc.example/#${'A'.repeat(43)}.${'A'.repeat(22)}`;

describe('deepLinkIn', () => {
  it.each([
    ['alone', ['secret-call', LINK]],
    ['behind switches', ['secret-call', '--no-sandbox', '--user-data-dir=/x', '/app', LINK]],
    ['before what a browser adds', ['secret-call', LINK, '--allow-file-access-from-files']],
    ['behind the end of switches', ['secret-call', '--', LINK]],
    ['after an older one', ['secret-call', 'secret-call://old.example/', LINK]],
  ])('finds a link %s', (_, argv) => {
    expect(deepLinkIn(argv)).toBe(LINK);
  });

  it('takes the scheme as browsers do, in any case', () => {
    expect(deepLinkIn(['x', LINK.replace('secret-call', 'Secret-Call')])).not.toBeNull();
  });

  it.each([
    [['secret-call']],
    [[LINK]],
    [['secret-call', '/app', '--no-sandbox']],
    [['secret-call', `--x=${LINK}`]],
    [['secret-call', ` ${LINK}`]],
    [['secret-call', `"${LINK}"`]],
    [['secret-call', `-${LINK}`]],
    [['secret-call', 'https://abc.example/#a.b', 'javascript:alert(1)', 'file:///etc/passwd']],
    [['secret-call', './secret-call', 'secret-call.txt', 'secret-calls://x']],
  ])('finds none in %j', (argv) => {
    expect(deepLinkIn(argv)).toBeNull();
  });
});

describe('DeepLinks', () => {
  function createStage() {
    const links = new DeepLinks();
    const opened: string[] = [];
    const ends: (() => void)[] = [];
    const open = (link: string) => {
      opened.push(link);
      return new Promise<void>((resolve) => ends.push(resolve));
    };
    const end = async () => {
      ends.shift()?.();
      await new Promise(setImmediate);
    };
    return { links, opened, open, end };
  }

  it('keeps the newest for whoever is not there yet', () => {
    const { links, opened, open } = createStage();
    links.take('first');
    links.take('second');
    expect(opened).toEqual([]);
    links.start(open);
    expect(opened).toEqual(['second']);
  });

  it('opens one at a time, and of those that came meanwhile the newest', async () => {
    const { links, opened, open, end } = createStage();
    links.start(open);
    for (const link of ['first', 'second', 'third']) links.take(link);
    expect(opened).toEqual(['first']);
    await end();
    expect(opened).toEqual(['first', 'third']);
    await end();
    links.take('fourth');
    expect(opened).toEqual(['first', 'third', 'fourth']);
  });
});

it('is the scheme that the packages register', () => {
  const packages = readFileSync('electron-builder.yml', 'utf8');
  expect(packages).toMatch(
    new RegExp(`^protocols:\\n  name: .+\\n  schemes: \\[${APP_LINK_SCHEME}\\]$`, 'm'),
  );
  const installer = readFileSync('assets/installer.nsh', 'utf8');
  expect(installer).toContain(`Software\\Classes\\${APP_LINK_SCHEME}\\shell\\open\\command`);
});
