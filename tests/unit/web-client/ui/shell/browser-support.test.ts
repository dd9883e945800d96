import { describe, expect, it } from 'vitest';
import { canCall, shareableOrigin } from '../../../../../web-client/ui/shell/browser-support.ts';

const whole = {
  RTCPeerConnection: class {},
  crypto: { subtle: {} },
  navigator: { mediaDevices: {} },
};

describe('canCall', () => {
  it('is true where all three are there', () => {
    expect(canCall(whole)).toBe(true);
  });

  it.each([
    ['RTCPeerConnection', { ...whole, RTCPeerConnection: undefined }],
    ['crypto', { ...whole, crypto: undefined }],
    ['crypto.subtle', { ...whole, crypto: {} }],
    ['mediaDevices', { ...whole, navigator: {} }],
  ])('is false without %s', (_, features) => {
    expect(canCall(features as Parameters<typeof canCall>[0])).toBe(false);
  });
});

describe('shareableOrigin', () => {
  const at = (origin: string) => new URL(origin);

  it('is the own one where calls are allowed', () => {
    expect(shareableOrigin(at('https://abc.lhr.life'), true)).toBe('https://abc.lhr.life');
    expect(shareableOrigin(at('http://localhost:8790'), true)).toBe('http://localhost:8790');
  });

  it('is https at the same port where plain http is not enough', () => {
    expect(shareableOrigin(at('http://192.168.1.5:8790'), false)).toBe('https://192.168.1.5:8790');
  });
});
