/** Owns every size, count and interval of the wire and the room, for both sides. */

import type { RateLimit } from '../timing/token-bucket.ts';

/** Those this program speaks, ascending. */
export const PROTOCOL_VERSIONS: readonly number[] = [1];
/** In a list, also of a release to come. */
export const VERSIONS_MAX = 8;
export const VERSION_MAX = 65_535;

// Sizes of binary values, in bytes.
export const SECRET_BYTES = 32;
export const TOKEN_BYTES = 16;
export const NONCE_BYTES = 32;
export const PUBLIC_KEY_BYTES = 65;
export const PRIVATE_KEY_BYTES = 32;
export const FINGERPRINT_BYTES = 32;
export const ID_BYTES = 16;
export const PROOF_BYTES = 32;
export const RESUME_BYTES = 32;
export const TICKET_BYTES = 16;

// A box (a sealed envelope).
/** Of the boxes, keys and codes of a pair, and of the names. */
export const BOX_VERSION = 1;
export const BOX_HEADER_BYTES = 14;
export const BOX_NONCE_BYTES = 12;
export const BOX_TAG_BYTES = 16;
export const BOX_PADDING_STEP_BYTES = 256;
export const BOX_PLAINTEXT_MAX_BYTES = 32_768;
export const BOX_OVERHEAD_BYTES = BOX_HEADER_BYTES + BOX_NONCE_BYTES + BOX_TAG_BYTES;
export const BOX_MAX_BYTES = BOX_OVERHEAD_BYTES + BOX_PLAINTEXT_MAX_BYTES;
export const ROOM_NAME_BOX_BYTES = BOX_OVERHEAD_BYTES + BOX_PADDING_STEP_BYTES;

// People and pairs.
export const CAPACITY_MIN = 2;
export const CAPACITY_MAX = 12;
export const PEERS_MAX = CAPACITY_MAX - 1;
/** States of ids kept at a time; one that is over makes room for a newcomer's. */
export const PAIR_STATES_MAX = 256;
/** Ids whose states were given up; they never get another. */
export const RETIRED_IDS_MAX = 65_536;
/** Runs of the verification code in a page load: n on each side give a man in the middle n²/2^42. */
export const CODE_RUNS_MAX = 256;
export const EARLY_BOXES_MAX = 32;
export const EARLY_BOX_HOLD_MS = 5_000;
/** Boxes and doubts that come while the code of the call is on its way: some a second for each of those who are in. */
export const CALL_MESSAGES_KEPT_MAX = 128;
export const NAME_MAX_UNITS = 64;
export const NAME_MAX_JSON_BYTES = 240;
/** Ids whose newest room name is remembered; a long hosting meets many, and the longest unheard of is forgotten first. */
export const ROOM_NAMES_MAX = 4_096;
/** Ids whose volume a page remembers. */
export const PLAYBACKS_KEPT_MAX = 256;
/** Numbers by which a host at a terminal means somebody; of more, those not shown for longest mean nobody any more. */
export const DISPLAY_NUMBERS_MAX = 4_096;
export const CHAT_MAX_UNITS = 2_000;
/** The longest emoji, families and flags of regions, have 14 and 15. */
export const EMOJI_MAX_UNITS = 32;
export const ICE_CANDIDATES_PER_BOX = 16;
export const ICE_BATCH_MS = 50;
/** STUN and TURN servers that a page is told. Where there are more, TURN comes first: such a server tells the own address, too. */
export const ICE_SERVERS_MAX = 8;
export const ICE_URL_MAX_UNITS = 300;
/** Of a name, and of a password. */
export const ICE_CREDENTIAL_MAX_UNITS = 300;
/** Of a name, in UTF-8 (RFC 8489, section 14.3). */
export const TURN_USERNAME_MAX_BYTES = 508;
/** What a host shares with its TURN servers; far longer than any is. */
export const TURN_SECRET_MAX_UNITS = 1_024;
/** Of the name that stands for one guest at a TURN server. */
export const TURN_GUEST_BYTES = 12;
/**
 * How long credentials made for one guest are good, by the server's clock. They are made anew after a quarter of that: should the
 * host's clock be wrong by an hour, or the host be gone for a while, five hours are left.
 */
