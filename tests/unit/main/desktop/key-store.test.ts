/** Holds the key store to sealing only where the system really does. */

import { describe, expect, it } from 'vitest';
import { type SafeStorageLike, systemSealer } from '../../../../main/desktop/key-store.ts';

type Backend = ReturnType<SafeStorageLike['getSelectedStorageBackend']>;

const store = (backend: Backend, available = true): SafeStorageLike => ({
  isEncryptionAvailable: () => available,
  getSelectedStorageBackend: () => backend,
  encryptString: (text) => Buffer.from(`sealed ${text}`),
  decryptString: (sealed) => sealed.toString().replace('sealed ', ''),
});

describe('the key store', () => {
  it.each([
    ['gnome_libsecret', 'linux', true],
    ['kwallet6', 'linux', true],
    ['basic_text', 'linux', false],
    ['unknown', 'linux', false],
    ['unknown', 'darwin', true],
    ['unknown', 'win32', true],
  ] as const)('%s on %s seals: %s', (backend, platform, seals) => {
    expect(systemSealer(store(backend), platform) !== null).toBe(seals);
  });

  it('is none where nothing can be encrypted', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect(systemSealer(store('gnome_libsecret', false), platform)).toBeNull();
  });

  it('opens what it sealed', () => {
    const sealer = systemSealer(store('gnome_libsecret'), 'linux');
    expect(sealer?.open(sealer.seal('room'))).toBe('room');
  });
});
