/** Owns what the source files are and what stands in each: imports, exported names, lines. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

const IMPORT =
  /^\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;
const EXPORT =
  /^export (?:declare |abstract |async )*(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm;

/** Paths from the root, with slashes, of all that is no folder. */
export function filesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
}

export const codeIn = (folder: string): string[] => filesIn(folder).filter((file) => /\.tsx?$/.test(file));

export const sourceFiles: readonly string[] = ['main', 'preload', 'renderer', 'web-client'].flatMap(codeIn);

export const exists = (file: string): boolean => existsSync(path.join(root, file));

export const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** As `wc -l` counts. */
export const linesOf = (file: string): number => textOf(file).split('\n').length - 1;

/** What it imports, as written, types and lazy parts too. */
export function importsOf(file: string): string[] {
  return [...textOf(file).matchAll(IMPORT)].map(([, from, lazy]) => from ?? lazy ?? '');
}

/** What is run before it is: neither types nor lazy parts. */
export function startedImportsOf(file: string): string[] {
  const code = textOf(file).replace(/^(?:import|export) type\b[^;]*;/gm, '');
  return [...code.matchAll(IMPORT)].flatMap(([, from]) => from ?? []);
}

/** Where an import from beside leads, whatever the bundler is to make of it, or null for a package. */
export function targetOf(file: string, specifier: string): string | null {
  const [beside = ''] = specifier.split('?');
  return beside.startsWith('.') ? path.posix.join(path.posix.dirname(file), beside) : null;
}

/** The names it declares for others; passing on what another file declares is no second name. */
export function exportsOf(file: string): string[] {
  return [...textOf(file).matchAll(EXPORT)].map(([, name]) => name ?? '');
}
