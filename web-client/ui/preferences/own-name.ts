/** Owns the name one types: what is accepted, and why not. */

import { displayName } from '../../../main/common/names/visible-text.ts';
import { NAME_MAX_UNITS } from '../../../main/common/protocol/limits.ts';
import { fail, ok, type Result } from '../../../main/common/result.ts';

export type NameProblem = 'empty' | 'too-long';

/**
 * The name as it is sent: what others would see of it, at most NAME_MAX_UNITS long. That keeps it within
 * NAME_MAX_JSON_BYTES too, for what JSON must write in six bytes a unit is never seen.
 */
export function readOwnName(typed: string): Result<string, NameProblem> {
  const name = displayName(typed.normalize('NFC'));
  if (name === null) return fail('empty');
  return name.length > NAME_MAX_UNITS ? fail('too-long') : ok(name);
}
