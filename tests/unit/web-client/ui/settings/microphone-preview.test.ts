import { describe, expect, it } from 'vitest';
import { MicrophonePreview } from '../../../../../web-client/ui/settings/microphone-preview.ts';

function begun() {
  const wishes: string[] = [];
  const look = new MicrophonePreview({
    openMicrophone: () => wishes.push('open'),
    closeMicrophone: () => wishes.push('close'),
  });
  return { look, wishes };
}

describe('MicrophonePreview', () => {
  it('closes with the last who looks', () => {
    const { look, wishes } = begun();
    look.begin('check');
    look.begin('settings');
    look.end('settings');
    expect(wishes).not.toContain('close');

    look.end('check');
    expect(wishes.filter((wish) => wish === 'close')).toHaveLength(1);
  });

  it('asks again when somebody who looks already begins once more', () => {
    const { look, wishes } = begun();
    look.begin('check');
    look.begin('check');
    look.end('check');
    expect(wishes).toEqual(['open', 'open', 'close']);
  });

  it('closes nothing that was never opened', () => {
    const { look, wishes } = begun();
    look.end('settings');
    expect(wishes).toEqual([]);
  });
});
