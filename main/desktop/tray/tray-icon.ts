/** Owns the icon in the tray: what goes on at a glance, and a menu to do something about it. */

import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import type { Disposable } from '../../common/lifecycle.ts';
import { type Activity, activityLines, type Glance, glanceOf } from '../activity.ts';
import type { NativeTexts } from '../native-texts.ts';
import { type TrayActions, trayMenuTemplate } from './tray-menu.ts';

/** Windows cuts a longer one off. */
const TOOLTIP_MAX_UNITS = 127;

export type TrayLike = Pick<Tray, 'destroy' | 'setContextMenu' | 'setImage' | 'setToolTip'> & {
  on(event: 'click', listener: () => void): unknown;
};

export interface TrayIconDependencies {
  readonly create: (image: NativeImage) => TrayLike;
  readonly image: (glance: Glance) => NativeImage;
  readonly menu: (template: MenuItemConstructorOptions[]) => Menu;
  readonly actions: TrayActions;
  /** Whether this build looks for updates at all. */
  readonly hasUpdates: boolean;
  readonly platform: NodeJS.Platform;
}

export class TrayIcon implements Disposable {
  readonly #dependencies: TrayIconDependencies;
  readonly #tray: TrayLike;
  #glance: Glance = 'idle';
  #shown = '';
  #disposed = false;

  constructor(dependencies: TrayIconDependencies) {
    const { create, image, actions, platform } = dependencies;
    this.#dependencies = dependencies;
    this.#tray = create(image(this.#glance));
    // macOS opens the menu by this very click.
    if (platform !== 'darwin') this.#tray.on('click', () => actions.open());
  }

  /** Draws nothing anew that is shown already: an open menu would close. */
  show(activity: Activity, t: NativeTexts): void {
    if (this.#disposed) return;
    const { image, menu, actions, hasUpdates } = this.#dependencies;
    const template = trayMenuTemplate(activity, t, { ...actions, hasUpdates });
    const shown = JSON.stringify(template);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const glance = glanceOf(activity);
    if (glance !== this.#glance) this.#tray.setImage(image(glance));
    this.#glance = glance;
    const lines = activityLines(activity, t);
    this.#tray.setToolTip(
      (lines.length === 0 ? t('status.idle') : lines.join(' · ')).slice(0, TOOLTIP_MAX_UNITS),
    );
    this.#tray.setContextMenu(menu(template));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#tray.destroy();
  }
}

/** The file of a picture, below the folder of the tray's: macOS wants one that it can colour itself, and finds its twin for sharp screens. */
export const trayImageFile = (glance: Glance, platform: NodeJS.Platform): string =>
  platform === 'darwin' ? `${glance}Template.png` : `${glance}.png`;
