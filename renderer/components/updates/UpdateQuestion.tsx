/** Owns the question whether new versions may be looked for: beside what people came for, once, and never a step of it. */

import type { WindowSnapshot } from '../../../main/common/host-api/updates.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useCommand, useHost } from '../../use-host.ts';

/** Asked while nothing goes on, and where there is somebody to ask for new versions. */
export function UpdateQuestion({ snapshot }: { readonly snapshot: WindowSnapshot }) {
  const { preferences, status, updates } = snapshot;
  const isIdle = (status.phase === 'idle' || status.phase === 'failed') && !updates.held;
  if (!isIdle || preferences.updateChecks !== null || updates.source === null) return null;
  return <Question host={updates.source.host} />;
}

function Question({ host: asked }: { readonly host: string }) {
  const t = useTexts();
  const host = useHost();
  const { run } = useCommand();
  const answer = (updateChecks: boolean) => void run(() => host.setPreferences({ updateChecks }));
  return (
    <aside className="update-question" aria-label={t('update.settings')}>
      <p>
        {t('update.question')} <span>{t('update.question-hint', { host: asked })}</span>
      </p>
      <div className="update-choices">
        <button type="button" className="button button-small" onClick={() => answer(true)}>
          {t('update.yes')}
        </button>
        <button type="button" className="button button-small button-quiet" onClick={() => answer(false)}>
          {t('update.no')}
        </button>
      </div>
    </aside>
  );
}