export const TURN_CREDENTIAL_LIFE_MS = 8 * 60 * 60 * 1_000;
export const TURN_CREDENTIAL_RENEW_MS = 2 * 60 * 60 * 1_000;
/** Of those for a test: some minutes, after the hour by which the server's clock and the host's may differ. */
export const TURN_TEST_CREDENTIAL_LIFE_MS = 65 * 60 * 1_000;
/** How long one TURN server is tested; Chromium itself gives up on one that is silent over UDP after 9.5 s. */
export const TURN_TEST_MS = 10_000;
/** Browsers write some 60, and one more for each candidate they know already. */
export const DESCRIPTION_LINES_MAX = 256;
/** Of one person's candidates: known to the browser at once, two components of dozens of addresses by all servers. */
export const CANDIDATES_PER_GENERATION = 128;
/** Handed to the browser in one go; each takes 3 ms of the page’s thread, and many times that on a busy computer. */
export const CANDIDATES_PER_TURN = 2;
export const CANDIDATE_TURN_MS = 20;
/** That reach the browser, over all connections; a network that flaps has a few dozen a second for a moment. */
export const CANDIDATES: RateLimit = { burst: 256, perSecond: 32 };
export const VERIFICATION_TIMEOUT_MS = 30_000;
/** Of a packet of the own voice with what is repeated in it: fits with all headers into the least packet of IPv6, 1,280. */
export const VOICE_PACKET_MAX_BYTES = 1_100;
/** Earlier packets of the own voice in a packet, to one person in a small call. */
export const VOICE_REPEATS_MAX = 5;

// What a page leaves to its next load.
/** How long a page waits for who asked it to, and when it is asked anew. */
export const RESERVE_LIFE_MS = 150_000;
/** What a page that was loaded anew says first: a name's box, a key, and what proves them. */
export const RETURN_WORD_MAX_BYTES = 2_048;
/** How long what a page leaves to its next load is good for: those who wait do so no longer. */
export const FORMER_PAGE_MAX_MS = RESERVE_LIFE_MS;

// The socket.
export const MESSAGE_MAX_BYTES = 65_536;
export const MESSAGE_FRAGMENTS_MAX = 16;
/** Pieces of one message as they come off the network. */
export const MESSAGE_CHUNKS_MAX = 256;
export const MESSAGES_PER_SECOND = 30;
export const MESSAGES_BURST = 160;
export const PACER_PER_SECOND = 25;
export const PACER_BURST = 100;
/** Of each kind: strangers, those who know a link, those who come back. */
export const UNPROVEN_SOCKETS_MAX = 32;
export const LIVE_TOKENS_MAX = 32;
export const AUTH_TIMEOUT_MS = 10_000;
export const BUFFERED_MAX_BYTES = 1_048_576;
export const HEARTBEAT_INTERVAL_MS = 15_000;
/** Of a page that talks to somebody: with all headers 7 kB a minute, where a voice takes 240 each way. */
export const HEARTBEAT_IN_CALL_MS = 2_500;
export const HEARTBEAT_MISSES_MAX = 2;
export const TAKEOVER_PING_MS = 2_000;
/** More than twelve people who join at once ever need. */
export const ROSTERS_BURST = 16;
export const ROSTERS_PER_SECOND = 4;
/** Pages that have proven a link and have not joined. */
export const ONLOOKERS_MAX = 64;
/** Of those who wait to be let in, so many are shown to the host, the first to ask first. */
export const WAITING_SHOWN_MAX = 32;
/** How long the turn of somebody who waits is kept after a lost socket; pages come back sooner. */
export const TURN_HELD_MS = 20_000;
/** How soon who was refused may ask again. */
export const ASK_AGAIN_MS = 60_000;
/** How often one person may be refused: after that the host hears of them no more. */
export const ASKS_MAX = 3;
/** How long somebody whose place is gone without Leave, or who was refused, is still known as such. */
export const STANDING_KEPT_MS = 120_000;
export const STANDINGS_KEPT_MAX = 256;
/** To pages that have not joined. */
export const ROSTERS_OUTSIDE_PER_SECOND = 0.5;
/** Of one person. More presses of Join and Leave, or new names, wait for their turn. */
export const JOINS_BURST = 12;
/** No oftener than one place goes on to new identities (`FRESH_PLACE_MS`). */
export const JOINS_PER_SECOND = 0.2;
export const RENAMES_BURST = 6;
export const RENAMES_PER_SECOND = 0.5;
/** From a join until its place is free for somebody else, should it be given back sooner, and that too often. */
export const FRESH_PLACE_MS = 5_000;
export const SHORT_STAYS_BURST = 4;
export const SHORT_STAYS_PER_SECOND = 0.1;
/** How long a silent socket may take to answer before those who are in are asked whether they hear its person. */
export const DOUBT_SOCKET_MS = 700;
/** How long a page looks for a sign of life: an acknowledgement, one way there and back, 200 ms late. */
export const DOUBT_ANSWER_MS = 1_000;
/** How long those who were asked may take to answer, on the way through a tunnel. */
export const DOUBT_WITNESS_MS = 3_000;
/** How soon the same person may be doubted again. */
export const DOUBT_AGAIN_MS = 5_000;
/** Since when a person without a socket is doubted though nobody wants their place: connections come back by themselves for about as long. */
export const AWAY_DOUBTED_MS = 15_000;
/** How long the place of a lost socket is kept for its owner, from when somebody heard them last. */
export const PLACE_HELD_MS = 60_000;
/** How long the position of a page that said goodbye, which may have been for a reload, is kept for it. */
export const RELOAD_AWAITED_MS = 5_000;
/** How long a page is in a call before it takes in what it may need later of the host, who may be gone by then: people are connected first. */
export const TAKEN_IN_AFTER_MS = 5_000;
/** Of code that somebody waits for: browsers wait minutes for a server that is silent, and whoever pressed a button does not. */
export const CODE_COMES_MS = 8_000;
/** Of the script of a worker or worklet: what has not come and run by then does not come. */
export const SCRIPT_STARTS_MS = 15_000;
/** How long a page in a call is before its browser keeps the page itself, for a reload while nobody answers. */
export const KEEP_PAGE_AFTER_MS = 3_000;
/** How long that is shown at most: its address may be another's later. */
export const KEPT_PAGE_MAX_MS = 24 * 60 * 60 * 1_000;
/** How long an answer is waited for before what is kept is shown in its place. */
export const KEPT_PAGE_SLOW_MS = 5_000;
/** Addresses of the host that a page remembers beside its own, and of each other person's word on them. */
export const HOST_ORIGINS_MAX = 4;
export const GUEST_ORIGINS_MAX = 2;
/** People whose word on the host's address a page remembers: those in a full room, and as many who have left. */
export const HINTING_GUESTS_MAX = 24;
export const CLOSE_GRACE_MS = 1_000;

