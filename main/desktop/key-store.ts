/** Owns the system's key store, where there is a real one: what it seals opens for this account on this computer only. */

import type { SafeStorage } from 'electron';
import type { Sealer } from '../host/sealed-file.ts';

export type SafeStorageLike = Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'getSelectedStorageBackend' | 'encryptString' | 'decryptString'
>;

/** With a password that stands in the program, or with one that nobody can name: as good as none. */
const UNSAFE_BACKENDS: readonly string[] = ['basic_text', 'unknown'];

/** Once the app is ready; null where there is none. */
export function systemSealer(store: SafeStorageLike, platform: NodeJS.Platform): Sealer | null {
  if (!store.isEncryptionAvailable()) return null;
  if (platform === 'linux' && UNSAFE_BACKENDS.includes(store.getSelectedStorageBackend())) return null;
  return {
    seal: (text) => new Uint8Array(store.encryptString(text)),
    open: (sealed) => store.decryptString(Buffer.from(sealed)),
  };
}
