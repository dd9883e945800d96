// @ts-check
/** Owns what the Linux packages say of the app: one description, of which each format takes what it has a field for. */

import { readFile } from 'node:fs/promises';
import { inProject } from '../project.mjs';

/** Of AppStream: the domain of the home page, backwards, and the app in it. */
const APPSTREAM_ID = 'example.secret_call.SecretCall';

/** The processor as each of the three calls it, by Node's name for it. */
const PROCESSORS = /** @type {const} */ ({
  x64: { deb: 'amd64', rpm: 'x86_64' },
  arm64: { deb: 'arm64', rpm: 'aarch64' },
});

/**
 * Both languages, for shops and menus; formats that know but one take the English.
 * @type {{ summary: Words, generic: Words, keywords: Words, paragraphs: Words[] }}
 */
const TEXTS = {
  summary: {
    en: 'Voice calls straight between people',
    ru: 'Голосовые звонки напрямую между людьми',
  },
  generic: { en: 'Voice calls', ru: 'Голосовые звонки' },
  keywords: { en: 'call;voice;talk;meeting;', ru: 'звонок;голос;разговор;встреча;' },
  paragraphs: [
    {
      en: 'You open the app, press Host and send the link. Your guests open it in a browser, press Join and talk. Nobody needs an account, and guests install nothing.',
      ru: 'Вы открываете приложение, нажимаете «Открыть комнату» и отправляете ссылку. Гости открывают её в браузере и говорят. Учётная запись не нужна никому, а гостям ничего не нужно устанавливать.',
    },
    {
      en: 'No company’s server stands in between: your computer introduces people to each other, and their voices go directly from one to another, encrypted with keys from the link.',
      ru: 'Между вами нет сервера какой-либо компании: ваш компьютер знакомит людей друг с другом, а голоса идут напрямую, зашифрованные ключами из ссылки.',
    },
  ],
};

/** Under Debian's names, the newer first; of the rpm, rpmbuild reads it from the program itself. */
const DEBIAN_LIBRARIES = [
  'libc6 (>= 2.31)',
  'libasound2t64 | libasound2',
  'libatk-bridge2.0-0t64 | libatk-bridge2.0-0',
  'libatk1.0-0t64 | libatk1.0-0',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'libcairo2',
  'libcups2t64 | libcups2',
  'libdbus-1-3',
  'libdrm2',
  'libexpat1',
  'libgbm1',
  'libgcc-s1',
  'libglib2.0-0t64 | libglib2.0-0',
  'libgtk-3-0t64 | libgtk-3-0',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libudev1',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
  'ca-certificates',
  'hicolor-icon-theme',
  'xdg-utils',
];

/** Electron names it nowhere, loads it as its first window comes up, and dies without a word where it is missing. */
const LOADED_BY_WINDOWS = { deb: 'libx11-xcb1', rpm: 'libX11-xcb.so.1()(64bit)' };

/**
 * What one can do without: letters look as meant, the graphics card draws, the default tunnel runs over ssh, notifications are shown,
 * keys are kept in a key store, and a key is heard outside of the window.
 */
const RECOMMENDED = {
  deb: ['openssh-client', 'libnotify4', 'libsecret-1-0', 'libxt6t64 | libxt6', 'libxtst6'],
  rpm: [
    'libglvnd-egl',
    'openssh-clients',
    'libnotify',
    'libsecret',
    'libXt.so.6()(64bit)',
    'libXtst.so.6()(64bit)',
  ],
};

/**
 * @typedef {{ en: string, ru: string }} Words
 * @typedef {Awaited<ReturnType<typeof describePackage>>} PackageDescription
 */

/** @param {{ version?: string | undefined }} [wanted] instead of what package.json says */
export async function describePackage({ version } = {}) {
  const manifest = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  const processor = PROCESSORS[/** @type {keyof typeof PROCESSORS} */ (process.arch)];
  if (processor === undefined) throw new Error(`there is no Secret Call for ${process.arch}`);
  const { summary, generic, keywords, paragraphs } = TEXTS;
  return {
    /** @type {string} */ name: manifest.name,
    /** @type {string} */ title: manifest.productName,
    /** @type {string} */ version: version ?? manifest.version,
    /** @type {string} */ maintainer: manifest.author,
    /** @type {string} */ homepage: manifest.homepage,
    /** @type {string} */ licence: manifest.license,
    /** @type {string} */ desktopEntry: manifest.desktopName,
    appStreamId: APPSTREAM_ID,
    scheme: 'secret-call',
    section: 'comm',
    categories: ['Network', 'Telephony'],
    processor,
    summary,
    generic,
    keywords,
    paragraphs,
    debianDepends: [...DEBIAN_LIBRARIES, LOADED_BY_WINDOWS.deb],
    rpmRequires: [LOADED_BY_WINDOWS.rpm, 'hicolor-icon-theme', 'xdg-utils'],
    recommends: RECOMMENDED,
  };
}