// The port.
export const CONNECTIONS_MAX = 256;
/** Connections of this very computer that never give way to others. */
export const LOCAL_CONNECTIONS_RESERVED = 32;
/** How long an answer may take before its connection counts as idle when all are taken. */
export const ANSWER_PROTECTED_MS = 10_000;
export const FIRST_BYTE_TIMEOUT_MS = 5_000;
export const HEADERS_TIMEOUT_MS = 5_000;
export const REQUEST_TIMEOUT_MS = 10_000;
export const CONNECTIONS_CHECK_MS = 1_000;
/** How long a peer may neither send nor take a byte of a request or answer. */
export const IDLE_TIMEOUT_MS = 30_000;
export const KEEP_ALIVE_MS = 5_000;
/** Of a header with what is accepted; browsers send some dozens. */
export const ACCEPT_HEADER_MAX_UNITS = 256;
/** A text with a link in it, as people copy and pass it on. */
export const LINK_TEXT_MAX_UNITS = 2_048;
/** What is typed about a relay that is to be set up: a name, an address, an e-mail address. */
export const RELAY_ANSWER_MAX_UNITS = 256;
export const BODY_MAX_BYTES = 4_096;
export const PORT_MAX = 65_535;
/** Addresses of tunnels or proxies started by hand, in one hosting. */
export const ADDED_ORIGINS_MAX = 16;

/** Notifications of one kind; a crowd that comes at once is told of by its first few. */
export const NOTIFICATIONS: RateLimit = { burst: 4, perSecond: 0.2 };

// A kept room, from which another run goes on.
/** Links that still let somebody in, or back in: those that ended stay as long as somebody is known who came by them. */
export const KEPT_LINKS_MAX = 1_024;
/** All the room can know at a time: the port lets no more in. */
export const KEPT_MEMBERS_MAX = 1_024;
/** Who came by an older one can no longer come back to his place. */
export const FORMER_TUNNELS_KEPT_MAX = 64;
/** How soon after one writing of it the next may follow; what the host does is written at once. */
export const KEPT_ROOM_WRITES: RateLimit = { burst: 2, perSecond: 4 };

// Updates of the desktop app.
/** Nothing a person waits for goes on by then. */
export const UPDATE_FIRST_CHECK_MS = 20_000;
export const UPDATE_CHECK_INTERVAL_MS = 24 * 3_600_000;
/** Of the feed, all of it. */
export const UPDATE_FEED_TIMEOUT_MS = 20_000;
export const UPDATE_FEED_MAX_BYTES = 65_536;
/** Without a byte of the file. */
export const UPDATE_FILE_IDLE_MS = 60_000;
/** Five times what it is. */
export const UPDATE_FILE_MAX_BYTES = 512 * 1_048_576;

// What the desktop app saves for the page of a call.
export const SAVE_TOKEN_BYTES = 16;
