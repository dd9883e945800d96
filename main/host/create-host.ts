/** Owns putting the host core together from its real dependencies: certificate, server, tunnel, names. */

import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Bytes } from '../common/bytes.ts';
import { RoomNames } from '../common/e2ee/room-names.ts';
import { hostSystem } from '../common/host-api/remedies.ts';
import type { NoticeCode } from '../common/host-api/snapshot.ts';
import type { TurnServer } from '../common/host-api/turn-server.ts';
import type { Logger } from '../common/logger.ts';
import type { TextCoderLike } from '../common/platform.ts';
import type { Language } from '../common/translate.ts';
import type { Settings } from '../settings.ts';
import { createTunnel, type SshOverrides } from '../tunnel/tunnel.ts';
import { HostController } from './host-controller.ts';
import type { HostService } from './host-service.ts';
import { KeptRoomFile } from './kept-room-file.ts';
import type { TurnStore } from './turn-store.ts';

export interface CreateHostOptions {
  /** The certificate and a room are kept here. */
  readonly dataDirectory: string;
  /** Known hosts and pid files of a tunnel are; another one where the data directory takes nothing. */
  readonly workDirectory?: string;
  /** The built page for guests. */
  readonly pageDirectory: string;
  readonly logger: Logger;
  readonly settings: Settings;
  /** Another ssh server than localhost.run's own. */
  readonly ssh?: SshOverrides;
  /** Shown unless the preferences name another one; English if left out. */
  readonly systemLanguage?: Language;
  readonly createTunnel?: typeof createTunnel;
  /** TURN servers in the place of the settings' own. */
  readonly turnServers?: readonly TurnServer[];
  /** The settings' own; there are none if left out. */
  readonly turnStore?: TurnStore;
  /** What is to be shown from the start. */
  readonly notices?: readonly NoticeCode[];
  /** Where a room is kept, with what was found there; unsealed and not looked for if left out. */
  readonly keptRoom?: KeptRoomFile;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const text: TextCoderLike = {
  encode: (value) => new Uint8Array(encoder.encode(value)),
  decode: (bytes) => decoder.decode(bytes),
};

/** Nearly all the code there is, so a window comes up without it; a host that is never started never needs it. */
const loadServer = () => Promise.all([import('../server/server.ts'), import('../server/certificate.ts')]);

/** So that the first start need not wait for code to be read and compiled. */
export async function prepareHosting(
  setup: Pick<CreateHostOptions, 'pageDirectory' | 'logger'>,
): Promise<void> {
  const [{ rehearseRoomServer }] = await loadServer();
  await rehearseRoomServer(setup);
}

/** A few lines; only Linux has them. */
function readRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

const randomBytes = (sizeBytes: number): Bytes => webcrypto.getRandomValues(new Uint8Array(sizeBytes));

export function createHost(setup: CreateHostOptions): HostService {
  const { dataDirectory, pageDirectory, logger, settings, ssh } = setup;
  const workDirectory = setup.workDirectory ?? dataDirectory;
  const keptRoom = setup.keptRoom ?? new KeptRoomFile(dataDirectory, () => null);
  const makeTunnel = setup.createTunnel ?? createTunnel;
  return new HostController({
    settings,
    logger,
    systemLanguage: setup.systemLanguage ?? 'en',
    system: hostSystem(process.platform, readRelease()),
    turnServers: setup.turnServers ?? [],
    turnStore: setup.turnStore ?? null,
    notices: [
      ...(setup.notices ?? []),
      ...(workDirectory === dataDirectory ? [] : ['data-folder-unusable' as const]),
    ],
    dependencies: {
      loadCertificate: async (lan) => {
        const [{ lanAddresses }, { loadOrCreateCertificate }] = await loadServer();
        return loadOrCreateCertificate(dataDirectory, lan ? lanAddresses() : [], new Date());
      },
      startServer: async (start, signal) => {
        const [{ startRoomServer }] = await loadServer();
        return startRoomServer({ ...start, pageDirectory, logger }, signal);
      },
      createTunnel: (tunnel) =>
        makeTunnel({ ...tunnel, dataDirectory: workDirectory, logger, ...(ssh && { ssh }) }),
      openNames: (secret) => RoomNames.create({ crypto: webcrypto, text }, secret),
      randomBytes,
      keptRoom,
      clock: () => performance.now(),
      timers: { setTimeout, clearTimeout },
      wallClockMs: () => Date.now(),
    },
  });
}
