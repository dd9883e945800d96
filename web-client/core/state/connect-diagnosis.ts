/** Owns the diagnosis of a connection that does not come about: what is in the way, and the counts that say so. */

import type { CheckCounts } from '../stats/check-counts.ts';

/** What keeps two from being connected. */
export type ConnectObstacle =
  /** The other page does not answer. */
  | 'no-answer'
  /** This browser finds, or gives out, no address of its own: a policy, an extension, a VPN, a network that leads nowhere. */
  | 'no-own-address'
  /** The other one does not. */
  | 'no-their-address'
  /** This browser gives out made-up names for its addresses alone, which hold in one network at best. */
  | 'hidden-here'
  | 'hidden-there'
  /** No STUN server saw an address of this side, though the other side's was seen: nothing gets out by UDP here. */
  | 'udp-blocked-here'
  | 'udp-blocked-there'
  /** Neither has an address that is good outside its own network, or not in the same family. */
  | 'no-route'
  /** A router gives every destination another port: who knows one of them knows nothing. */
  | 'strict-router'
  /** Both have addresses, and nothing gets from one to the other: a firewall, mostly. */
  | 'no-way'
  /** The host named TURN servers, and none of them gave this side an address: its name or password is not good there, … */
  | 'relay-refused'
  /** The same, and by this device's clock what the host gives out has ended already. */
  | 'relay-ended'
  /** … its quota is used up, or the server is full, … */
  | 'relay-full'
  /** … or none answers by any of the ways it is asked. */
  | 'relay-silent'
  /** This side is to go by a relay alone, and the host named none. */
  | 'relay-none'
  /** It has an address at a relay, and nothing gets through that either. */
  | 'relay-no-way';

/** How many addresses of one side there are, by kind. */
export interface AddressCounts {
  /** Behind a made-up `.local` name. */
  readonly hidden: number;
  /** Good inside a network. */
  readonly local: number;
  /** Good from everywhere, as far as nobody in between minds: seen by a STUN server, or the computer's own. */
  readonly public4: number;
  readonly public6: number;
  /** At a TURN server. */
  readonly relayed: number;
  /** One socket was seen under another port by each server. */
  readonly strict: boolean;
}

export interface ConnectDiagnosis {
  readonly answered: boolean;
  /** Whether there is a STUN or TURN server to be asked for one's own address. */
  readonly asksServers: boolean;
  readonly own: AddressCounts;
  readonly theirs: AddressCounts;
  /** Whether a TURN server is among them. */
  readonly asksRelays: boolean;
  /** Whether what lets one in there has ended, by this device's clock. */
  readonly relaysEnded: boolean;
  /** Whether no other way is to be gone. */
  readonly relayOnly: boolean;
  /** How often which way to the servers came to which code, as `udp-401` (W3C WebRTC 1.0, section 4.8.1.2); 701: not reached. Silence by UDP may be told late or never. */
  readonly serverErrors: Readonly<Record<string, number>>;
  /** RTCPeerConnections made. */
  readonly connections: number;
  /** null until read. */
  readonly checks: CheckCounts | null;
}
