// @ts-check
/** Owns that the licences of what is bundled into a worker stand with those of the page: the bundler's list leaves workers out. */

import { appendFile, readFile } from 'node:fs/promises';
import { inProject } from './project.mjs';

const PACKAGE = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//;

export class WorkerLicences {
  /** @type {Set<string>} */
  #packages = new Set();

  /** To be put into the build of each worker.
   * @returns {import('vite').Plugin} */
  plugin() {
    return {
      name: 'worker-licences',
      generateBundle: (_options, bundle) => {
        for (const chunk of Object.values(bundle))
          for (const id of chunk.type === 'chunk' ? Object.keys(chunk.modules) : []) {
            const [, name] = PACKAGE.exec(id) ?? [];
            if (name !== undefined) this.#packages.add(name);
          }
      },
    };
  }

  /** With where the source is, which some licences ask for as well.
   * @param {string} file as the bundler wrote it */
  async addTo(file) {
    for (const name of [...this.#packages].sort()) {
      const folder = inProject('node_modules', name);
      const { version, license, repository } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
      const text = await readFile(`${folder}/LICENSE`, 'utf8');
      const source = `Source: ${repository.url.replace(/^git\+/, '')}`;
      await appendFile(file, `\n## ${name} - ${version} (${license})\n\n${source}\n\n${text.trim()}\n`);
    }
  }
}
