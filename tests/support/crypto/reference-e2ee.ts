/** Owns a second implementation of the end-to-end encryption, from the formulas and node:crypto alone, to compare the first one with. */

import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

export interface ReferencePerson {
  readonly privateKey: Buffer;
  readonly key: Buffer;
  readonly fp: Buffer;
  readonly id: Buffer;
}

export interface SocketNonce {
  readonly nonce: Uint8Array;
  /** To which the page opened the socket. */
  readonly address: string;
  /** Those the page speaks; only the first if left out. */
  readonly versions?: readonly number[];
}

/** What the host answers to a list of versions. */
export interface ReferenceOffer {
  readonly versions: readonly number[];
  readonly version: number;
}

export const FIRST_VERSION: ReferenceOffer = { versions: [1], version: 1 };

/** A frame of a file has file, block and offset in the places of the three numbers. */
export interface ReferenceHeader {
  readonly type: number;
  readonly seq: number;
  readonly base: number;
  readonly ack: number;
}

const hash = (...parts: (string | Uint8Array)[]): Buffer => {
  const sha = createHash('sha256');
  for (const part of parts) sha.update(part);
  return sha.digest();
};

const hkdf = (material: Uint8Array, salt: Uint8Array, info: string, size: number): Buffer =>
  Buffer.from(hkdfSync('sha256', material, salt, info, size));

export function referencePerson(
  privateKey: Uint8Array = randomBytes(32),
  fp: Uint8Array = randomBytes(32),
): ReferencePerson {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(Buffer.from(privateKey));
  const key = curve.getPublicKey();
  return { privateKey: Buffer.from(privateKey), key, fp: Buffer.from(fp), id: referenceId(key, fp) };
}

export function referenceId(key: Uint8Array, fp: Uint8Array): Buffer {
  return hash('secret-call/1 id', key, fp).subarray(0, 16);
}

export function referenceProof(
  token: Uint8Array,
  nonce: Uint8Array,
  key: Uint8Array,
  fp: Uint8Array,
  address: string,
): Buffer {
  return createHmac('sha256', token)
    .update('secret-call/1 auth')
    .update(nonce)
    .update(key)
    .update(fp)
    .update(address)
    .digest();
}

/** What a page says first on a socket. */
export function referenceHello(
  { key, fp }: Pick<ReferencePerson, 'key' | 'fp'>,
  token: Uint8Array,
  { nonce, address, versions = [1] }: SocketNonce,
): object {
  const fields = { key, fp, nonce, proof: referenceProof(token, nonce, key, fp, address) };
  const texts = Object.entries(fields).map(([name, bytes]) => [
    name,
    Buffer.from(bytes).toString('base64url'),
  ]);
  return { type: 'hello', versions, address, ...Object.fromEntries(texts) };
}

/** What a page has of a socket, from the host's key and nonce. */
export function referenceSocket(
  page: Omit<ReferencePerson, 'id'>,
  token: Uint8Array,
  claim: SocketNonce,
  hostKey: Uint8Array,
  hostNonce: Uint8Array,
  offer: ReferenceOffer,
) {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(page.privateKey);
  const material = Buffer.concat([curve.computeSecret(hostKey), token]);
  const { nonce, address, versions = [1] } = claim;
  const label = `secret-call/${offer.version}`;
  const [ofPage, ofHost] = [versions, offer.versions].map((list) => {
    const bytes = Buffer.alloc(1 + 2 * list.length);
    bytes.writeUInt8(list.length);
    for (const [index, version] of list.entries()) bytes.writeUInt16BE(version, 1 + 2 * index);
    return bytes;
  });
  if (!ofPage || !ofHost) throw new Error('two lists');
  const keys = [page.key, page.fp, nonce, hostKey, hostNonce];
  const th = hash(`${label} socket`, ...keys, ofPage, ofHost, address);
  return {
    hostProof: hkdf(material, th, `${label} host`, 32),
    said: hkdf(material, th, `${label} said`, 32),
    told: hkdf(material, th, `${label} told`, 32),
  };
}

/** A message of the page with its proof. */
export function referenceTold(told: Uint8Array | KeyObject, number: number, message: string): string {
  const text = message.slice(0, -1);
  const count = Buffer.alloc(4);
  count.writeUInt32BE(number);
  return `${text},"proof":"${createHmac('sha256', told).update(count).update(text).digest('base64url')}"}`;
}

