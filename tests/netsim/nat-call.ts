/** Owns a call of two people at home, each behind a router, with STUN and TURN outside: on our page, or on a bare one in the same place. */

import type { Page } from 'playwright';
import type { IceServer } from '../../main/common/protocol/messages.ts';
import { roomServers } from '../../main/host/turn-credentials.ts';
import { callEn } from '../../web-client/i18n/call-en.ts';
import type { RelayKind } from '../bench/relay-process.ts';
import { Guest } from '../support/browser/guest.ts';
import { callTimes } from '../support/call/call-probe.ts';
import { until } from '../support/time/until.ts';
import type { TurnServerProcess } from '../support/wire/turn-server.ts';
import { type BareCall, openBarePage, startBareCall } from './bare-call.ts';
import { type ConnectionWay, connectionWay } from './connection-way.ts';
import { checkRouter } from './nat-check.ts';
import type { NatKind } from './nat-router.ts';
import type { Person } from './person.ts';
import { pause } from './row.ts';
import { HTTPS_PORT, type NetsimStage } from './stage.ts';

const BARE_PORT = 8_443;
const TRANSPORTS = ['udp', 'tcp', 'tls'] as const;
const CALL_TIMEOUT_MS = 30_000;
const WORDS_TIMEOUT_MS = 8_000;
/** A browser may begin with the relay, and go over to the straight way once it has found that. */
const DIRECT_TIMEOUT_MS = 8_000;
/** The first one is in, and the processor is idle again. */
const SETTLE_MS = 400;

export interface NatTalk {
  /** From the second one's press until both have heard each other. */
  readonly heardMs: number;
  /** Of both pages, once they hear each other. */
  readonly ways: readonly ConnectionWay[];
  /** From then on until none is relayed; 0 at once, Infinity never. */
  readonly relayedMs: number;
  /** What each page itself says of the way, and whether it is that; nothing where it was not asked. */
  readonly said: readonly { readonly words: string; readonly right: boolean }[];
}

interface NatTalkTerms {
  readonly kind: RelayKind;
  /** The first of the people comes second, then. */
  readonly turned: boolean;
  /** Whether there is a way without a relay, which is waited for. */
  readonly direct: boolean;
  /** Whether the page, ours, is asked what way it says that it is. */
  readonly asked: boolean;
}

export interface NatPlace {
  readonly people: readonly [Person, Person];
  readonly invite: string;
  readonly bare: BareCall;
  /** The same that the product's page gets. */
  readonly iceServers: readonly IceServer[];
}

function serversOf(relay: TurnServerProcess): readonly IceServer[] {
  const { iceServers, turn } = roomServers(
    {
      relayOnly: false,
      iceServers: [{ urls: relay.stunUrl }],
      turnServers: TRANSPORTS.map((transport) => ({
        url: relay.url(transport),
        credentials: { kind: 'shared-secret', secret: relay.secret },
      })),
    },
    { wallClockMs: Date.now, randomBytes: (sizeBytes) => crypto.getRandomValues(new Uint8Array(sizeBytes)) },
  );
  return [...iceServers, ...(turn?.newGuest()() ?? [])];
}

/** What is outside of all homes: the page, STUN and TURN; and two addresses of this process, by which routers are looked at. */
export async function openOutside(
  stage: NetsimStage,
): Promise<{ readonly relay: TurnServerProcess; readonly addresses: readonly [string, string] }> {
  await stage.openInternet();
  const relay = await stage.startRelay();
  await stage.startHost('--port', String(HTTPS_PORT), ...relay.hostFlags(...TRANSPORTS));
  return { relay, addresses: [stage.hostMachine.address, await stage.addSecondAddress()] };
}

/** The bare page is the caller's to stop. */
export async function setUpNat(stage: NetsimStage, kinds: readonly [NatKind, NatKind]): Promise<NatPlace> {
  const { relay, addresses } = await openOutside(stage);
  const people = [
    await stage.personBehindRouter('Anna', kinds[0]),
    await stage.personBehindRouter('Boris', kinds[1]),
  ] as const;
  await Promise.all(
    people.map(({ machine }, index) => checkRouter(kinds[index] ?? kinds[0], machine, addresses)),
  );
  const bare = await startBareCall(stage.hostMachine.address, BARE_PORT);
  return { people, invite: await stage.invite(), bare, iceServers: serversOf(relay) };
}

async function openPage(kind: RelayKind, person: Person, place: Omit<NatPlace, 'people'>): Promise<Page> {
  const page =
    kind === 'bare'
      ? await openBarePage(person.profile, place.bare.url, place.iceServers)
      : (await Guest.open(person.profile, place.invite, person.name)).page;
  await page.getByRole('button', { name: 'Join', exact: true }).focus();
  await page.evaluate(() => window.callProbe.listen());
  return page;
}

async function followWays(
  pages: readonly Page[],
  direct: boolean,
): Promise<Pick<NatTalk, 'ways' | 'relayedMs'>> {
  const sinceMs = Date.now();
  const look = () => Promise.all(pages.map(connectionWay));
  const ways = await look();
  let last = ways;
  while (direct && last.some(({ relayed }) => relayed) && Date.now() < sinceMs + DIRECT_TIMEOUT_MS) {
    await pause(50);
    last = await look();
  }
  if (last.some(({ relayed }) => relayed)) return { ways, relayedMs: Number.POSITIVE_INFINITY };
  return { ways, relayedMs: last === ways ? 0 : Date.now() - sinceMs };
}

/** As the page says it, once that is right or stays wrong. */
async function wordsOf(page: Page, relayed: boolean): Promise<NatTalk['said'][number]> {
  await page.getByRole('button', { name: /Connection with/ }).click();
  const path = page.locator(`dt:text-is("${callEn['quality.path']}") + dd`);
  const right = await path
    .filter({ hasText: relayed ? /^through / : callEn['quality.direct'] })
    .waitFor({ timeout: WORDS_TIMEOUT_MS })
    .then(
      () => true,
      () => false,
    );
  return { words: await path.innerText(), right };
}

/** One call in tabs of its own. */
export async function talkThroughNats(
  { people, ...place }: NatPlace,
  { kind, turned, direct, asked }: NatTalkTerms,
): Promise<NatTalk> {
  const order = turned ? people.toReversed() : people;
  const pages = await Promise.all(order.map((person) => openPage(kind, person, place)));
  try {
    for (const page of pages) {
      await pause(SETTLE_MS);
      await page.keyboard.press('Enter');
    }
    const times = await until(
      'voices both ways',
      () => Promise.all(pages.map((page) => callTimes(page))),
      (all) => all.every(({ soundMs }) => soundMs.length > 0),
      CALL_TIMEOUT_MS,
    );
    const pressedMs = times.at(-1)?.clickMs ?? Number.NaN;
    const heardMs = Math.max(...times.map(({ soundMs }) => soundMs[0] ?? Number.NaN)) - pressedMs;
    const followed = await followWays(pages, direct);
    const isRelayed = followed.relayedMs === Number.POSITIVE_INFINITY;
    const said = asked ? await Promise.all(pages.map((page) => wordsOf(page, isRelayed))) : [];
    return { heardMs, ...followed, said };
  } finally {
    // A closed page may come back in for a while, and would be waited for.
    if (kind === 'product')
      for (const page of pages) await page.getByRole('button', { name: 'Leave' }).click();
    for (const page of pages) await page.close();
  }
}
