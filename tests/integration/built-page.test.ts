/** Reads the built page as a browser would, without one: what its documents name, and what their scripts ask for. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';

const PAGE = resolve('dist/web-client');
const textOf = (file: string) => readFileSync(join(PAGE, file), 'utf8');

const documents = readdirSync(PAGE).filter((file) => /^index(\.[a-z]+)?\.html$/.test(file));
const scripts = readdirSync(join(PAGE, 'assets')).filter((file) => file.endsWith('.js'));

/** Files that a document itself asks for, as paths from the page's root. */
function namedIn(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map(([, path = '']) => path.replace(/^\//, ''));
}
const scriptsNamedIn = (html: string) => [
  ...namedIn(html, /<script[^>]* src="([^"]+)"/g),
  ...namedIn(html, /<link rel="modulepreload"[^>]* href="([^"]+)"/g),
];

/** Files a script cannot run without. */
function importsOf(file: string): string[] {
  const { body } = parseAst(textOf(file));
  return body.flatMap((statement) =>
    'source' in statement && statement.source !== null
      ? [posix.join(posix.dirname(file), String(statement.source.value))]
      : [],
  );
}

/** All that these scripts cannot run without, themselves included. */
function startedBy(files: readonly string[]): string[] {
  const reached = new Set(files);
  // Grows while it is walked.
  for (const file of reached) for (const next of importsOf(file)) reached.add(next);
  return [...reached];
}

/** Its name ends in a hash. */
const callFile = () => {
  const found = scripts.filter((file) => /^call-[\w-]{8}\.js$/.test(file));
  expect(found).toHaveLength(1);
  return `assets/${found[0]}`;
};

describe('the built page', () => {
  it('has a document', () => {
    expect(documents).toContain('index.html');
  });

  it.each(documents)(
    'can be joined from after two round trips: %s names all that its start needs',
    (file) => {
      const html = textOf(file);
      const named = scriptsNamedIn(html);
      expect(named.length).toBeGreaterThan(0);
      expect(startedBy(named).filter((script) => !named.includes(script))).toEqual([]);
    },
  );

  it('fetches the code of a call as one file, which needs nothing that the start has not', () => {
    const started = startedBy(scriptsNamedIn(textOf('index.html')));
    const call = callFile();
    expect(started).not.toContain(call);
    expect(startedBy([call]).filter((file) => !started.includes(file))).toEqual([call]);
  });

  it('asks for no file that is not there, with no part that comes later either', () => {
    const asked = scripts.flatMap((file) =>
      [...textOf(`assets/${file}`).matchAll(/["'`]\/?(assets\/[\w.-]+)["'`]/g)].map(([, path = '']) => path),
    );
    expect(asked.some((path) => path.endsWith('.css'))).toBe(true);
    expect(asked.filter((path) => !existsSync(join(PAGE, path)))).toEqual([]);
  });

  it('is kept by its service worker with all that a call needs, and with nothing that is not there', () => {
    const kept = namedIn(textOf('service-worker.js'), /[`"'](\/assets\/[\w.-]+)[`"']/g);
    expect(kept.filter((path) => !existsSync(join(PAGE, path)))).toEqual([]);
    const started = startedBy(scriptsNamedIn(textOf('index.html')));
    expect(kept).toEqual(expect.arrayContaining([...started, callFile()]));
    for (const part of [
      /\/call-[\w-]{8}\.html$/,
      /\/call-[\w-]{8}\.css$/,
      /\/call-en-/,
      /\/call-ru-/,
      /\/timer-worker-/,
    ])
      expect(
        kept.filter((path) => part.test(path)),
        String(part),
      ).toHaveLength(1);
    expect(kept.filter((path) => /emoji|stray|in-app/.test(path))).toEqual([]);
    expect(importsOf('service-worker.js')).toEqual([]);
  });

  it('carries the licences of what is in it, in its workers as well', () => {
    expect(textOf('licenses.md')).toMatch(/^## valibot - .*\(MIT\)$/m);
    expect(textOf('licenses.md')).toMatch(
      /^## mediabunny - .*\(MPL-2\.0\)\n\nSource: https:\/\/\S+mediabunny\S*\n\nMozilla Public License Version 2\.0$/m,
    );
  });

  it('does not keep what records, which is large: the page takes it in later', () => {
    const recording = scripts.filter((file) =>
      /^(?:open-recorder|recorder-worker|tap-processor)-/.test(file),
    );
    expect(recording).toHaveLength(3);
    for (const file of recording) expect(textOf('service-worker.js')).not.toContain(file);
  });

  it('has start and call compiled as they load, before one joins', () => {
    const soon = [...startedBy(scriptsNamedIn(textOf('index.html'))), callFile()];
    // Anywhere but on the first line it is a comment like any other.
    for (const file of soon) expect(textOf(file).split('\n')[0], file).toBe('//# allFunctionsCalledOnLoad');
  });
});
