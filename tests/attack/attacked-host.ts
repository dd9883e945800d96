/** Owns the host whose call is attacked: a room of its own on a free port, and what its person is shown of it. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fromBase64Url } from '../../main/common/bytes.ts';
import type { RoomCommand } from '../../main/common/host-api/commands.ts';
import type { LiveStatus } from '../../main/common/host-api/snapshot.ts';
import { silentLogger } from '../../main/common/logger.ts';
import { createHost } from '../../main/host/create-host.ts';
import type { HostService } from '../../main/host/host-service.ts';
import { openSettings } from '../../main/settings.ts';
import { OUTSIDE_ORIGIN } from './floods.ts';

export class AttackedHost {
  readonly #service: HostService;
  readonly #dataDirectory: string;

  private constructor(service: HostService, dataDirectory: string) {
    this.#service = service;
    this.#dataDirectory = dataDirectory;
  }

  static async start(capacity: number): Promise<AttackedHost> {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'secret-call-attacked-'));
    const settings = await openSettings(dataDirectory);
    await settings.update({ iceServers: [] });
    const pageDirectory = resolve('dist/web-client');
    const service = createHost({ dataDirectory, pageDirectory, logger: silentLogger, settings });
    const host = new AttackedHost(service, dataDirectory);
    const options = {
      mode: 'group',
      capacity,
      port: 0,
      tunnel: 'none',
      otherTunnel: false,
      lan: false,
      keepRoom: false,
      lobby: false,
      files: true,
      relayOnly: false,
      origins: [OUTSIDE_ORIGIN],
    } as const;
    const started = await service.start(options);
    if (started.ok) return host;
    await host.stop();
    throw new Error(`the host does not start: ${started.error}`);
  }

  get status(): LiveStatus {
    const { status } = this.#service.snapshot;
    if (status.phase !== 'live') throw new Error(`the host is ${status.phase}`);
    return status;
  }

  get port(): number {
    return this.status.port;
  }

  /** Where pages of this computer have it. */
  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  get invite(): string {
    return this.status.local.invite;
  }

  /** What the link lets in by. */
  get token(): Uint8Array {
    const token = fromBase64Url(this.invite.split('.').at(-1) ?? '');
    if (token === null) throw new Error('the invite has no token');
    return token;
  }

  async have(command: RoomCommand): Promise<void> {
    const done = await this.#service.room(command);
    if (!done.ok) throw new Error(`the host cannot ${command.type}: ${done.error}`);
  }

  async stop(): Promise<void> {
    await this.#service.stop();
    await rm(this.#dataDirectory, { recursive: true, force: true });
  }
}
