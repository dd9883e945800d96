/** Owns `npm run screenshots`: every screen of the guest page as a picture in both languages, sizes and themes, and the README's. */

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from '../../main/common/translate.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { type PageScene, showScene } from '../support/page/page-scene.ts';
import { PAGE_SCENES } from '../support/page/page-scenes.ts';
import { PageViews } from '../support/page/page-view.ts';
import { PUBLIC_HOST } from '../support/page/scene-rooms.ts';
import { photographCall } from './real-call.ts';

/** Where the page is looked at: as a phone and a desktop show it, and in the app at a narrow and a wide window. */
const SEATS = [
  {
    prefix: '',
    query: '',
    sizes: [
      { width: 390, height: 844 },
      { width: 1280, height: 800 },
    ],
    hasScene: ({ ownDoor }: PageScene) => ownDoor === undefined,
  },
  {
    prefix: 'app-',
    query: '&app=linux',
    sizes: [
      { width: 480, height: 720 },
      { width: 1280, height: 800 },
    ],
    // Calls always work there.
    hasScene: ({ name }: PageScene) => !name.startsWith('browser-only'),
  },
] as const;
const LANGUAGES: readonly Language[] = ['en', 'ru'];
/** The word that makes the README's pictures alone. */
const README = 'readme';
const THEMES = ['dark', 'light'] as const;

/** `only`: scenes whose name holds this; empty is all. */
async function photographScenes(executable: string, folder: string, only: string): Promise<number> {
  const views = await PageViews.start(executable, { publicHost: PUBLIC_HOST, graphicsCard: true });
  let count = 0;
  try {
    for (const { prefix, query, sizes, hasScene } of SEATS) {
      const scenes = PAGE_SCENES.filter(
        (scene) => `${prefix}${scene.name}`.includes(only) && hasScene(scene),
      );
      for (const viewport of sizes)
        for (const language of LANGUAGES)
          for (const colorScheme of THEMES) {
            const kind = `${language}-${viewport.width}x${viewport.height}-${colorScheme}`;
            const view = await views.open({
              query: `?lang=${language}${query}`,
              viewport,
              colorScheme,
              reducedMotion: 'reduce',
              hasTouch: viewport.width < 400,
            });
            for (const scene of scenes) {
              await showScene(view, scene);
              const path = join(folder, `${prefix}${scene.name}-${kind}.png`);
              await view.page.screenshot({ path, animations: 'disabled' });
              count += 1;
            }
            if (view.faults.length > 0) throw new Error(`${kind}: ${view.faults.join('; ')}`);
            await view.close();
          }
    }
  } finally {
    await views.end();
  }
  return count;
}

const [folder = 'dist/screenshots', only = ''] = process.argv.slice(2);
const executable = findChromium();
if (executable === null) throw new Error('no Chromium to make pictures with');
if (only === '') await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
if (only !== README) console.log(`${await photographScenes(executable, folder, only)} pictures in ${folder}`);
if (only === '' || only === README) await photographCall(executable, folder);
