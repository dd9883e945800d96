/** Owns the screen before a call: its kind, its size, Host, and why the last try failed. */

import type { FormEvent } from 'react';
import type { HostErrorCode, HostPreferences } from '../../../main/common/host-api/snapshot.ts';
import { CAPACITY_MAX, CAPACITY_MIN } from '../../../main/common/protocol/limits.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { ChoiceCards } from '../parts/ChoiceCards.tsx';
import { Icon, Spinner } from '../parts/Icon.tsx';
import { NumberField } from '../parts/NumberField.tsx';
import { Problem } from '../parts/Problem.tsx';
import { Switch } from '../parts/Switch.tsx';

interface SetupScreenProps {
  readonly preferences: HostPreferences;
  readonly failure: HostErrorCode | null;
  readonly onOpenSettings: () => void;
  readonly onJoin: () => void;
}

export function SetupScreen({ preferences, failure, onOpenSettings, onJoin }: SetupScreenProps) {
  const t = useTexts();
  const host = useHost();
  const start = useCommand();
  const change = useCommand();
  const problem = start.failure ?? failure ?? change.failure;

  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wrong = event.currentTarget.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (wrong) wrong.focus();
    else void start.run(() => host.start());
  };
  const hostOnAnyPort = async () => {
    const changed = await host.setPreferences({ port: 0 });
    return changed.ok ? host.start() : changed;
  };

  return (
    <form className="card setup-card" noValidate onSubmit={handleSubmit}>
      <div className="setup-words">
        <h1>{t('setup.title')}</h1>
        <p className="lead">{t('setup.lead')}</p>
      </div>
      <ChoiceCards
        legend={t('setup.mode')}
        quietLegend
        layout="row"
        value={preferences.mode}
        onChange={(mode) => void change.run(() => host.setPreferences({ mode }))}
        choices={[
          { value: '1x1', label: t('setup.mode-pair'), hint: t('setup.mode-pair-hint'), icon: 'pair' },
          { value: 'group', label: t('setup.mode-group'), hint: t('setup.mode-group-hint'), icon: 'group' },
        ]}
      />
      <div className="setup-size">
        {preferences.mode === 'group' ? (
          <NumberField
            label={t('setup.capacity')}
            hint={t('setup.capacity-hint')}
            value={preferences.capacity}
            least={CAPACITY_MIN}
            most={CAPACITY_MAX}
            onChange={(capacity) => void host.setPreferences({ capacity })}
          />
        ) : (
          <p className="setup-note">{t('setup.pair-note')}</p>
        )}
      </div>
      <Switch
        label={t('door.lobby')}
        hint={t('door.lobby-hint')}
        warns={false}
        on={preferences.lobby}
        onChange={(lobby) => void change.run(() => host.setPreferences({ lobby }))}
      />
      {problem && (
        <Problem kind="error" text={t(`host-error.${problem}`)}>
          {(problem === 'port-in-use' || problem === 'port-denied') && (
            <button
              type="button"
              className="button button-small"
              onClick={() => void start.run(hostOnAnyPort)}
            >
              {t('setup.any-port')}
            </button>
          )}
        </Problem>
      )}
      <button type="submit" className="button button-primary button-large" aria-disabled={start.pending}>
        {start.pending && <Spinner />}
        {t('setup.host')}
      </button>
      <p className="setup-tunnel">
        {preferences.tunnel === 'none'
          ? t('setup.no-tunnel-note')
          : t('setup.tunnel-note', { tunnel: t(`settings.tunnel-${preferences.tunnel}`) })}
        <span aria-hidden="true"> · </span>
        <button type="button" className="text-button" onClick={onOpenSettings}>
          {t('setup.change')}
        </button>
      </p>
      <SentLink onJoin={onJoin} />
    </form>
  );
}

/** For who came to talk in somebody else's room. */
export function SentLink({ onJoin }: { readonly onJoin: () => void }) {
  const t = useTexts();
  return (
    <>
      <hr />
      <div className="setup-join">
        <p>{t('setup.invited')}</p>
        <button type="button" className="button" aria-haspopup="dialog" onClick={onJoin}>
          <Icon name="link" />
          {t('join.title')}
        </button>
      </div>
    </>
  );
}
