/** Owns the updates' place in the settings: which version this is, looking for a newer one now, and whether that happens by itself. */

import type { UpdateStatus } from '../../../main/common/host-api/updates.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useHost } from '../../use-host.ts';
import { Switch } from '../parts/Switch.tsx';
import { UpdateNote } from './UpdateNote.tsx';

interface UpdateSettingsProps {
  readonly updates: UpdateStatus;
  /** Whether they are looked for without asking. */
  readonly on: boolean;
  readonly onChange: (updateChecks: boolean) => void;
}

export function UpdateSettings({ updates, on, onChange }: UpdateSettingsProps) {
  const t = useTexts();
  const host = useHost();
  const { current, source } = updates;
  return (
    <fieldset className="update-settings">
      <legend className="field-label">{t('update.settings')}</legend>
      <div className="update-version">
        <p className="field-hint">{t('update.version', { version: current })}</p>
        {source !== null && (
          <button
            type="button"
            className="button button-small"
            aria-disabled={updates.progress.phase === 'checking'}
            onClick={() => void host.update('check')}
          >
            {t('update.check')}
          </button>
        )}
      </div>
      {source === null ? (
        <p className="field-hint">{t('update.none-here')}</p>
      ) : (
        <>
          <UpdateNote updates={updates} />
          <Switch
            label={t('update.by-itself')}
            hint={t('update.by-itself-hint', { host: source.host })}
            warns={false}
            on={on}
            onChange={onChange}
          />
        </>
      )}
    </fieldset>
  );
}
