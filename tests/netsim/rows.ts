/** Owns the list of the network's rows; the one fault that needs the app, its end while it hosts, is in `tests/electron/kept.test.ts`. */

import type { NetsimRow } from './row.ts';
import { credentialRows } from './rows/credential-rows.ts';
import { farRows } from './rows/far-rows.ts';
import { fileRows } from './rows/file-rows.ts';
import { hostRows } from './rows/host-rows.ts';
import { interfaceRows } from './rows/interface-rows.ts';
import { lineRows } from './rows/line-rows.ts';
import { natFirefoxRows } from './rows/nat-firefox-rows.ts';
import { natRows } from './rows/nat-rows.ts';
import { pageRows } from './rows/page-rows.ts';
import { relayRows } from './rows/relay-rows.ts';
import { wayRows } from './rows/way-rows.ts';

/** A bad line is a program that passes frames on, which costs a card of its own kind and a compiler. */
export const LOSSY_ROWS: Readonly<Record<string, NetsimRow>> = { ...lineRows, ...farRows, ...fileRows };

/** A router is such a program, too; what is outside of it has a TURN server. */
export const ROUTER_ROWS: Readonly<Record<string, NetsimRow>> = { ...natRows, ...natFirefoxRows };

export const RELAY_ROWS: Readonly<Record<string, NetsimRow>> = { ...relayRows, ...credentialRows };

export const ROWS: Readonly<Record<string, NetsimRow>> = {
  ...hostRows,
  ...interfaceRows,
  ...wayRows,
  ...pageRows,
  ...RELAY_ROWS,
  ...ROUTER_ROWS,
  ...LOSSY_ROWS,
};
