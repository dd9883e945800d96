import { beforeEach, describe, expect, it } from 'vitest';
import type { Bytes } from '../../../../../main/common/bytes.ts';
import { Keyring } from '../../../../../main/common/e2ee/keyring.ts';
import type { Challenge, ProvenHost, SocketOpening } from '../../../../../main/common/e2ee/socket-opening.ts';
import { highestCommonVersion } from '../../../../../main/common/protocol/versions.ts';
import { Handshake } from '../../../../../main/server/handshake.ts';
import { HostKey, type HostSocketSecrets } from '../../../../../main/server/host-key.ts';
import { randomText, TokenStore } from '../../../../../main/server/token-store.ts';
import { boxTools, randomBytes } from '../../../../support/crypto/e2ee-tools.ts';
import {
  referenceHello,
  referencePerson,
  referenceSocket,
  referenceTold,
} from '../../../../support/crypto/reference-e2ee.ts';
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
  const offer = newOffer();
  const secrets = host.share(hello, known, offer);
  if (!secrets) throw new Error('no point');
  const challenge = { type: 'challenge', ...offer, key: host.publicKey } as const;
  return { secrets, challenge: { ...challenge, proof: secrets.hostProof } };
}

const newOffer = () => ({ versions: [1], version: 1, nonce: randomText(32) });

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
    for (const key of [Buffer.alloc(65, 5), Buffer.alloc(65, 4)].map((bytes) => bytes.toString('base64url')))
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
    // Of random bytes one in some hundred begins as a point does.
    for (const bytes of [Buffer.alloc(65, 5), Buffer.alloc(65, 4), Buffer.alloc(33, 5)])
      expect(
        hostKey.share({ ...opening.hello, key: bytes.toString('base64url') }, token, newOffer()),
      ).toBeNull();
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