/** Splits a frame of the host into its text before the proof, and the proof. */
export function referenceSaid(said: Uint8Array, number: number, frame: string) {
  const [, text = '', proof = ''] = /^(.*),"proof":"([\w-]{43})"\}$/.exec(frame) ?? [];
  const count = Buffer.alloc(4);
  count.writeUInt32BE(number);
  const expected = createHmac('sha256', said).update(count).update(text).digest('base64url');
  return { message: `${text}}`, holds: proof === expected };
}

export const referencePresharedKey = (secret: Uint8Array): Buffer =>
  hkdf(secret, Buffer.alloc(0), 'secret-call/1 psk', 32);

export const referenceNameKey = (secret: Uint8Array): Buffer =>
  hkdf(secret, Buffer.alloc(0), 'secret-call/1 name', 32);

export function referencePair(
  own: ReferencePerson,
  other: Omit<ReferencePerson, 'privateKey'>,
  psk: Uint8Array,
) {
  const [lo, hi] = Buffer.compare(own.id, other.id) < 0 ? [own, other] : [other, own];
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(own.privateKey);
  const ecdh = curve.computeSecret(other.key);
  const th = hash('secret-call/1 pair', lo.id, hi.id, lo.key, hi.key, lo.fp, hi.fp);
  const secret = Buffer.concat([ecdh, psk]);
  const loHi = hkdf(secret, th, 'secret-call/1 lo-hi', 32);
  const hiLo = hkdf(secret, th, 'secret-call/1 hi-lo', 32);
  const fileLoHi = hkdf(secret, th, 'secret-call/1 file lo-hi', 32);
  const fileHiLo = hkdf(secret, th, 'secret-call/1 file hi-lo', 32);
  const isLo = lo === own;
  return {
    ...{ isLo, ecdh, th, secret, loHi, hiLo, fileLoHi, fileHiLo },
    outward: isLo ? loHi : hiLo,
    inward: isLo ? hiLo : loHi,
  };
}

export function referenceHeader({ type, seq, base, ack }: ReferenceHeader): Buffer {
  const head = Buffer.alloc(14);
  head[0] = 1;
  head[1] = type;
  head.writeUInt32BE(seq, 2);
  head.writeUInt32BE(base, 6);
  head.writeUInt32BE(ack, 10);
  return head;
}

/** u32 length ‖ JSON ‖ zeros to the next multiple of 256. */
export function referencePlaintext(json: string | Uint8Array): Buffer {
  const bytes = Buffer.from(json);
  const plaintext = Buffer.alloc(Math.ceil((4 + bytes.length) / 256) * 256);
  plaintext.writeUInt32BE(bytes.length);
  bytes.copy(plaintext, 4);
  return plaintext;
}

/** Seals any plaintext, a wrong one too. */
export function referenceSeal(
  key: Uint8Array,
  from: Uint8Array,
  to: Uint8Array,
  head: Uint8Array,
  plaintext: Uint8Array,
  nonce: Uint8Array = randomBytes(12),
): Uint8Array<ArrayBuffer> {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.concat([from, to, head]));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return new Uint8Array(Buffer.concat([head, nonce, sealed]));
}

/** @throws Error when the tag does not hold */
export function referenceOpen(
  key: Uint8Array,
  from: Uint8Array,
  to: Uint8Array,
  box: Uint8Array,
): { header: ReferenceHeader; json: string } {
  const bytes = Buffer.from(box);
  const head = bytes.subarray(0, 14);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(14, 26), { authTagLength: 16 });
  decipher.setAAD(Buffer.concat([from, to, head]));
  decipher.setAuthTag(bytes.subarray(-16));
  const plaintext = Buffer.concat([decipher.update(bytes.subarray(26, -16)), decipher.final()]);
  return {
    header: {
      type: head.readUInt8(1),
      seq: head.readUInt32BE(2),
      base: head.readUInt32BE(6),
      ack: head.readUInt32BE(10),
    },
    json: plaintext.subarray(4, 4 + plaintext.readUInt32BE()).toString('utf8'),
  };
}

export const referenceCommit = (th: Uint8Array, nonceLo: Uint8Array): Buffer =>
  hash('secret-call/1 commit', th, nonceLo);

export function referenceCode(secret: Uint8Array, th: Uint8Array, nonceLo: Uint8Array, nonceHi: Uint8Array) {
  const salt = hash('secret-call/1 code', th, nonceLo, nonceHi);
  const code = hkdf(secret, salt, 'secret-call/1 code', 6);
  const bits = code.readUIntBE(0, 6);
  const emoji = Array.from({ length: 7 }, (_, k) => Math.floor(bits / 2 ** (42 - 6 * k)) % 64);
  return { salt, code, emoji };
}
