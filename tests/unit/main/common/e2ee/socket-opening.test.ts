import { beforeEach, describe, expect, it } from 'vitest';
import type { Bytes } from '../../../../../main/common/bytes.ts';
import { Keyring } from '../../../../../main/common/e2ee/keyring.ts';
import type { ProvenHost, SocketOpening } from '../../../../../main/common/e2ee/socket-opening.ts';
import { HostKey, type HostSocketSecrets } from '../../../../../main/server/host-key.ts';
import { randomText } from '../../../../../main/server/token-store.ts';
import { boxTools, randomBytes } from '../../../../support/crypto/e2ee-tools.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const ADDRESS = 'https://a.lhr.life';

let token: Bytes;
let keyring: Keyring;
let opening: SocketOpening;
let hostKey: HostKey;

const tools = { ...boxTools, ...new ManualTime() };

beforeEach(async () => {
  token = randomBytes(16);
  keyring = await Keyring.create(tools, randomBytes(32), randomBytes(32));
  opening = await keyring.openSocket(token, ADDRESS);
  hostKey = new HostKey();
});

/** What a host answers, and shares from then on. */
function answer(hello = opening.hello, known: Bytes = token, host = hostKey) {
  const nonce = randomText(32);
  const secrets = host.share(hello, known, nonce);
  if (!secrets) throw new Error('no point');
  const challenge = { type: 'challenge', protocol: 1, key: host.publicKey, nonce } as const;
  return { secrets, challenge: { ...challenge, proof: secrets.hostProof } };
}

async function meet(): Promise<{ host: ProvenHost; secrets: HostSocketSecrets }> {
  const { challenge, secrets } = answer();
  const host = await opening.verifyHost(challenge);
  if (!host) throw new Error('not met');
  return { host, secrets };
}

describe('the host', () => {
  it('is met with its key, and takes the page’s word', async () => {
    const { host, secrets } = await meet();
    expect(host.key).toBe(hostKey.publicKey);
    expect(secrets.verify(Buffer.from(await host.prove('{"type":"auth"}')))).toBe('{"type":"auth"}');
  });

  it.each<[string, () => unknown]>([
    ['without the link', () => answer(opening.hello, randomBytes(16))],
    ['for another address', () => answer({ ...opening.hello, address: 'https://evil.test' })],
    ['for another nonce', () => answer({ ...opening.hello, nonce: randomText(32) })],
    ['for another fingerprint', () => answer({ ...opening.hello, fp: randomText(32) })],
  ])('is not met %s', async (_what, made) => {
    const { challenge } = made() as ReturnType<typeof answer>;
    expect(await opening.verifyHost(challenge)).toBeNull();
  });

  it('is not met by what it said on another socket, with another key, or with no point', async () => {
    const { challenge } = answer();
    const again = await keyring.openSocket(token, ADDRESS);
    expect(await again.verifyHost(challenge)).toBeNull();
    expect(await opening.verifyHost({ ...challenge, key: new HostKey().publicKey })).toBeNull();
    expect(await opening.verifyHost({ ...challenge, nonce: randomText(32) })).toBeNull();
    for (const key of [randomText(65), Buffer.alloc(65, 4).toString('base64url')])
      expect(await opening.verifyHost({ ...challenge, key })).toBeNull();
  });

  it('takes no word of a page without the private half of its key', async () => {
    const { secrets } = answer();
    const other = await Keyring.create(tools, randomBytes(32), keyring.identity.fp);
    const thief = await other.openSocket(token, ADDRESS);
    const { challenge } = answer({ ...thief.hello });
    const met = await thief.verifyHost(challenge);
    expect(secrets.verify(Buffer.from((await met?.prove('{"type":"auth"}')) ?? ''))).toBeNull();
    for (const proof of ['', secrets.hostProof, randomText(31), randomText(32), randomText(33)])
      expect(secrets.verify(Buffer.from(`{"type":"auth","proof":"${proof}"}`))).toBeNull();
  });

  it('shares nothing with a key that is no point', () => {
    for (const key of [randomText(65), Buffer.alloc(65, 4).toString('base64url'), randomText(33)])
      expect(hostKey.share({ ...opening.hello, key }, token, randomText(32))).toBeNull();
  });
});

describe('the host’s word', () => {
  it('is known, each once and in order', async () => {
    const { host, secrets } = await meet();
    const frames = ['closed', 'kicked', 'moved'].map((type) => secrets.prove(`{"type":"${type}"}`));
    const [first = '', second = '', third = ''] = frames;
    expect(await host.verify(second)).toBe(false);
    expect(await host.verify(first)).toBe(true);
    expect(await host.verify(first)).toBe(false);
    expect(await host.verify(second)).toBe(true);
    expect(await host.verify(third)).toBe(true);
  });

  it.each<[string, (frame: string) => string]>([
    ['with another text', (frame) => frame.replace('closed', 'kicked')],
    ['with a field more', (frame) => frame.replace('{', '{"extra":1,')],
    ['with a space', (frame) => `${frame} `],
    ['without a proof', () => '{"type":"closed"}'],
    [
      'with another proof',
      (frame) => frame.replace(/"proof":"./, (head) => (head.endsWith('A') ? '"proof":"B' : '"proof":"A')),
    ],
    ['with the proof first', (frame) => frame.replace(/^\{(.*),("proof":"[\w-]+")\}$/, '{$2,$1}')],
  ])('is not the host’s %s', async (_what, change) => {
    const { host, secrets } = await meet();
    expect(await host.verify(change(secrets.prove('{"type":"closed"}')))).toBe(false);
  });

  it('on one socket is none on another', async () => {
    const { secrets } = await meet();
    const { host } = await meet();
    expect(await host.verify(secrets.prove('{"type":"closed"}'))).toBe(false);
  });
});
