/** Owns the numbers between two pages of a call: their stream, what each takes in of the other, what is passed on, and the connections they make. */

import type { RateLimit } from '../timing/token-bucket.ts';
import { BOX_OVERHEAD_BYTES, CHAT_MAX_UNITS, PEERS_MAX } from './limits.ts';

// A pair's stream of boxes.
export const STREAM_KEPT_MAX_BOXES = 256;
export const STREAM_KEPT_MAX_BYTES = 1_048_576;
export const STREAM_WINDOW = 256;
export const STREAM_ACK_DELAY_MS = 200;
/** A box is sent again after so long at first, longer where acknowledgements take longer, and each time after twice as long. */
export const STREAM_RESEND_MIN_MS = 1_000;
export const STREAM_RESEND_MAX_MS = 8_000;
export const STREAM_SEQ_MAX = 0xffff_ffff;
export const SEALS_PER_KEY_MAX = 2 ** 31;

// What a page takes in from one person: well above what an honest page sends. As much again is dropped, and beyond that the
// person is cut off.
/** Boxes of one person that wait for their turn; more are dropped as if lost. */
export const RECEIVE_WAITING_MAX = 2 * STREAM_WINDOW;
/** How long boxes are taken, of all people together, before timers, input and drawing have their turn. */
export const RECEIVE_SLICE_MS = 8;
/** A pause between two boxes in which all the rest has surely had its turn. */
export const RECEIVE_LULL_MS = 4;
/**
 * Messages of the data channel. When it carries again, up to 256 kept boxes come at first, some of them again by what takes their
 * turn, and all as the path opens; pages before this one send them after 1, 2 and 4 s as well, and for long each second.
 */
export const RECEIVE_CHANNEL: RateLimit = { burst: 6 * STREAM_KEPT_MAX_BOXES, perSecond: 300 };
/** Boxes by the socket: the server lets nobody send more than 160 at once and 30 a second. */
export const RECEIVE_SOCKET: RateLimit = { burst: 256, perSecond: 60 };
/** Offers, answers, wishes for a connection anew: one repair in 2 s, from either side, as a network flaps. */
export const RECEIVE_CONNECTING: RateLimit = { burst: 32, perSecond: 2 };
/** Boxes of candidates: each repair gathers anew, and what it finds goes out at most 20 times a second. */
export const RECEIVE_CANDIDATES: RateLimit = { burst: 64, perSecond: 8 };
/** Steps of the code, and further addresses of the host: a few, again each time somebody comes back. */
export const RECEIVE_SELDOM: RateLimit = { burst: 32, perSecond: 2 };
/** Chat: all that was kept while nothing got through, then faster than anybody writes. */
export const RECEIVE_CHAT: RateLimit = { burst: STREAM_KEPT_MAX_BOXES, perSecond: 5 };
/** UTF-16 units of its texts, which drawing costs: a long text sent piece by piece, then as long a message as can be each second. */
export const RECEIVE_CHAT_TEXT: RateLimit = { burst: 64 * CHAT_MAX_UNITS, perSecond: CHAT_MAX_UNITS };
/** Names, presence, reactions of both kinds: as chat, and a sender holds each of the first three to `PRESENCE_RATE`. */
export const RECEIVE_LIVELY: RateLimit = { burst: STREAM_KEPT_MAX_BOXES + 64, perSecond: 20 };
/** Asks to record, answers to them, and what a recording does. */
export const RECEIVE_RECORDING: RateLimit = { burst: 64, perSecond: 4 };
/** The own answers to one person; of what is changed faster the last one waits its turn. */
export const RECORD_ANSWER_RATE: RateLimit = { burst: 16, perSecond: 1 };
/** What a page tells of itself; of what comes faster the newest waits its turn. */
export const PRESENCE_RATE: RateLimit = { burst: 8, perSecond: 5 };
/** What the others say is shown at once; however fast one of them says more, a page looks at all of them no oftener. */
export const PARTICIPANT_VIEW_RATE: RateLimit = { burst: 60, perSecond: 20 };
/** Emoji put to messages, and taken away, by one page. */
export const CHAT_REACTION_RATE: RateLimit = { burst: 40, perSecond: 5 };

// Passing: boxes of two others that go through a page while a way to the host is down. What is above is dropped, as if lost.
/** Of a box to be passed on: a description has some 3 KB, the longest chat and 16 candidates fit; with what is around it a box again. */
export const PASSED_BOX_MAX_BYTES = BOX_OVERHEAD_BYTES + 16_384;
/** A longer box counts as the several of this size it is as long as. */
export const PASSED_UNIT_BYTES = 4_096;
/** For one person through one other: all pairs of a full room made anew, a description and some candidates each. */
export const PASSING: RateLimit = { burst: 96, perSecond: 8 };
/** For all together; so much is kept of one stream at once, and leaves room for what its own two people say. */
export const PASSING_FOR_ALL: RateLimit = { burst: 192, perSecond: 16 };
/** What comes from one person to be passed on, or was passed on, which may come late and all at once; counted likewise. */
export const RECEIVE_PASSING: RateLimit = { burst: 384, perSecond: 32 };
/** What a page tells of whom it reaches. */
export const REACH_RATE: RateLimit = { burst: 6, perSecond: 1 };
/** Introductions that a page asks for while it is without the host: a full room, then one in a while. */
export const INTRODUCTIONS: RateLimit = { burst: PEERS_MAX, perSecond: 0.2 };
/** People who were asked about and are still unknown; of more, the one asked about first is forgotten. */
export const INTRODUCTIONS_AWAITED_MAX = 256;
/** How long somebody introduced may stay, once the host is there again, until the host has them in as well. */
export const INTRODUCED_GRACE_MS = 20_000;
/** Ids that left, as far as this page saw, and so are not introduced to it. */
export const LEFT_IDS_MAX = 4_096;
/** How long nobody may have a channel to somebody, while the host is away, until they are taken to be gone. */
export const ABSENT_MS = 120_000;
/** What is taken in of all that from one person. */
export const RECEIVE_REACH: RateLimit = { burst: 32, perSecond: 3 };

// Connections a page makes: what is above waits its turn.
/** With one person: a network that flaps wants some in a row, and then one a repair, which takes 8 s and more. */
export const CONNECTIONS_OF_PAIR: RateLimit = { burst: 10, perSecond: 0.5 };
/** With everybody: twelve people come, and all connections are made anew once. */
export const CONNECTIONS_OF_PAGE: RateLimit = { burst: 3 * PEERS_MAX, perSecond: 2 };
/** How long the host is out of reach before pages agree on reserves. */
export const RESERVE_AFTER_MS = 2_000;
/** People a page keeps one with. */
export const RESERVES_MAX = 3;
export const RESERVE_RENEW_MS = 90_000;
/** So long after a reserve was agreed on, or an address for it came, the page's next load is left it. */
export const WAYS_BACK_DELAY_MS = 100;
/** What comes by a reserve before it counts. */
export const RESERVE_HEARD_MAX = 16;
/** Descriptions and boxes of candidates kept for a connection that waits. */
export const SIGNALS_KEPT_MAX = 64;
