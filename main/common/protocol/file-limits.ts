/** Owns the numbers of files from person to person: sizes, counts, times and rates that both sides keep to. */

import type { RateLimit } from '../timing/token-bucket.ts';
import { BOX_TAG_BYTES } from './limits.ts';

/**
 * What is read, acknowledged and written at a time; the last of a file is shorter. Three of the largest messages, all of them full: a
 * mebibyte would take four, and one more for a rest of 168 bytes.
 */
export const FILE_BLOCK_BYTES = 786_300;
export const FILE_SIZE_MAX = 2 ** 40;
/** Of all that is received and not saved, where a browser keeps nothing on the disk. */
export const FILE_MEMORY_MAX = 128 * 1_048_576;
/** Of all files together, for the other receivers of them. */
export const FILE_BLOCKS_CACHED_MAX = 21;
/** How long what was received lies in the browser's own folder once no page has it open. */
export const FILE_KEPT_MAX_MS = 24 * 3_600_000;
/** Of an image that is shown small: its bytes, its pixels before, and its longer side after. */
export const FILE_PREVIEW_MAX_BYTES = 20 * 1_048_576;
export const FILE_PREVIEW_MAX_PIXELS = 40_000_000;
export const FILE_PREVIEW_SIDE_PX = 640;
/** Frames of one file that a page has taken and its worker has not: far more than whoever keeps to the window can have under way. */
export const FILE_BACKLOG_MAX_BYTES = 32 * 1_048_576;
export const FILE_NAME_MAX_UNITS = 255;
export const FILE_MIME_MAX_UNITS = 127;
export const FILE_BLOCKS_MAX = Math.ceil(FILE_SIZE_MAX / FILE_BLOCK_BYTES);
/** Of the secret by which two go on with a file. */
export const FILE_RESUME_BYTES = 32;
/** Of files, and of links. */
export const FILE_NUMBER_MAX = 0xffff_ffff;
/** By which a receiver tells what it has; whoever sends leaves fewer gaps than that. */
export const FILE_RANGES_MAX = 512;
export const FILE_FRAME_VERSION = 1;
export const FILE_FRAME_HEADER_BYTES = 14;
export const FILE_FRAME_NONCE_BYTES = 12;
export const FILE_FRAME_OVERHEAD_BYTES = FILE_FRAME_HEADER_BYTES + FILE_FRAME_NONCE_BYTES + BOX_TAG_BYTES;
/** Of a link's message; a browser may take less. */
export const FILE_MESSAGE_MAX_BYTES = 262_144;
/** Sent to one person and not acknowledged. */
export const FILE_WINDOW_BYTES = 10 * FILE_BLOCK_BYTES;
/** A block's SHA-256, sealed. */
export const FILE_ACK_BYTES = FILE_FRAME_OVERHEAD_BYTES + 32;
/** What every browser takes (RFC 8841, section 6.1): who says less wants something else than a file. */
export const FILE_MESSAGE_LEAST_BYTES = 65_536;
/** Of one pair and direction. */
export const FILE_LINKS_MAX = 8;
/** The same where a TURN server carries them, which gives each guest so many allocations only. */
export const FILE_LINKS_RELAYED_MAX = 2;
/** Until a link carries; what takes longer is given up. */
export const FILE_LINK_OPEN_MS = 20_000;
/** How long a link may say that it carries and bring nothing that is due. */
export const FILE_LINK_SILENT_MS = 8_000;
/** How long links stay once nothing moves. */
export const FILE_LINK_IDLE_MS = 5_000;
/** Of one person, without an answer. */
export const FILE_OFFERS_OPEN_MAX = 32;
/** Files of a page that are not over, in both directions. */
export const FILES_OPEN_MAX = 100;
/** That are taken of what is chosen at once. */
export const FILES_CHOSEN_MAX = 2 * FILES_OPEN_MAX;
/** Offers to one person; of more at once, the rest wait. */
export const FILE_OFFERS: RateLimit = { burst: FILE_OFFERS_OPEN_MAX, perSecond: 8 };
export const RECEIVE_FILE_OFFERS: RateLimit = { burst: 2 * FILE_OFFERS_OPEN_MAX, perSecond: 12 };
/** What is said of files besides: for each some words, and those of a hundred at once where a path carries again. */
export const RECEIVE_FILE_WORDS: RateLimit = { burst: 4 * FILES_OPEN_MAX, perSecond: 50 };
/** Descriptions, candidates and ends of links: all made anew at once, both directions, and again every few seconds. */
export const RECEIVE_FILE_LINKS: RateLimit = { burst: 384, perSecond: 32 };
/** The list of files is shown anew so often; how far each is, once a second. */
export const FILE_VIEW_RATE: RateLimit = { burst: 8, perSecond: 4 };
