/** Owns asking the system for the microphone, at the moment the call's page asks for it. */

import type { SystemPreferences } from 'electron';

/** Answers of `getMediaAccessStatus` after which a microphone would only seem to be busy, or stay silent. */
const REFUSALS: readonly string[] = ['denied', 'restricted'];

/** macOS asks the person once and keeps the answer; Windows has a switch in its settings; elsewhere nothing can be asked. */
export async function mayUseMicrophone(
  platform: NodeJS.Platform,
  system: Pick<SystemPreferences, 'askForMediaAccess' | 'getMediaAccessStatus'>,
): Promise<boolean> {
  if (platform === 'darwin') return system.askForMediaAccess('microphone');
  if (platform === 'win32') return !REFUSALS.includes(system.getMediaAccessStatus('microphone'));
  return true;
}
