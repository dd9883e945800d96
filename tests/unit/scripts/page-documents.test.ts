import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inlineSources } from '../../../main/server/page-documents.ts';
import { pageDocuments, withWords } from '../../../scripts/page-documents.mjs';
import { withMarkup } from '../../../scripts/page-markup.mjs';
import { en } from '../../../web-client/i18n/en.ts';
import { ru } from '../../../web-client/i18n/ru.ts';

const markup = withMarkup(readFileSync(new URL('../../../web-client/index.html', import.meta.url), 'utf8'));
const wordsIn = (html: string) =>
  withWords(html, 'ru', { plain: 'Слово', signs: '<b> & "', forms: { other: '' } });

describe.each([
  ['en', en],
  ['ru', ru],
] as const)('the document in %s', (language, texts) => {
  const html = withWords(markup, language, texts);

  it('says what the page shows first, in words, to eyes and to screen readers', () => {
    expect(html).toContain(`<html lang="${language}"`);
    expect(html).toContain(`<title>${texts['title.idle']}</title>`);
    expect(html).toContain(`content="${texts['page.description']}"`);
    for (const key of ['join.title', 'join.name', 'join-mode.talk', 'people.promise', 'check.title'] as const)
      expect(html).toContain(`data-text="${key}">${texts[key]}<`);
    for (const [id, key] of [
      ['status', 'status.connecting'],
      ['join-leave-text', 'join.join'],
      ['join-mode-text', 'join-mode.talk.text'],
    ] as const)
      expect(html).toMatch(new RegExp(`id="${id}"[^>]*>${texts[key].replaceAll('.', '\\.')}<`));
    expect(html).toContain(`data-label="settings.title" aria-label="${texts['settings.title']}"`);
    expect(html).not.toContain('data-first-');
  });

  it('brings the words of the start for the script as well', () => {
    const [, json = ''] = /<script type="application\/json" id="texts">(.*)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(json)).toEqual(texts);
  });
});

describe('a word', () => {
  it('takes the place of the English one, and stays marked if the page may write it again', () => {
    expect(wordsIn('<p class="a" data-text="plain" id="b">Word</p>')).toBe(
      '<p class="a" data-text="plain" id="b">Слово</p>'.replace(
        ' data-text="plain" id="b"',
        ' data-text="plain" id="b"',
      ),
    );
    expect(wordsIn('<p data-first-text="plain">Word</p>')).toBe('<p>Слово</p>');
  });

  it('is text, whatever signs are in it', () => {
    expect(wordsIn('<p data-first-text="signs">x</p>')).toBe('<p>&lt;b&gt; &amp; &quot;</p>');
    expect(wordsIn('<b data-label="signs"></b>')).toContain('aria-label="&lt;b&gt; &amp; &quot;"');
    const html = withWords('<!-- texts -->', 'en', { end: '</script><script>alert(1)</script>$&' });
    expect(html.match(/<\/script>/g)).toHaveLength(1);
    expect(html).toContain('$&');
  });

  it('that comes later, with the call, leaves its place empty', () => {
    expect(wordsIn('<p data-text="later">Later</p>')).toBe('<p data-text="later"></p>');
    expect(wordsIn('<p data-text="forms">Forms</p>')).toBe('<p data-text="forms"></p>');
    expect(wordsIn('<b data-label="later"></b>')).toBe('<b data-label="later"></b>');
  });
});

describe('the build', () => {
  const page = `<script type="module" crossorigin src="/assets/index-b.js"></script><link rel="stylesheet" crossorigin href="/assets/index-a.css">\n${markup.replace(/<link rel="stylesheet"[^>]*>/g, '')}`;
  const build = async () => {
    const files = new Map<string, string>();
    const bundle: Record<string, object> = {
      'index.html': { type: 'asset', source: page },
      'assets/index-a.css': { type: 'asset', source: '.whole{color:red}\n' },
      'assets/chat.js': { type: 'chunk', code: 'deps=["assets/index-a.css","assets/chat.css"]' },
    };
    const { generateBundle } = pageDocuments();
    if (typeof generateBundle !== 'object') throw new Error('the plugin has no such hook');
    const emitFile = ({ fileName, source }: { fileName: string; source: string }) =>
      files.set(fileName, source);
    await Reflect.apply(generateBundle.handler, { emitFile }, [{}, bundle]);
    return { files, bundle };
  };

  it('makes a document a language that asks for no styles and has the early script in it', async () => {
    const { files, bundle } = await build();
    expect([...files.keys()]).toEqual(['index.html', 'index.ru.html']);
    expect(Object.keys(bundle)).toEqual(['index.html', 'assets/chat.js']);
    // Whoever would ask for the styles later would wait for a file that is not there.
    expect(bundle['assets/chat.js']).toMatchObject({ code: 'deps=["assets/index-b.js","assets/chat.css"]' });
    for (const html of files.values()) {
      expect(/rel="stylesheet"|<!-- (?:early|styles|texts) -->/.exec(html)).toBe(null);
      expect(html.includes('<style>.whole{color:red}</style>')).toBe(true);
      const { scripts, styles } = inlineSources(html);
      expect([scripts.length, styles.length]).toEqual([1, 3]);
    }
    const [english, russian] = [...files.values()].map(inlineSources);
    expect(russian).toEqual(english);
  });

  it('compiles the early script for browsers that know no modules', async () => {
    const { files } = await build();
    const [, early = ''] = /<script>([\s\S]*?)<\/script>/.exec(files.get('index.html') ?? '') ?? [];
    expect(early.length).toBeGreaterThan(500);
    expect(early).not.toMatch(/\b(?:import|export|require|async|await)\b|\?\.|\?\?|catch\s*\{/);
    expect(() => new Function(early)).not.toThrow();
  });
});
