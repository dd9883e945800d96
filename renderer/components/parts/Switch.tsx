/** Owns an on/off setting with what it means; the words turn into a warning where being on has a price. */

import { useId } from 'react';

interface SwitchProps {
  readonly label: string;
  readonly hint: string;
  readonly warns: boolean;
  /** It cannot be switched on now; the hint says why. */
  readonly unavailable?: boolean;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

export function Switch({ label, hint, warns, unavailable = false, on, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="switch-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="checkbox"
        role="switch"
        className="switch"
        checked={on}
        aria-checked={on}
        disabled={unavailable && !on}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <p id={`${id}-hint`} className={warns ? 'field-hint field-warning' : 'field-hint'}>
        {hint}
      </p>
    </div>
  );
}
