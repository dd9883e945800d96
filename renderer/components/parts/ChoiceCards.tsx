/** Owns the choice cards: one choice among a few, each where needed with a line of explanation; real radios underneath. */

import { useId } from 'react';
import { Icon, type IconName } from './Icon.tsx';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
  readonly icon?: IconName;
  /** Language of the label, where it is not the window's. */
  readonly lang?: string;
}

interface ChoiceCardsProps<Value extends string> {
  readonly legend: string;
  /** Whether the legend is for screen readers only. */
  readonly quietLegend?: boolean;
  readonly layout: 'row' | 'column';
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>) {
  const { legend, quietLegend = false, layout, choices, value, onChange } = props;
  const id = useId();
  return (
    <fieldset className={`choices choices-${layout}`}>
      <legend className={quietLegend ? 'visually-hidden' : 'field-label'}>{legend}</legend>
      {choices.map((choice) => (
        <div key={choice.value} className="choice">
          <input
            type="radio"
            className="choice-input"
            id={`${id}-${choice.value}`}
            name={id}
            checked={choice.value === value}
            aria-describedby={choice.hint && `${id}-${choice.value}-hint`}
            onChange={() => onChange(choice.value)}
          />
          {choice.icon && <Icon name={choice.icon} />}
          <label className="choice-label" htmlFor={`${id}-${choice.value}`} lang={choice.lang}>
            {choice.label}
          </label>
          {choice.hint && (
            <p id={`${id}-${choice.value}-hint`} className="choice-hint">
              {choice.hint}
            </p>
          )}
        </div>
      ))}
    </fieldset>
  );
}
