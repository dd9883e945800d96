/** Owns the matrix of routers: which pairs of people at home come through to each other, by which way, and how soon beside a bare page. */

import { byTurns } from '../../bench/relay-bench.ts';
import { median } from '../../bench/statistics.ts';
import { type NatTalk, setUpNat, talkThroughNats } from '../nat-call.ts';
import { NAT_KINDS, type NatKind } from '../nat-router.ts';
import type { Figure } from '../report.ts';
import type { NetsimRow } from '../row.ts';

/** Each of either page; who comes second changes from one to the next. */
const DIRECT_ROUNDS = 4;
const RELAYED_ROUNDS = 2;
const DIRECT_MAX_RATIO = 1.3;
const RELAYED_MAX_S = 2;
/** A browser may begin with the relay: it goes over to the straight way once it has found that. */
const DIRECT_AFTER_MAX_S = 5;

/** Whether a socket of one comes through to a socket of the other at all (RFC 5128, section 3.3). */
function isDirect([a, b]: readonly [NatKind, NatKind]): boolean {
  const strict = [a, b].filter((kind) => kind === 'port' || kind === 'symmetric');
  const blocked = [a, b].some((kind) => kind === 'tcp' || kind === 'https');
  return !blocked && (strict.length < 2 || !strict.includes('symmetric'));
}

const waysOf = (talks: readonly NatTalk[]): string =>
  [...new Set(talks.flatMap(({ ways }) => ways.map(({ words }) => words)))].join(', ');

const heardS = (talks: readonly NatTalk[]): number => median(talks.map(({ heardMs }) => heardMs)) / 1_000;
const relayedS = (talks: readonly NatTalk[]): number =>
  Math.max(...talks.map(({ relayedMs }) => relayedMs)) / 1_000;

function figuresOf(direct: boolean, bare: readonly NatTalk[], product: readonly NatTalk[]): Figure[] {
  const [floor, own] = [heardS(bare), heardS(product)];
  const common: Figure[] = [
    { name: 'Join → both heard, bare page', value: floor, unit: 's' },
    {
      name: 'Join → both heard, our page',
      value: own,
      unit: 's',
      ...(direct ? {} : { atMost: RELAYED_MAX_S }),
    },
    { name: 'ratio', value: own / floor, unit: '×', ...(direct ? { atMost: DIRECT_MAX_RATIO } : {}) },
  ];
  const wrong = product.flatMap(({ said }) => said).filter(({ right }) => !right).length;
  const told: Figure = { name: 'pages that say another way', value: wrong, unit: '', atMost: 0 };
  if (!direct) {
    const relayed = product.filter(({ relayedMs }) => relayedMs === Number.POSITIVE_INFINITY).length;
    return [...common, { name: 'calls relayed', value: relayed, unit: '', atLeast: RELAYED_ROUNDS }, told];
  }
  return [
    ...common,
    { name: 'from then until direct, bare page', value: relayedS(bare), unit: 's' },
    {
      name: 'from then until direct, our page',
      value: relayedS(product),
      unit: 's',
      atMost: DIRECT_AFTER_MAX_S,
    },
    told,
  ];
}

function pairRow(kinds: readonly [NatKind, NatKind]): NetsimRow {
  const direct = isDirect(kinds);
  return {
    fault: `${kinds.map((kind) => NAT_KINDS[kind].title).join(' and ')}, ${direct ? 'a' : 'no'} way through`,
    async run(stage) {
      const place = await setUpNat(stage, kinds);
      const rounds = direct ? DIRECT_ROUNDS : RELAYED_ROUNDS;
      let calls = 0;
      try {
        const { bare, product } = await byTurns(rounds, (kind) => {
          const round = Math.floor(calls++ / 2);
          const asked = kind === 'product' && round === rounds - 1;
          return talkThroughNats(place, { kind, turned: round % 2 === 1, direct, asked });
        });
        const said = product.flatMap((talk) => talk.said.map(({ words }) => words)).join(', ');
        return {
          figures: figuresOf(direct, bare, product),
          notes: [`bare page: ${waysOf(bare)}; our page: ${waysOf(product)}, which says: ${said}`],
        };
      } finally {
        await place.bare.stop();
      }
    },
  };
}

const KINDS = Object.keys(NAT_KINDS) as NatKind[];

export const natRows: Readonly<Record<string, NetsimRow>> = Object.fromEntries(
  KINDS.flatMap((a, index) => KINDS.slice(index).map((b) => [`nat-${a}-${b}`, pairRow([a, b])] as const)),
);
