/** Owns the choice of how long a link is to live. */

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { INVITATION_LIFETIMES_MS } from '../../../main/common/host-api/snapshot.ts';
import type { WindowText } from '../../i18n/en.ts';
import { useTexts } from '../../i18n/texts.ts';
import { ChoiceCards } from '../parts/ChoiceCards.tsx';

const [HOUR_MS, DAY_MS, WEEK_MS] = INVITATION_LIFETIMES_MS;

const LIFETIMES = {
  hour: { lifetimeMs: HOUR_MS, label: 'invitations.hour' },
  day: { lifetimeMs: DAY_MS, label: 'invitations.day' },
  week: { lifetimeMs: WEEK_MS, label: 'invitations.week' },
} as const satisfies Record<string, { lifetimeMs: number; label: WindowText }>;

type Lifetime = keyof typeof LIFETIMES;

interface ExpiryFormProps {
  readonly pending: boolean;
  readonly onCreate: (lifetimeMs: number) => void;
  readonly onCancel: () => void;
}

export function ExpiryForm({ pending, onCreate, onCancel }: ExpiryFormProps) {
  const t = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState<Lifetime>('hour');
  // The choice was asked for by the button before it.
  useEffect(() => form.current?.querySelector<HTMLElement>(':checked')?.focus(), []);

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    onCreate(LIFETIMES[chosen].lifetimeMs);
  };
  const names = Object.keys(LIFETIMES) as Lifetime[];
  return (
    <form
      ref={form}
      className="expiry-form"
      onSubmit={handleSubmit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      <ChoiceCards
        legend={t('invitations.lifetime')}
        layout="row"
        value={chosen}
        onChange={setChosen}
        choices={names.map((value) => ({ value, label: t(LIFETIMES[value].label) }))}
      />
      <div className="button-row">
        <button type="submit" className="button button-primary" aria-disabled={pending}>
          {t('invitations.create')}
        </button>
        <button type="button" className="button button-quiet" onClick={onCancel}>
          {t('app.cancel')}
        </button>
      </div>
    </form>
  );
}
