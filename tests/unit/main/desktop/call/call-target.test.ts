/** Owns proof that a call's page may ask its own server for two things, and nobody else for anything. */

import { describe, expect, it } from 'vitest';
import { mayAsk } from '../../../../../main/desktop/call/call-target.ts';
import { appPagePolicy } from '../../../../../main/server/page-headers.ts';

const certificate = null;

describe('mayAsk', () => {
  it.each([
    ['http://localhost:8790', 'http://localhost:8790/healthz'],
    ['http://localhost:8790', 'ws://localhost:8790/ws'],
    ['http://localhost:8790', 'ws://localhost:8790/ws?ticket=x'],
    ['https://a.lhr.life', 'https://a.lhr.life/healthz'],
    ['https://a.lhr.life', 'wss://a.lhr.life/ws'],
    ['https://a.lhr.life', 'wss://moved.lhr.life/ws'],
    ['https://a.lhr.life', 'wss://moved.trycloudflare.com/ws'],
    ['https://a.localhost.run', 'wss://moved.lhr.rocks/ws'],
    ['https://a.trycloudflare.com', 'wss://moved.lhr.life/ws'],
    ['https://rooms.example', 'wss://rooms.example/ws'],
  ])('lets the page at %s ask %s', (server, address) => {
    expect(mayAsk({ server, certificate }, address)).toBe(true);
  });

  it.each([
    ['http://localhost:8790', 'http://localhost:8790/'],
    ['http://localhost:8790', 'http://localhost:8790/index.html'],
    ['http://localhost:8790', 'http://localhost:8790/healthz/'],
    ['http://localhost:8790', 'http://localhost:8790/ws'],
    ['http://localhost:8790', 'http://localhost:8791/healthz'],
    ['http://localhost:8790', 'http://127.0.0.1:8790/healthz'],
    ['http://localhost:8790', 'https://localhost:8790/healthz'],
    ['http://localhost:8790', 'wss://moved.lhr.life/ws'],
    ['https://a.lhr.life', 'https://moved.lhr.life/healthz'],
    ['https://a.lhr.life', 'ws://a.lhr.life/ws'],
    ['https://a.lhr.life', 'wss://lhr.life/ws'],
    ['https://a.lhr.life', 'wss://moved.lhr.life:444/ws'],
    ['https://a.lhr.life', 'wss://moved.lhr.life.example/ws'],
    ['https://a.lhr.life', 'wss://evil-lhr.life/ws'],
    ['https://rooms.example', 'wss://moved.lhr.life/ws'],
    ['https://rooms.example', 'wss://a.rooms.example/ws'],
    ['https://lhr.life.example', 'wss://moved.lhr.life/ws'],
    ['https://rooms.example', 'file:///etc/passwd'],
    ['https://rooms.example', 'ftp://rooms.example/healthz'],
  ])('keeps the page at %s from asking %s', (server, address) => {
    expect(mayAsk({ server, certificate }, address)).toBe(false);
  });

  it('lets nobody be asked whose name a link says a certificate for: Chromium may take another', () => {
    const pin = new Uint8Array(32);
    expect(mayAsk({ server: 'https://rooms.example', certificate: pin }, 'wss://rooms.example/ws')).toBe(
      false,
    );
    expect(mayAsk({ server: 'https://10.0.0.7', certificate: pin }, 'wss://10.0.0.7/ws')).toBe(true);
  });

  it('is what the policy of that page says', () => {
    const policy = appPagePolicy('https://a.lhr.life', { scripts: [], styles: [] });
    expect(policy.split('; ').find((part) => part.startsWith('connect-src'))).toBe(
      "connect-src 'self' https://a.lhr.life/healthz wss://a.lhr.life/ws wss://*.lhr.life/ws wss://*.lhr.rocks/ws wss://*.localhost.run/ws wss://*.trycloudflare.com/ws",
    );
  });
});
