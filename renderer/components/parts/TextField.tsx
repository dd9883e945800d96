/** Owns a line to type into: its name, what it is for, and what is wrong with what stands in it. */

import { useId } from 'react';

interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  /** Shown as dots. */
  readonly secret?: boolean;
  /** Takes the focus as it appears: only where it was asked for. */
  readonly first?: boolean;
  readonly maxUnits?: number;
  readonly value: string;
  readonly fault: string | null;
  readonly onChange: (text: string) => void;
  readonly onEnter?: () => void;
}

export function TextField(props: TextFieldProps) {
  const { label, hint, placeholder, secret = false, first = false, maxUnits, value, fault } = props;
  const { onChange, onEnter } = props;
  const id = useId();
  const described = [
    ...(fault === null ? [] : [`${id}-fault`]),
    ...(hint === undefined ? [] : [`${id}-hint`]),
  ];
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="input"
        type={secret ? 'password' : 'text'}
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the field appears only where it was asked for
        autoFocus={first}
        placeholder={placeholder}
        maxLength={maxUnits}
        aria-invalid={fault !== null}
        aria-describedby={described.length === 0 ? undefined : described.join(' ')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter?.();
        }}
      />
      {fault !== null && (
        <p id={`${id}-fault`} className="field-hint field-error">
          {fault}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
