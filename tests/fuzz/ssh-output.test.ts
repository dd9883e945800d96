/** Plays what no provider should send into the readers of tunnel output: whatever comes, only a true address comes out. */

import fc from 'fast-check';
import { describe, it } from 'vitest';
import { LINE_MAX_UNITS, LineReader } from '../../main/tunnel/process/line-reader.ts';
import {
  classifyCloudflaredError,
  parseQuickTunnel,
} from '../../main/tunnel/providers/cloudflared-output.ts';
import { parseSshTarget } from '../../main/tunnel/providers/ssh-args.ts';
import { classifySshError, parseAnnouncement } from '../../main/tunnel/providers/ssh-output.ts';
import { inputs } from '../support/random/fuzz-inputs.ts';

const ADDRESS = /^https:\/\/[a-z0-9]([a-z0-9-]*[a-z0-9])?\.(lhr\.life|localhost\.run|lhr\.rocks)$/;
const QUICK_TUNNEL = /^https:\/\/[a-z0-9-]+\.trycloudflare\.com$/;

const NAME = '0f1e2d3c4b5a69.lhr.life';
const SENTENCE = `${NAME} tunneled with tls termination, https://${NAME}`;

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 }));

const jsonEvent = fc
  .record(
    {
      type: fc.oneof(fc.constant('v1.tcpip_forward.register.accepted'), fc.jsonValue()),
      event: fc.oneof(fc.constant('tcpip-forward'), fc.jsonValue()),
      status: fc.oneof(fc.constant('success'), fc.jsonValue()),
      data: fc.oneof(fc.constant(SENTENCE), anyText, fc.jsonValue()),
      address: fc.oneof(fc.constant(NAME), fc.domain(), anyText, fc.jsonValue()),
      ['__proto__']: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  .map((event) => JSON.stringify(event));

/** A line that would be right, with a few characters changed, put in or taken out. */
const damaged = fc
  .tuple(
    fc.constantFrom<string>(SENTENCE, `{"event":"tcpip-forward","address":"${NAME}","status":"success"}`),
    fc.array(fc.tuple(fc.nat(200), fc.nat(3), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 4 }),
  )
  .map(([line, edits]) =>
    edits.reduce((text, [at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut), line),
  );

const twoNames = fc
  .tuple(fc.domain(), fc.domain())
  .map(([one, other]) => `${one} tunneled with tls termination, https://${other}`);

describe('lines of the tunnel', () => {
  it('make an address only of a true announcement', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, jsonEvent, damaged, twoNames), (line) => {
        const url = parseAnnouncement(line);
        return url === null || (ADDRESS.test(url) && line.includes(url.slice('https://'.length)));
      }),
      inputs('lines of ssh'),
    );
  });

  it('make a reason or none, at any length', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 14 }), (text, times) => {
        const line = text.repeat(times);
        classifySshError(line);
        classifyCloudflaredError(line);
      }),
      inputs('reasons of ssh and cloudflared'),
    );
  });

  it('are the same lines however the output is cut', () => {
    const line = fc.oneof(
      anyText,
      fc.integer({ min: 0, max: 3 }).map((more) => 'x'.repeat(LINE_MAX_UNITS - 1 + more)),
    );
    const chunks = fc.array(fc.oneof(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 20 });
    fc.assert(
      fc.property(chunks, fc.nat(50), (parts, size) => {
        const text = parts.join('');
        const whole = readAll([text]);
        const step = size + 1;
        const pieces = Array.from({ length: Math.ceil(text.length / step) }, (_, index) =>
          text.slice(index * step, (index + 1) * step),
        );
        const cut = readAll(pieces);
        return (
          JSON.stringify(whole) === JSON.stringify(cut) &&
          whole.every((found) => found.length <= LINE_MAX_UNITS && !found.includes('\n'))
        );
      }),
      inputs('output, cut anywhere'),
    );
  });

  it('never hold more than one line', () => {
    const reader = new LineReader();
    for (let round = 0; round < 2_000; round++) {
      if (reader.push('y'.repeat(65_536)).length > 0) throw new Error('a line out of nothing');
    }
    if (reader.push('\nafter\n').join() !== 'after') throw new Error('the line after was lost');
  });
});

describe('answers of cloudflared', () => {
  it('make an address only of a name of its own', () => {
    const body = fc.oneof(
      anyText,
      fc.json(),
      fc
        .record({ hostname: fc.oneof(fc.domain(), anyText, fc.jsonValue()) })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(fc.constantFrom(200, 404, 503), body, (status, text) => {
        const url = parseQuickTunnel({ status, body: text });
        return url === null || QUICK_TUNNEL.test(url);
      }),
      inputs('answers of cloudflared'),
    );
  });
});

describe('targets of ssh', () => {
  it('never become an option, and hold nothing that ssh or a shell reads otherwise', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.emailAddress(), fc.domain()), (text) => {
        const target = parseSshTarget(text);
        if (!target.ok) return true;
        const { user, host } = target.value;
        return (
          /^[\w.:-]+$/.test(host) && !host.startsWith('-') && (user === null || /^\w[\w.-]*$/.test(user))
        );
      }),
      inputs('targets of ssh'),
    );
  });
});

function readAll(chunks: readonly string[]): string[] {
  const reader = new LineReader();
  return [...chunks.flatMap((chunk) => reader.push(chunk)), ...reader.end()];
}
