/** Owns what window and main say to each other about setting up a relay: the answers, the folder, what became of them; never its secret. */

import * as v from 'valibot';
import { RELAY_ANSWER_MAX_UNITS } from '../protocol/limits.ts';

export type RelayField = 'domain' | 'address' | 'email';

/** Why a folder cannot be written a set-up to. */
export type FolderProblem =
  /** It holds other things. */
  | 'not-empty'
  /** There is a secret in it, and it is none. */
  | 'bad-secret'
  /** Its path has characters that nobody sees, and stands in the guide. */
  | 'unseen-characters'
  | 'not-writable'
  | 'disk-full';

/** What the person has to know of the folder first. */
export type FolderNote =
  | FolderProblem
  /** Nobody has chosen one. */
  | 'none'
  /** A set-up is in it, whose files would be renewed. */
  | 'holds-set-up';

const answer = v.pipe(v.string(), v.maxLength(RELAY_ANSWER_MAX_UNITS));

/** As they were typed, empty where nothing was. Which folder it is for, main knows alone. */
export const typedRelaySchema = v.strictObject({ domain: answer, address: answer, email: answer });
export type TypedRelay = v.InferOutput<typeof typedRelaySchema>;

export interface ChosenRelayFolder {
  /** To be shown, and for nothing else. */
  readonly path: string;
  readonly note: FolderNote | null;
}

export type RelaySetupFault =
  | { readonly kind: 'answers'; readonly fields: readonly RelayField[] }
  | { readonly kind: 'folder'; readonly note: FolderNote };

export interface WrittenRelay {
  readonly domain: string;
  readonly folder: string;
  readonly files: readonly string[];
  /** Another set-up was there; its secret still holds. */
  readonly keptSecret: boolean;
}
