/** Owns looking into a packed app: which fuses are blown in its program, and what stands in its archive. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** Marks the fuses in Electron's program: then come a version, their number, and '0' or '1' for each (Electron's manual, "Fuses"). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

const PIECE_BYTES = 1 << 20;

/** In their order in the program, as they have to stand. */
const WANTED_FUSES = {
  runAsNode: false,
  cookieEncryption: true,
  nodeOptions: false,
  nodeInspect: false,
  asarIntegrity: true,
  onlyAsar: true,
  browserSnapshot: false,
  filePrivileges: false,
};

/** Names of fuses that do not stand as they have to. The program is read piece by piece: it is as large as a browser. */
export async function wrongFuses(program: string): Promise<string[]> {
  const fuses = Object.entries(WANTED_FUSES);
  const wanted = Buffer.byteLength(SENTINEL) + 2 + fuses.length;
  let seen = Buffer.alloc(0);
  for await (const piece of createReadStream(program, { highWaterMark: PIECE_BYTES })) {
    seen = Buffer.concat([seen.subarray(-wanted), piece as Buffer]);
    const at = seen.indexOf(SENTINEL);
    if (at === -1 || at + wanted > seen.length) continue;
    const wire = seen.subarray(at + wanted - fuses.length);
    return fuses
      .filter(([, blown], index) => wire[index] !== (blown ? '1' : '0').charCodeAt(0))
      .map(([name]) => name);
  }
  throw new Error('the program has no fuses');
}

/** What a packed app is made of. Anything else in its archive came there by mistake. */
const PARTS = [
  /^package\.json$/,
  /^dist\/(?:main|preload|renderer|web-client)\/licenses\.md$/,
  /^dist\/main\/[\w-]+\.js$/,
  /^dist\/main\/key-hooks\/(?:linux|win32|darwin)-\w+\.node$/,
  /^dist\/main\/key-hooks\/licences\/[\w.-]+\.(?:txt|md)$/,
  /^dist\/preload\/(?:index|call)\.cjs$/,
  /^dist\/renderer\/(?:index\.html|icon\.png)$/,
  /^dist\/renderer\/assets\/[\w-]+\.(?:js|css|svg)$/,
  /^dist\/renderer\/tray\/[\w@-]+\.png$/,
  /^dist\/web-client\/(?:index|index\.ru|stray)\.html(?:\.br|\.gz)?$/,
  /^dist\/web-client\/(?:icon-\d+|icon-maskable|preview)\.png$/,
  /^dist\/web-client\/service-worker\.js(?:\.br|\.gz)?$/,
  /^dist\/web-client\/(?:icon\.svg|manifest\.webmanifest)(?:\.br|\.gz)?$/,
  /^dist\/web-client\/assets\/[\w-]+\.(?:js|css|json|html)(?:\.br|\.gz)?$/,
];

interface AsarEntry {
  readonly files?: Readonly<Record<string, AsarEntry>>;
  readonly size?: number;
  /** In bytes behind the header. */
  readonly offset?: string;
  readonly unpacked?: boolean;
  readonly integrity?: { readonly algorithm: string; readonly hash: string };
}

export interface ArchiveFindings {
  readonly files: readonly string[];
  /** Of no known part of the app. */
  readonly strangers: readonly string[];
  /** Their content is not what the header has the sum of. */
  readonly altered: readonly string[];
}

/** Reads an archive through: four numbers, a header of JSON, and the files (Electron's manual, "ASAR Archives"). */
export async function searchArchive(archive: string): Promise<ArchiveFindings> {
  const content = await readFile(archive);
  const headerBytes = content.readUInt32LE(12);
  const begin = 8 + content.readUInt32LE(4);
  const header = JSON.parse(content.toString('utf8', 16, 16 + headerBytes)) as AsarEntry;
  const entries = filesBelow(header, '');
  const isWhole = ({ size = 0, offset, integrity }: AsarEntry) => {
    const start = begin + Number(offset);
    const hash = createHash('sha256').update(content.subarray(start, start + size));
    return integrity?.algorithm === 'SHA256' && integrity.hash === hash.digest('hex');
  };
  const files = entries.map(([name]) => name);
  return {
    files,
    strangers: files.filter((file) => !PARTS.some((part) => part.test(file))),
    altered: entries.filter(([, entry]) => !entry.unpacked && !isWhole(entry)).map(([name]) => name),
  };
}

function filesBelow(entry: AsarEntry, name: string): [string, AsarEntry][] {
  if (!entry.files) return [[name, entry]];
  return Object.entries(entry.files).flatMap(([child, inside]) =>
    filesBelow(inside, name === '' ? child : `${name}/${child}`),
  );
}
