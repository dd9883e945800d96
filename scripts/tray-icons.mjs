// @ts-check
/**
 * Owns the small icons of the tray and the taskbar: drawn from assets/icon.svg with a mark each, as PNG in
 * renderer/public/tray/. Run by hand when they are to look different: `node scripts/tray-icons.mjs`, with a Chromium.
 */

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { inProject } from './project.mjs';

/** Of assets/icon.svg, whose units all drawings have. */
const SIDE = 512;
const PEOPLE_MAX = 12;

/** The mark in the corner, by what goes on; white around it keeps it apart from the icon. */
const COLOURED = {
  idle: '',
  hosting: mark('#ffb020', ''),
  talking: mark('#23b26d', ''),
  muted: mark('#e5484d', '<path d="M318 386h112" stroke="#fff" stroke-width="38" stroke-linecap="round"/>'),
};

/** macOS draws these in the colour of its bar, so the shapes alone have to tell. */
const HOLE = '<circle cx="400" cy="400" r="126"/>';
const TEMPLATES = {
  idle: { cut: '', add: '' },
  hosting: {
    cut: HOLE,
    add: '<circle cx="400" cy="400" r="70" fill="none" stroke="#000" stroke-width="44"/>',
  },
  talking: { cut: HOLE, add: '<circle cx="400" cy="400" r="92"/>' },
  muted: {
    cut: '<path d="M76 60l392 392" stroke="#000" stroke-width="130"/>',
    add: '<path d="M76 60l392 392" stroke="#000" stroke-width="46" stroke-linecap="round"/>',
  },
};

/** @param {string} colour @param {string} inside */
function mark(colour, inside) {
  return `<circle cx="374" cy="386" r="126" fill="#fff"/><circle cx="374" cy="386" r="104" fill="${colour}"/>${inside}`;
}

/** @param {string} inside */
const drawing = (inside) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}">${inside}</svg>`;

/** @param {number} people */
const badge = (people) =>
  drawing(
    `<circle cx="256" cy="256" r="248" fill="#23b26d"/><text x="256" y="256" dy=".36em" fill="#fff" text-anchor="middle"
      font-family="DejaVu Sans, Arial, sans-serif" font-weight="700" font-size="${people < 10 ? 370 : 290}">${people}</text>`,
  );

/** @param {string} bubble @param {{ cut: string, add: string }} shapes */
const template = (bubble, { cut, add }) =>
  // The bubble is drawn larger than in the icon, which has a ground around it.
  drawing(
    `<mask id="kept"><rect width="${SIDE}" height="${SIDE}" fill="#fff"/>${cut}</mask>
    <g mask="url(#kept)"><path transform="translate(256 256) scale(1.5) translate(-256 -263)" fill-rule="evenodd" d="${bubble}"/></g>${add}`,
  );

const icon = await readFile(inProject('assets/icon.svg'), 'utf8');
const bubble = / d="([^"]+)"/.exec(icon)?.[1];
if (bubble === undefined) throw new Error('assets/icon.svg has no bubble');

/** @type {[name: string, svg: string, pixels: number][]} */
const pictures = [
  ...Object.entries(COLOURED).map(
    ([name, inside]) =>
      /** @type {[string, string, number]} */ ([name, icon.replace('</svg>', `${inside}</svg>`), 32]),
  ),
  ...Object.entries(TEMPLATES).flatMap(([name, shapes]) => {
    const svg = template(bubble, shapes);
    return /** @type {[string, string, number][]} */ ([
      [`${name}Template`, svg, 16],
      [`${name}Template@2x`, svg, 32],
    ]);
  }),
  ...Array.from(
    { length: PEOPLE_MAX },
    (_, index) => /** @type {[string, string, number]} */ ([`people-${index + 1}`, badge(index + 1), 32]),
  ),
];

const folder = inProject('renderer/public/tray');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage();
  for (const [name, svg, pixels] of pictures) {
    await page.setViewportSize({ width: pixels, height: pixels });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${svg}`);
    await writeFile(`${folder}/${name}.png`, await page.screenshot({ omitBackground: true }));
  }
} finally {
  await browser.close();
}
