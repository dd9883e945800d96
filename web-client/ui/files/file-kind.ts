/** Owns what kind of file a name tells: by its ending, which decides what a system does with it, and never by what its sender says. */

import { fileNameParts, isRisky } from '../../../main/common/names/file-name.ts';

const ENDINGS = {
  image: 'jpg jpeg png gif webp avif heic heif bmp tif tiff ico svg raw cr2 nef dng psd xcf',
  video: 'mp4 m4v mov mkv webm avi wmv mpg mpeg 3gp ogv',
  audio: 'mp3 m4a aac wav flac ogg oga opus wma aiff mid midi',
  archive: 'zip 7z rar tar gz tgz bz2 xz zst iso img dmg',
  pdf: 'pdf',
  document: 'doc docx docm odt rtf pages',
  sheet: 'xls xlsx xlsm ods csv tsv numbers',
  slides: 'ppt pptx pptm odp key',
  book: 'epub mobi azw3 fb2 djvu',
  text: 'txt md log srt vtt',
  code: 'html htm css json xml yaml yml toml ini c h cpp rs go java kt swift ts tsx sql tex',
} as const;

export type FileKind = keyof typeof ENDINGS | 'program' | 'other';

const KIND_OF_ENDING: ReadonlyMap<string, FileKind> = new Map(
  Object.entries(ENDINGS).flatMap(([kind, endings]) =>
    endings.split(' ').map((ending) => [ending, kind as FileKind] as const),
  ),
);

export function fileKind(name: string): FileKind {
  const ending = fileNameParts(name).extension.slice(1).toLowerCase();
  return KIND_OF_ENDING.get(ending) ?? (isRisky(name) ? 'program' : 'other');
}

export const KIND_ICONS: Readonly<Record<FileKind, string>> = {
  image: '#icon-file-image',
  video: '#icon-file-video',
  audio: '#icon-file-audio',
  archive: '#icon-file-archive',
  pdf: '#icon-file-text',
  document: '#icon-file-text',
  sheet: '#icon-file-text',
  slides: '#icon-file-text',
  book: '#icon-file-text',
  text: '#icon-file-text',
  code: '#icon-file-text',
  program: '#icon-file-program',
  other: '#icon-file',
};
