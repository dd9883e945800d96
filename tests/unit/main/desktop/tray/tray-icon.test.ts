/** Owns proof that the tray shows what goes on, touches nothing that has not changed, and goes with the app. */

import { existsSync } from 'node:fs';
import type { Menu, NativeImage } from 'electron';
import { expect, it } from 'vitest';
import type { Activity, Glance } from '../../../../../main/desktop/activity.ts';
import { badgeImageFile } from '../../../../../main/desktop/badge.ts';
import { nativeTexts } from '../../../../../main/desktop/native-texts.ts';
import { TrayIcon, trayImageFile } from '../../../../../main/desktop/tray/tray-icon.ts';

const IDLE: Activity = { room: null, call: null };
const MUTED: Activity = { room: { people: 2, waiting: 0 }, call: { others: 1, microphone: 'muted' } };

function createTray(platform: NodeJS.Platform) {
  const log: string[] = [];
  let click = () => {};
  const nothing = () => {};
  const icon = new TrayIcon({
    platform,
    create: (image) => {
      log.push(`tray ${String(image)}`);
      return {
        on: (_event, listener) => {
          click = listener;
        },
        setImage: (image) => void log.push(`image ${String(image)}`),
        setToolTip: (text) => void log.push(`tip ${text}`),
        setContextMenu: (menu) => void log.push(`menu ${String(menu)}`),
        destroy: () => void log.push('destroyed'),
      };
    },
    // What stands for them is only passed on.
    image: (glance) => glance as unknown as NativeImage,
    menu: (template) => String(template.length) as unknown as Menu,
    hasUpdates: true,
    actions: {
      open: () => log.push('open'),
      showCall: nothing,
      copyLink: nothing,
      toggleMicrophone: nothing,
      leaveCall: nothing,
      stopHosting: nothing,
      checkForUpdates: nothing,
      quit: nothing,
    },
  });
  return { icon, log, click: () => click() };
}

it('shows each change once, in picture, words and menu', () => {
  const { icon, log } = createTray('linux');
  icon.show(IDLE, nativeTexts.en);
  icon.show(IDLE, nativeTexts.en);
  expect(log.splice(0)).toEqual(['tray idle', 'tip Secret Call', 'menu 5']);
  icon.show(MUTED, nativeTexts.en);
  icon.show(MUTED, nativeTexts.en);
  const tip = 'In a call with 1 other person · Your microphone is off · Your room is open, 2 people are in';
  expect(log.splice(0)).toEqual(['image muted', `tip ${tip}`, 'menu 15']);
  icon.show(MUTED, nativeTexts.ru);
  expect(log[0]).toContain('Вы в звонке');
  expect(log.length).toBe(2);
});

it('opens by a click where the system does not open the menu by it', () => {
  for (const [platform, opens] of [
    ['win32', ['open']],
    ['darwin', []],
  ] as const) {
    const { log, click } = createTray(platform);
    log.splice(0);
    click();
    expect(log).toEqual(opens);
  }
});

it('is gone once, and shows nothing afterwards', () => {
  const { icon, log } = createTray('win32');
  icon.dispose();
  icon.dispose();
  icon.show(MUTED, nativeTexts.en);
  expect(log).toEqual(['tray idle', 'destroyed']);
});

it('has a picture for everything that it can show', () => {
  const glances: readonly Glance[] = ['idle', 'hosting', 'talking', 'muted'];
  const files = [
    ...glances.flatMap((glance) => [trayImageFile(glance, 'linux'), trayImageFile(glance, 'darwin')]),
    ...glances.map((glance) => trayImageFile(glance, 'darwin').replace('.png', '@2x.png')),
    ...Array.from({ length: 12 }, (_, index) => badgeImageFile(index + 1)),
  ];
  expect(files.filter((file) => !existsSync(`renderer/public/tray/${file}`))).toEqual([]);
});
