/** Owns the value that stands for "it worked or it did not", and the end of exhaustive switches. */

export type Result<Value, Failure = string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };

export const ok = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });

export const fail = <Failure>(error: Failure): Result<never, Failure> => ({ ok: false, error });

/** The unreachable end of a switch over a union: adding a member stops the compilation here. */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${typeof value === 'object' ? 'member' : String(value)}`);
}
