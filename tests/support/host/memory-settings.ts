/** Owns settings that live in memory, and a disk that can be made to fail. */

import type { HostPreferences } from '../../../main/common/host-api/snapshot.ts';
import { fail, ok, type Result } from '../../../main/common/result.ts';
import { DEFAULT_PREFERENCES, parsePreferencesChange, type Settings } from '../../../main/settings.ts';

export class MemorySettings implements Settings {
  serversLeftOut = false;
  preferences: HostPreferences = { ...DEFAULT_PREFERENCES, iceServers: [] };
  damaged = false;
  newer = false;
  diskFails = false;

  async update(change: Partial<HostPreferences>): Promise<Result<null, 'bad-options' | 'not-saved'>> {
    const parsed = parsePreferencesChange(change);
    if (!parsed.ok) return parsed;
    this.preferences = { ...this.preferences, ...parsed.value };
    return this.diskFails ? fail('not-saved') : ok(null);
  }
}
