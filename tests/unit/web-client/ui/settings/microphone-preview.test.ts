import { describe, expect, it } from 'vitest';
import { MicrophonePreview } from '../../../../../web-client/ui/settings/microphone-preview.ts';

function begun() {
  const intents: string[] = [];
  const preview = new MicrophonePreview({
    openMicrophone: () => intents.push('open'),
    closeMicrophone: () => intents.push('close'),
  });
  return { preview, intents };
}

describe('MicrophonePreview', () => {
  it('closes with the last who looks', () => {
    const { preview, intents } = begun();
    preview.begin('check');
    preview.begin('settings');
    preview.end('settings');
    expect(intents).not.toContain('close');

    preview.end('check');
    expect(intents.filter((intent) => intent === 'close')).toHaveLength(1);
  });

  it('asks again when somebody who looks already begins once more', () => {
    const { preview, intents } = begun();
    preview.begin('check');
    preview.begin('check');
    preview.end('check');
    expect(intents).toEqual(['open', 'open', 'close']);
  });

  it('closes nothing that was never opened', () => {
    const { preview, intents } = begun();
    preview.end('settings');
    expect(intents).toEqual([]);
  });
});
