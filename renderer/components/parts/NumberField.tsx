/** Owns the number field: whole numbers within bounds, typed or stepped, handed on only while they hold. */

import { useEffect, useId, useRef, useState } from 'react';
import { useTexts } from '../../i18n/texts.ts';
import { Icon } from './Icon.tsx';

interface NumberFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

export function NumberField({ label, hint, value, least, most, onChange }: NumberFieldProps) {
  const t = useTexts();
  const inputId = useId();
  const hintId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(String(value));
  const valid = isWholeNumber(draft, least, most);

  useEffect(() => setDraft(String(value)), [value]);

  const take = (text: string) => {
    setDraft(text);
    if (isWholeNumber(text, least, most)) onChange(Number(text));
  };
  const step = (by: number) => {
    const from = valid ? Number(draft) : value;
    take(String(Math.min(most, Math.max(least, from + by))));
    input.current?.focus();
  };

  return (
    <div className="field">
      <label className="field-label" htmlFor={inputId}>
        {label}
      </label>
      <div className="stepper" data-invalid={!valid || undefined}>
        <StepButton
          icon="minus"
          label={t('number.fewer')}
          disabled={value <= least}
          onClick={() => step(-1)}
        />
        <input
          ref={input}
          id={inputId}
          className="stepper-input"
          type="number"
          inputMode="numeric"
          required
          min={least}
          max={most}
          step={1}
          value={draft}
          aria-describedby={hintId}
          aria-invalid={!valid}
          onChange={(event) => take(event.target.value)}
        />
        <StepButton icon="plus" label={t('number.more')} disabled={value >= most} onClick={() => step(1)} />
      </div>
      <p id={hintId} className={valid ? 'field-hint' : 'field-hint field-error'}>
        {valid ? hint : t('number.range', { least, most })}
      </p>
    </div>
  );
}

interface StepButtonProps {
  readonly icon: 'minus' | 'plus';
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

/** For the mouse: the keyboard has the arrow keys in the field itself. */
function StepButton({ icon, label, disabled, onClick }: StepButtonProps) {
  return (
    <button
      type="button"
      className="stepper-button"
      tabIndex={-1}
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

function isWholeNumber(text: string, least: number, most: number): boolean {
  return /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most;
}