describe('two releases', () => {
  const AUTH = '{"type":"auth"}';

  const pageOf = async (versions: readonly number[]) => {
    const page = await Keyring.create(tools, randomBytes(32), randomBytes(32), versions);
    return page.openSocket(token, ADDRESS);
  };

  function hostOf(versions: readonly number[], key = hostKey): Handshake {
    const tokens = new TokenStore();
    tokens.add(token);
    return new Handshake({ gate: { owns: () => true }, tokens, hostKey: key, versions });
  }

  function challengeOf(host: Handshake, hello: SocketOpening['hello']) {
    const step = host.handle(hello);
    if (step.kind !== 'challenged' || step.challenge.type !== 'challenge') throw new Error(step.kind);
    return { challenge: step.challenge, secrets: step.secrets };
  }

  it.each([
    [[1], [1, 2], 1],
    [[1, 2], [1], 1],
    [[1, 2], [1, 2], 2],
    [[1, 2, 9], [2, 7, 9, 65_535], 9],
    [[2, 3], [1, 2], 2],
  ])('that speak %j and %j take the highest version of both: %i', async (ours, theirs, version) => {
    const page = await pageOf(ours);
    const { challenge, secrets } = challengeOf(hostOf(theirs), page.hello);
    expect([page.hello.versions, challenge.versions, challenge.version]).toEqual([ours, theirs, version]);
    const host = await page.verifyHost(challenge);
    expect(secrets.verify(Buffer.from((await host?.prove(AUTH)) ?? ''))).toBe(AUTH);
    expect(await host?.verify(secrets.prove('{"type":"closed"}'))).toBe(true);
  });

  it.each([
    [[1], [2]],
    [[3], [1, 2]],
  ])('that speak %j and %j have nothing to say to each other but that', async (ours, theirs) => {
    const page = await pageOf(ours);
    expect(hostOf(theirs).handle(page.hello)).toEqual({
      kind: 'refused',
      reason: 'version',
      farewell: { type: 'version', versions: theirs },
    });
    // Who has no link is told nothing.
    const stranger = { ...page.hello, proof: randomText(32) };
    expect(hostOf(theirs).handle(stranger)).toMatchObject({ kind: 'refused', reason: 'auth-failed' });
  });

  /** What somebody on the way makes of what both say; each speaks versions 1 and 2. */
  const lowered: readonly (readonly [string, Partial<SocketOpening['hello']>, Partial<Challenge>])[] = [
    ['takes 2 from the page’s list', { versions: [1] }, {}],
    ['takes 2 from the page’s list, and says that 2 was taken', { versions: [1] }, { version: 2 }],
    ['takes 2 from the host’s list', {}, { versions: [1], version: 1 }],
    ['takes 2 from both lists', { versions: [1] }, { versions: [1], version: 1 }],
    ['says that 1 was taken', {}, { version: 1 }],
    ['says that one was taken which nobody speaks', {}, { version: 3 }],
    ['says that one was taken which the page does not speak', { versions: [1, 2, 3] }, { version: 3 }],
    ['puts one more in the page’s list', { versions: [1, 2, 3] }, {}],
    ['puts one more in the host’s list', {}, { versions: [1, 2, 3] }],
  ];

  it.each(lowered)('are led to no lower version by one who %s', async (_what, inHello, inChallenge) => {
    const page = await pageOf([1, 2]);
    const { challenge } = challengeOf(hostOf([1, 2]), { ...page.hello, ...inHello });
    expect(await page.verifyHost({ ...challenge, ...inChallenge })).toBeNull();
  });

  it.each(lowered)(
    'share nothing past one who %s, should either not look',
    async (_what, inHello, inChallenge) => {
      const person = referencePerson();
      const claim = { nonce: randomBytes(32), address: ADDRESS, versions: [1, 2] };
      const hello = referenceHello(person, token, claim) as SocketOpening['hello'];
      const { challenge, secrets } = challengeOf(hostOf([1, 2]), { ...hello, ...inHello });
      const [key, nonce] = [challenge.key, challenge.nonce].map((text) => Buffer.from(text, 'base64url'));
      const heard = { ...challenge, ...inChallenge };
      const own = referenceSocket(person, token, claim, key ?? token, nonce ?? token, heard);
      expect(own.hostProof.toString('base64url')).not.toBe(challenge.proof);
      expect(secrets.verify(Buffer.from(referenceTold(own.told, 1, AUTH)))).toBeNull();
    },
  );

  it.each([
    ['lower than both speak', [1, 2], [1, 2], 1],
    ['lower than both speak, of four', [1, 2, 4], [1, 2, 3], 1],
    ['that only the host speaks', [1], [1, 2], 2],
    ['that only the page speaks', [1, 2], [1], 2],
    ['that neither speaks', [1], [1], 3],
  ])('take no version %s, though the host itself says so', async (_what, ours, versions, version) => {
    const page = await pageOf(ours);
    const offer = { versions, version, nonce: randomText(32) };
    const proof = hostKey.share(page.hello, token, offer)?.hostProof ?? '';
    const challenge = { type: 'challenge', ...offer, key: hostKey.publicKey, proof } as const;
    expect(await page.verifyHost(challenge)).toBeNull();
    const honest = highestCommonVersion(ours, versions) ?? 0;
    const secrets = hostKey.share(page.hello, token, { ...offer, version: honest });
    const met = await page.verifyHost({ ...challenge, version: honest, proof: secrets?.hostProof ?? '' });
    expect(met?.key).toBe(hostKey.publicKey);
  });

  it('are led to a lower one only by who is host to the page himself, with the link and another key', async () => {
    const page = await pageOf([1, 2]);
    const { secrets } = challengeOf(hostOf([1, 2]), page.hello);
    const evil = challengeOf(hostOf([1], new HostKey()), page.hello);
    const met = await page.verifyHost(evil.challenge);
    expect(met?.key).not.toBe(hostKey.publicKey);
    expect(secrets.verify(Buffer.from((await met?.prove(AUTH)) ?? ''))).toBeNull();
  });
});
