/** Owns the sign for "in progress"; it stands still where the person asked for less motion. */

export function Spinner() {
  return <span className="spinner" aria-hidden="true" />;
}
