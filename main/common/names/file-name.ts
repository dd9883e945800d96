/** Owns the name of a file that somebody else gave it: made harmless to show and to save, and whether opening such a file runs something. */

import { displayName } from './visible-text.ts';

/** UTF-8, with room for what a browser or a system adds to tell copies apart: most disks take 255. */
const NAME_MAX_BYTES = 200;
/** Longer, it is no type of a file but a part of its name. */
const EXTENSION_MAX_BYTES = 32;
const FALLBACK = 'file';

/** What parts folders, drives and streams, what shells and Windows read otherwise. */
const FORBIDDEN = /[/\\:*?"<>|]/g;
/** Drawn as a dot or as a stroke that parts folders, and neither (Unicode's confusables.txt, without digits and letters in daily use). */
const LOOK_ALIKE =
  /[\u2024\uff0e\ufe52\ua4f8\ua60e\u0701\u0702\u{10a50}\u{1d16d}\u2044\u2215\u2571\u29f8\uff0f\u2216\uff3c\ufe68\u29f5\u29f9\u2572]/gu;
/** `name.{…}` shows a folder of Windows' own in the place of the file. */
const CLASS_ID = /\.\{/g;
/** A hidden file, the folder itself or the one above. */
const LEADING = /^[.\s]+/;
/** Windows leaves them out, and another extension is the last one then. */
const TRAILING = /[.\s]+$/;
/** Devices of Windows, in any case and under any extension. */
const DEVICE = /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[\d¹²³])\s*(?:\.|$)/i;

/**
 * Opened, it runs, installs, or shows what can: programs, scripts, links to them, documents with macros, images of disks,
 * and pages, which would speak for wherever they are opened.
 */
const RISKY = new Set(
  (
    'exe com scr pif bat cmd msi msp mst msix msixbundle appx appxbundle appinstaller appref-ms application cpl dll ocx sys drv hta inf ' +
    'ins isp jar jnlp js jse mjs lnk url msc ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psm1 reg scf sct shb shs vb vbe vbs vbscript vxd ws wsc ' +
    'wsf wsh xbap xll chm hlp gadget diagcab settingcontent-ms library-ms search-ms searchconnector-ms theme themepack deskthemepack ' +
    'website iso img vhd vhdx rdp one docm dotm xlsm xlsb xltm xlam pptm potm ppam ppsm sldm iqy slk mde ade adp accde ' +
    'app dmg pkg mpkg command tool workflow terminal scpt scptd applescript action osax kext prefpane saver mobileconfig fileloc inetloc webloc ' +
    'desktop sh bash zsh csh ksh fish run appimage deb rpm flatpak flatpakref snap bin out elf so py pyc pyw pyz rb pl php lua tcl apk xapk aab ipa ' +
    'html htm xhtml xht mht mhtml shtml svg svgz xml xsl xslt swf class crx xpi'
  ).split(' '),
);

/** What a file is called, and what kind it says it is; `extension` with its dot, or empty. */
export interface FileNameParts {
  readonly stem: string;
  readonly extension: string;
}

/** Parted at the last dot: what a system goes by, however many stand before it. */
export function fileNameParts(name: string): FileNameParts {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  return extension.length < 2 || utf8Bytes(extension) > EXTENSION_MAX_BYTES
    ? { stem: name, extension: '' }
    : { stem: name.slice(0, dot), extension };
}

/**
 * One name in no folder, that is shown as it is saved, on any system: nothing unseen or turned around, no device, no look-alikes, no
 * more than a disk takes. Made safe again it stays the same.
 */
export function safeFileName(name: string): string {
  // What is taken out can bring together what belongs to one character.
  const shown = displayName((displayName(name) ?? '').normalize('NFC'))?.normalize('NFC') ?? '';
  const harmless = withinDisk(
    stripped(shown.replace(FORBIDDEN, '_').replace(LOOK_ALIKE, '_').replace(CLASS_ID, '._')),
  );
  const named = harmless === '' ? FALLBACK : harmless;
  return DEVICE.test(named) ? withinDisk(`_${named}`) : named;
}

/** Whether a file of this name, once saved and opened, can do more than be looked at. */
export function isRisky(name: string): boolean {
  return RISKY.has(fileNameParts(safeFileName(name)).extension.slice(1).toLowerCase());
}

function stripped(name: string): string {
  return name.replace(LEADING, '').replace(TRAILING, '');
}

/** Cut before the extension, so that what kind it is stays. */
function withinDisk(name: string): string {
  if (utf8Bytes(name) <= NAME_MAX_BYTES) return name;
  const { stem, extension } = fileNameParts(name);
  let room = NAME_MAX_BYTES - utf8Bytes(extension);
  const kept: string[] = [];
  for (const character of stem) {
    room -= utf8Bytes(character);
    if (room < 0) break;
    kept.push(character);
  }
  // What hung on the character behind the cut is no longer in its place.
  return stripped(displayName(kept.join('')) ?? '') + extension;
}

/** As many as a disk keeps it in; the bottom layer has no encoder of its own. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
