/** Owns proof of which system is asked for the microphone, in which way, and what its refusal comes to. */

import { expect, it } from 'vitest';
import { mayUseMicrophone } from '../../../../../main/desktop/call/microphone-access.ts';

type Status = ReturnType<Electron.SystemPreferences['getMediaAccessStatus']>;

function systemThat(answers: boolean, status: Status = 'not-determined') {
  const asked: string[] = [];
  return {
    asked,
    askForMediaAccess: async (kind: 'microphone' | 'camera') => {
      asked.push(`ask ${kind}`);
      return answers;
    },
    getMediaAccessStatus: (kind: 'microphone' | 'camera' | 'screen') => {
      asked.push(`look ${kind}`);
      return status;
    },
  };
}

it.each([true, false])('puts the question of macOS, whose answer is %s', async (answer) => {
  const system = systemThat(answer);
  expect(await mayUseMicrophone('darwin', system)).toBe(answer);
  expect(system.asked).toEqual(['ask microphone']);
});

it.each([
  ['granted', true],
  ['not-determined', true],
  ['unknown', true],
  ['denied', false],
  ['restricted', false],
] as const)('reads the switch of Windows: %s', async (status, may) => {
  const system = systemThat(false, status);
  expect(await mayUseMicrophone('win32', system)).toBe(may);
  expect(system.asked).toEqual(['look microphone']);
});

it('asks nothing where nothing can be asked', async () => {
  const system = systemThat(false);
  expect(await mayUseMicrophone('linux', system)).toBe(true);
  expect(system.asked).toEqual([]);
});
