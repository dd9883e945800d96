/** Checks the readers of cloudflared's answers and messages. */

import { describe, expect, it } from 'vitest';
import {
  classifyCloudflaredError,
  parseQuickTunnel,
  parseReady,
} from '../../../../../main/tunnel/providers/cloudflared-output.ts';

describe('parseQuickTunnel', () => {
  it('reads the address', () => {
    const body = '{"hostname":"four-plain-words-here.trycloudflare.com"}';
    expect(parseQuickTunnel({ status: 200, body })).toBe('https://four-plain-words-here.trycloudflare.com');
  });

  it.each([
    [200, '{"hostname":""}'],
    [200, '{"hostname":"evil.example"}'],
    [200, '{"hostname":"a.trycloudflare.com/path"}'],
    [200, '{"hostname":"a.trycloudflare.com.evil.example"}'],
    [200, '{"hostname":["a.trycloudflare.com"]}'],
    [200, '["a.trycloudflare.com"]'],
    [200, 'null'],
    [200, '404 page not found'],
    [503, '{"hostname":"a.trycloudflare.com"}'],
  ])('makes nothing of %d %s', (status, body) => {
    expect(parseQuickTunnel({ status, body })).toBeNull();
  });
});

describe('parseReady', () => {
  it('goes by the status', () => {
    expect(parseReady({ status: 200, body: '{"status":200,"readyConnections":1}' })).toBe(true);
    expect(parseReady({ status: 503, body: '{"status":503,"readyConnections":0}' })).toBe(false);
  });
});

describe('classifyCloudflaredError', () => {
  it.each([
    [
      'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": dial tcp: lookup api.trycloudflare.com on 192.0.2.1:53: no such host',
      'network-unreachable',
    ],
    [
      'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": dial tcp 192.0.2.1:443: connect: network is unreachable',
      'network-unreachable',
    ],
    [
      'failed to request quick Tunnel: Post "https://api.trycloudflare.com/tunnel": dial tcp 192.0.2.1:443: i/o timeout',
      'tunnel-timeout',
    ],
    [
      'ERR Error unmarshaling QuickTunnel response: error code: 1015 error="invalid character" status_code="429 Too Many Requests"',
      'tunnel-busy',
    ],
    ['failed to unmarshal quick Tunnel: invalid character', 'tunnel-refused'],
  ])('reads %s', (line, code) => {
    expect(classifyCloudflaredError(line)).toBe(code);
  });

  it('makes nothing of the rest', () => {
    expect(classifyCloudflaredError('INF Requesting new quick Tunnel on trycloudflare.com...')).toBeNull();
  });
});
