/** Owns the notifications: few of them, each once, none while the app is looked at, and a click brings up what it is about. */

import type { NotificationConstructorOptions } from 'electron';
import type { CallNotice } from '../../common/call-api/commands.ts';
import type { HostSnapshot, HostStatus } from '../../common/host-api/snapshot.ts';
import type { Disposable } from '../../common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../common/platform.ts';
import { NOTIFICATIONS } from '../../common/protocol/limits.ts';
import { Timeout } from '../../common/timing/timeout.ts';
import { TokenBucket } from '../../common/timing/token-bucket.ts';
import { nativeTexts } from '../native-texts.ts';
import {
  askersOf,
  hasNoTunnel,
  lostTunnel,
  movedTunnel,
  NOTICE_KINDS,
  type Notice,
  newcomersOf,
  noticeWords,
} from './notice.ts';

/** Most tunnels are back before anybody could do something about it. */
export const TUNNEL_LOST_AFTER_MS = 10_000;

/** Shown ones that a click can still come from; the system keeps some for days. */
const KEPT_MAX = 16;

export interface NotificationLike {
  on(event: 'click', listener: () => void): unknown;
  show(): void;
  close(): void;
}

export interface NotifierDependencies {
  readonly create: (options: NotificationConstructorOptions) => NotificationLike;
  readonly supported: () => boolean;
  readonly snapshot: () => HostSnapshot;
  /** Whether a window of the app has the focus. */
  readonly focused: () => boolean;
  /** Whether the call's window is in the room of this app, whose page then tells who comes. */
  readonly inOwnCall: () => boolean;
  readonly raiseHost: () => void;
  readonly raiseCall: () => void;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

export class Notifier implements Disposable {
  readonly #dependencies: NotifierDependencies;
  readonly #buckets: ReadonlyMap<Notice['kind'], TokenBucket>;
  readonly #tunnelTimer: Timeout;
  /** Without a reference, a click on one is lost. */
  readonly #shown: NotificationLike[] = [];
  #status: HostStatus;

  constructor(dependencies: NotifierDependencies) {
    this.#dependencies = dependencies;
    const nowMs = dependencies.clock();
    this.#buckets = new Map(NOTICE_KINDS.map((kind) => [kind, new TokenBucket(NOTIFICATIONS, nowMs)]));
    this.#tunnelTimer = new Timeout(dependencies.timers);
    this.#status = dependencies.snapshot().status;
  }

  handleSnapshot({ status }: HostSnapshot): void {
    const before = this.#status;
    this.#status = status;
    if (!this.#dependencies.inOwnCall())
      for (const notice of newcomersOf(before, status)) this.#tell(notice, 'room');
    // No page tells of them, and only the host can answer.
    for (const notice of askersOf(before, status)) this.#tell(notice, 'room');
    if (lostTunnel(before, status)) {
      this.#tunnelTimer.set(() => this.#tell({ kind: 'tunnel-lost' }, 'room'), TUNNEL_LOST_AFTER_MS);
    } else if (!hasNoTunnel(status)) this.#tunnelTimer.clear();
    if (movedTunnel(before, status)) this.#tell({ kind: 'tunnel-moved' }, 'room');
  }

  handleCallNotice(notice: CallNotice): void {
    this.#tell(notice, 'call');
  }

  dispose(): void {
    this.#tunnelTimer.dispose();
    for (const notification of this.#shown.splice(0)) notification.close();
  }

  #tell(notice: Notice, from: 'room' | 'call'): void {
    const { create, supported, snapshot, focused, raiseHost, raiseCall, clock } = this.#dependencies;
    const { preferences, language } = snapshot();
    if (
      !preferences.notifications ||
      !supported() ||
      focused() ||
      !this.#buckets.get(notice.kind)?.take(clock())
    )
      return;
    const words = noticeWords(notice, nativeTexts[language], preferences.notificationTexts);
    // The page has sounds of its own for who comes and writes.
    const notification = create({ ...words, silent: from === 'call' });
    notification.on('click', from === 'call' ? raiseCall : raiseHost);
    this.#shown.push(notification);
    if (this.#shown.length > KEPT_MAX) this.#shown.shift();
    notification.show();
  }
}
