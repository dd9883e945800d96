import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../../../main/common/bytes.ts';
import { Keyring } from '../../../../../main/common/e2ee/keyring.ts';
import type { RosterEntry } from '../../../../../main/common/protocol/messages.ts';
import { RosterReader } from '../../../../../web-client/core/mesh/roster-reader.ts';
import { CryptoTurns } from '../../../../support/crypto/crypto-turns.ts';
import { CryptoWork } from '../../../../support/crypto/crypto-work.ts';
import { nodeCrypto, randomBytes, textCoder } from '../../../../support/crypto/e2ee-tools.ts';

const secret = randomBytes(32);
let work: CryptoWork;
let own: Keyring;
let reader: RosterReader;

const keyringOf = ({ crypto }: CryptoWork) =>
  Keyring.create({ crypto, text: textCoder }, secret, randomBytes(32));

async function entryOf(keyring: Keyring, name: string): Promise<RosterEntry> {
  const { id, key, fp } = keyring.identity;
  const box = await keyring.sealName(name);
  return { id: toBase64Url(id), key: toBase64Url(key), fp: toBase64Url(fp), name: toBase64Url(box) };
}

const namesIn = async (roster: readonly RosterEntry[]) =>
  (await reader.read(roster)).participants.map(({ name }) => name);

beforeEach(async () => {
  work = new CryptoWork();
  own = await keyringOf(work);
  reader = new RosterReader(work.crypto, own, toBase64Url(own.identity.id));
});

describe('RosterReader', () => {
  it('tells whether one is in, who came later, and the names', async () => {
    const [ada, boris] = [await keyringOf(work), await keyringOf(work)];
    const roster = [await entryOf(ada, 'Ada'), await entryOf(own, 'Own'), await entryOf(boris, 'Boris')];
    const { selfIn, participants } = await reader.read(roster);
    expect(selfIn).toBe(true);
    expect(participants.map(({ name, later }) => [name, later])).toEqual([
      ['Ada', false],
      ['Boris', true],
    ]);
    expect((await reader.read(roster.slice(0, 1))).participants[0]).toEqual({
      id: roster[0]?.id,
      entry: roster[0],
      identity: ada.identity,
      name: 'Ada',
      later: false,
    });
  });

  it('asks WebCrypto nothing about those who stand there as before', async () => {
    const roster: RosterEntry[] = [];
    const calls: number[] = [];
    for (const name of ['Ada', 'Boris', 'Clara', 'Dora']) {
      roster.push(await entryOf(await keyringOf(new CryptoWork()), name));
      const before = work.calls;
      await reader.read([...roster]);
      calls.push(work.calls - before);
    }
    // A key to import, an id to compute, a name to open.
    expect(calls).toEqual([3, 3, 3, 3]);
    expect(await namesIn(roster)).toEqual(['Ada', 'Boris', 'Clara', 'Dora']);
  });

  it('asks about all newcomers in one turn', async () => {
    const turns = new CryptoTurns();
    const keyring = await Keyring.create({ crypto: nodeCrypto, text: textCoder }, secret, randomBytes(32));
    reader = new RosterReader(turns.crypto, keyring, toBase64Url(keyring.identity.id));
    const entries = ['Ada', 'Boris'].map(async (name) => entryOf(await keyringOf(work), name));
    expect(await turns.count(reader.read(await Promise.all(entries)))).toBe(1);
  });

  it('looks again at whoever was renamed, and keeps the newest name', async () => {
    const ada = await keyringOf(work);
    const [first, second] = [await entryOf(ada, 'Ada'), await entryOf(ada, 'Ada Lovelace')];
    expect(await namesIn([first])).toEqual(['Ada']);
    expect(await namesIn([second])).toEqual(['Ada Lovelace']);
    expect(await namesIn([first])).toEqual(['Ada Lovelace']);
  });

  it('leaves out whose id is not that of key and fingerprint, each time, beside one who is', async () => {
    const ada = await entryOf(await keyringOf(work), 'Ada');
    expect(await namesIn([ada])).toEqual(['Ada']);
    const forged = { ...ada, fp: toBase64Url(randomBytes(32)) };
    for (let round = 0; round < 2; round++) expect(await namesIn([forged])).toEqual([]);
    expect(await namesIn([ada])).toEqual(['Ada']);
    expect(await namesIn([{ ...ada, name: 'no box' }, ada])).toEqual([]);
  });
});
