/** Owns what the app shows outside its windows: the icon in the tray, the badge, the notifications. */

import path from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  Menu,
  type NativeImage,
  Notification,
  nativeImage,
  Tray,
} from 'electron';
import type { CallNotice } from '../common/call-api/commands.ts';
import { type Disposable, DisposableStore } from '../common/lifecycle.ts';
import type { TimersLike } from '../common/platform.ts';
import type { HostService } from '../host/host-service.ts';
import { type Activity, activityOf } from './activity.ts';
import { badgeImageFile, showBadge } from './badge.ts';
import { ownInvite } from './call/call-target.ts';
import type { Calls } from './call/calls.ts';
import { type NativeTexts, nativeTexts } from './native-texts.ts';
import { Notifier } from './notifications/notifier.ts';
import { hasTrayHost, trayHostFacts } from './tray/tray-host.ts';
import { TrayIcon, trayImageFile } from './tray/tray-icon.ts';

export interface PresenceOptions {
  readonly host: Pick<HostService, 'onSnapshot' | 'snapshot' | 'stop'>;
  readonly calls: Pick<Calls, 'current' | 'end' | 'onReport' | 'raise' | 'report' | 'tell'>;
  readonly raiseHost: () => void;
  readonly hasUpdates: boolean;
  readonly checkForUpdates: () => void;
  readonly quit: () => void;
  /** Folder with the pictures. */
  readonly pictures: string;
  readonly timers: TimersLike;
}

export class Presence implements Disposable {
  readonly #options: PresenceOptions;
  readonly #store = new DisposableStore();
  readonly #notifier: Notifier;
  #tray: TrayIcon | null = null;

  constructor(options: PresenceOptions) {
    const { host, calls, raiseHost, timers } = options;
    this.#options = options;
    this.#notifier = this.#store.add(
      new Notifier({
        create: (words) => new Notification(words),
        supported: () => Notification.isSupported(),
        snapshot: () => host.snapshot,
        focused: () => BrowserWindow.getFocusedWindow() !== null,
        inOwnCall: () => calls.current?.target.own === true && calls.report.call !== 'out',
        raiseHost,
        raiseCall: () => calls.raise(),
        clock: () => performance.now(),
        timers,
      }),
    );
    this.#store.add(
      host.onSnapshot((snapshot) => {
        this.#notifier.handleSnapshot(snapshot);
        this.#show();
      }),
    );
    this.#store.add(calls.onReport(() => this.#show()));
  }

  get activity(): Activity {
    const { host, calls } = this.#options;
    return activityOf(host.snapshot.status, calls.report);
  }

  handleCallNotice(notice: CallNotice): void {
    this.#notifier.handleCallNotice(notice);
  }

  /** Whether there is an icon that could bring a hidden window back; made where there is none yet and it would be seen. */
  async showTray(): Promise<boolean> {
    if (!(await hasTrayHost(trayHostFacts(process))) || this.#store.disposed) return false;
    this.#tray ??= this.#store.add(this.#createTray());
    this.#show();
    return true;
  }

  dispose(): void {
    this.#store.dispose();
  }

  #show(): void {
    const t: NativeTexts = nativeTexts[this.#options.host.snapshot.language];
    this.#tray?.show(this.activity, t);
    showBadge(this.activity, t, {
      platform: process.platform,
      app,
      windows: () => BrowserWindow.getAllWindows(),
      image: (people) => this.#picture(badgeImageFile(people)),
    });
  }

  #createTray(): TrayIcon {
    const { host, calls, raiseHost, hasUpdates, checkForUpdates, quit } = this.#options;
    return new TrayIcon({
      platform: process.platform,
      hasUpdates,
      create: (image) => new Tray(image),
      image: (glance) => this.#picture(trayImageFile(glance, process.platform)),
      menu: (template) => Menu.buildFromTemplate(template),
      actions: {
        open: raiseHost,
        showCall: () => calls.raise(),
        copyLink: () => void this.#copyLink(),
        toggleMicrophone: () => calls.tell({ type: 'toggle-microphone' }),
        leaveCall: () => void calls.end(),
        stopHosting: () => void host.stop(),
        checkForUpdates,
        quit,
      },
    });
  }

  async #copyLink(): Promise<void> {
    const invite = ownInvite(this.#options.host.snapshot.status);
    try {
      if (invite !== null) await clipboard.writeText(invite);
    } catch {
      // A menu has no place to say so; the window's own button does.
    }
  }

  #picture(file: string): NativeImage {
    return nativeImage.createFromPath(path.join(this.#options.pictures, file));
  }
}
