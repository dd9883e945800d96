/** Owns the list of steps that have to come up, with the state of each in sign and word. */

import { useTexts } from '../../i18n/texts.ts';
import { Icon, Spinner } from './Icon.tsx';

export type StepState = 'waiting' | 'working' | 'done' | 'failed';

export interface Step {
  readonly key: string;
  readonly label: string;
  readonly state: StepState;
}

export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  const t = useTexts();
  return (
    <ul className="steps">
      {steps.map(({ key, label, state }) => (
        <li key={key} className={`step step-${state}`}>
          <StepSign state={state} />
          <span>{label}</span>
          <span className="visually-hidden">: {t(`progress.${state}`)}</span>
        </li>
      ))}
    </ul>
  );
}

function StepSign({ state }: { readonly state: StepState }) {
  if (state === 'working') return <Spinner />;
  if (state === 'done') return <Icon name="check" />;
  return <Icon name={state === 'failed' ? 'warning' : 'clock'} />;
}
