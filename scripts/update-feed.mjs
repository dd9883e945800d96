// @ts-check
/**
 * Owns the update feed of a release: which version is newest and which file each system is to fetch, signed, and what packages are told of
 * it. `update-feed.mjs keys` makes a pair of keys; `update-feed.mjs make DIRECTORY` writes the feed of the packages that lie there, signed
 * by UPDATE_SIGNING_KEY.
 */

import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { giveUp, inProject } from './project.mjs';

export const FEED_FILE = 'secret-call-updates.txt';

/** How the file that updates a system is called, behind name and version (electron-builder.yml). */
const FILE_ENDINGS = {
  'linux-x64': '-linux-x86_64.AppImage',
  'linux-arm64': '-linux-arm64.AppImage',
  'mac-x64': '-mac-x64.zip',
  'mac-arm64': '-mac-arm64.zip',
  'win-x64': '-win-x64.exe',
};

/** @typedef {{ name: string, size: number, sha512: string }} FeedFile */

/** @param {string} name @param {Uint8Array} content @returns {FeedFile} */
export const feedFile = (name, content) => ({
  name,
  size: content.length,
  sha512: createHash('sha512').update(content).digest('base64'),
});

/**
 * The signature, in base64, on a line of its own, and behind it what it is of.
 * @param {{ version: string, files: Record<string, FeedFile> }} release
 * @param {import('node:crypto').KeyObject} key
 */
export function signedFeed({ version, files }, key) {
  const text = `${JSON.stringify({ product: 'secret-call', format: 1, version, files }, null, 2)}\n`;
  return `${sign(null, Buffer.from(text), key).toString('base64')}\n${text}`;
}

/** @param {import('node:crypto').KeyObject} key public; the text that builds are told */
export const publicKeyText = (key) => key.export({ type: 'spki', format: 'der' }).toString('base64');

/** Of main/desktop/updates/update-source.ts, by the variables that name them. */
const SOURCE = /** @type {const} */ ({
  feed: 'SECRET_CALL_UPDATE_FEED',
  page: 'SECRET_CALL_UPDATE_PAGE',
  key: 'SECRET_CALL_UPDATE_KEY',
});
const PUBLISHER = 'SECRET_CALL_UPDATE_PUBLISHER';

/**
 * What goes into the package's package.json, as settings for electron-builder: nothing, so that it looks for no updates, or all of it.
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform where it is built
 * @returns {string[] | null} null where only a part is there
 */
export function updateSettings(env, platform) {
  const given = Object.entries(SOURCE).filter(([, variable]) => env[variable]);
  if (given.length === 0) return [];
  if (given.length < Object.keys(SOURCE).length) return null;
  const settings = given.map(([name, variable]) => `${name}=${env[variable]}`);
  if (env[PUBLISHER]) settings.push(`publisher=${env[PUBLISHER]}`);
  // macOS replaces no program that is not signed.
  if (platform === 'darwin' && !env.CSC_LINK) settings.push('byHand=true');
  return settings.map((setting) => `-c.extraMetadata.updates.${setting}`);
}

/** @param {string} directory @param {string} version */
async function filesIn(directory, version) {
  const names = await readdir(directory);
  /** @type {Record<string, FeedFile>} */
  const files = {};
  for (const [target, ending] of Object.entries(FILE_ENDINGS)) {
    const name = `secret-call-${version}${ending}`;
    if (names.includes(name)) files[target] = feedFile(name, await readFile(path.join(directory, name)));
  }
  return files;
}

/** @param {string} directory @param {NodeJS.ProcessEnv} env */
async function makeFeed(directory, env) {
  const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  const key = createPrivateKey(env.UPDATE_SIGNING_KEY ?? '');
  if (publicKeyText(createPublicKey(key)) !== env.UPDATE_KEY)
    giveUp('UPDATE_SIGNING_KEY and UPDATE_KEY are no pair: no installed program would believe this feed.');
  const files = await filesIn(directory, version);
  await writeFile(path.join(directory, FEED_FILE), signedFeed({ version, files }, key));
  console.log(`${FEED_FILE}: ${version} for ${Object.keys(files).join(', ') || 'nobody to fetch by itself'}`);
}

function makeKeys() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  console.log(`The secret UPDATE_SIGNING_KEY:\n${privateKey.export({ type: 'pkcs8', format: 'pem' })}`);
  console.log(`The variable UPDATE_KEY:\n${publicKeyText(publicKey)}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , command, directory] = process.argv;
  if (command === 'keys') makeKeys();
  else if (command === 'make' && directory) await makeFeed(directory, process.env);
  else giveUp('node scripts/update-feed.mjs keys | make DIRECTORY');
}
