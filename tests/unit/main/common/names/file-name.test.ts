import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileNameParts, isRisky, safeFileName } from '../../../../../main/common/names/file-name.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

describe('safeFileName', () => {
  it.each([
    'photo.jpg',
    'Отчёт за март.pdf',
    '写真 2026.heic',
    'archive.tar.gz',
    "Anna's notes (2).txt",
    'README',
    'Wait….mp3',
    '.. no, really .txt'.slice(3),
    '👩‍👩‍👧 family.png',
    'console.log',
    'common.txt',
  ])('leaves %s as it is', (name) => {
    expect(safeFileName(name)).toBe(name);
  });

  it.each([
    ['a path', '../../etc/passwd', '_.._etc_passwd'],
    ['a path of Windows', '..\\..\\Startup\\run.bat', '_.._Startup_run.bat'],
    ['a drive', 'C:\\run.bat', 'C__run.bat'],
    ['a second stream', 'notes.txt:run.exe', 'notes.txt_run.exe'],
    ['what shells expand', 'a*?"<>|b', 'a______b'],
    ['the folder itself', '.', 'file'],
    ['the folder above', '..', 'file'],
    ['a hidden file', '.bashrc', 'bashrc'],
    ['trailing dots and blanks', 'run.exe. . ', 'run.exe'],
    ['a row of blanks before the extension', `photo.jpg${' '.repeat(90)}.exe`, 'photo.jpg .exe'],
    ['a direction override', 'photo\u202egpj.exe', 'photogpj.exe'],
    ['what is not seen', 'pho\u200bto\u0000.e\u00adxe', 'photo.exe'],
    ['line breaks', 'a\r\nb.txt', 'a b.txt'],
    ['dots that are none', 'report\u2024pdf\uff0eexe\ua4f8txt', 'report_pdf_exe_txt'],
    ['strokes that are none', 'a\u2044b\u2215c\uff0fd\uff3ce', 'a_b_c_d_e'],
    ['a device', 'CON', '_CON'],
    ['a device with extensions', 'nul.tar.gz', '_nul.tar.gz'],
    ['a device and a blank', 'com1 .txt', '_com1 .txt'],
    ['a device with a raised digit', 'LPT².log', '_LPT².log'],
    ['a device after what is left out', ' \u200bAUX.', '_AUX'],
    [
      'a folder of Windows',
      'all.{20D04FE0-3AEA-1069-A2D8-08002B30309D}',
      'all._20D04FE0-3AEA-1069-A2D8-08002B30309D}',
    ],
    ['letters in pieces', 'Cafe\u0301.txt', 'Café.txt'],
    ['nothing that is seen', '\u200b\u3164', 'file'],
    ['nothing', '', 'file'],
  ])('makes %s harmless', (_, name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  it('cuts what a disk does not take, and keeps the last extension', () => {
    const safe = safeFileName(`${'ж'.repeat(150)}.jpg.exe`);
    expect(bytesOf(safe)).toBeLessThanOrEqual(200);
    expect(bytesOf(safe)).toBeGreaterThan(195);
    expect(safe).toMatch(/^ж+\.exe$/);
  });

  it('cuts no character in two, nor leaves half of what was joined', () => {
    for (let length = 170; length < 200; length++) {
      const safe = safeFileName(`${'a'.repeat(length)}${'👩‍👩‍👧'.repeat(4)}.png`);
      expect(safe).toMatch(/^a+[👩👧‍]*(?<!‍)\.png$/u);
    }
  });

  it('takes a long tail for no extension', () => {
    const safe = safeFileName(`a.${'b'.repeat(300)}`);
    expect(safe).toBe(`a.${'b'.repeat(198)}`);
  });

  it('holds for whatever a name is made of', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom(
        ...[
          '..',
          '/',
          '\\',
          ':',
          '.',
          ' ',
          '\u202e',
          '\u2024',
          '\uff0f',
          '\u200d',
          '\u0301',
          'CON',
          'nul',
          'com1',
        ],
        ...['.exe', '.{', 'ж'.repeat(90), 'a'.repeat(120), '\ud800', '\u00a0', '_', '\u2126', '한', '\u11a8'],
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const safe = safeFileName(parts.join(''));
        expect(safe).not.toBe('');
        expect(bytesOf(safe)).toBeLessThanOrEqual(200);
        expect(safe).not.toMatch(
          /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}/\\:*?"<>|\u202a-\u202e\u2066-\u2069\u2024\uff0e\uff0f]/u,
        );
        expect(safe).not.toMatch(/^[.\s]|[.\s]$/);
        expect(safe).not.toMatch(/^(?:con|nul|com1)\s*(?:\.|$)/i);
        expect(safe.normalize('NFC')).toBe(safe);
        expect(safeFileName(safe)).toBe(safe);
      }),
      { numRuns: 500 },
    );
  });
});

describe('fileNameParts', () => {
  it.each([
    ['a.tar.gz', 'a.tar', '.gz'],
    ['README', 'README', ''],
    ['.bashrc', '.bashrc', ''],
    ['a.', 'a.', ''],
  ])('parts %s at the last dot', (name, stem, extension) => {
    expect(fileNameParts(name)).toEqual({ stem, extension });
  });
});

describe('isRisky', () => {
  it.each([
    'a.exe',
    'photo.jpg.SCR',
    'a.desktop',
    'page.html',
    'drawing.svg',
    'a.lnk',
    'sheet.xlsm',
    'a.e\u200bxe',
    'a.bat. ',
  ])('warns of %s', (name) => {
    expect(isRisky(name)).toBe(true);
  });

  it.each(['photo.jpg', 'exe', 'exe.txt', 'a.exe.txt', 'notes', 'film.mkv', 'a\u2024exe', 'table.xlsx'])(
    'does not warn of %s',
    (name) => {
      expect(isRisky(name)).toBe(false);
    },
  );
});
