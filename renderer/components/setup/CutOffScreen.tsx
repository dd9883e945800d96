/** Owns the screen after a room was cut off: to go on with it, or to start anew. */

import type { HostErrorCode } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { Spinner } from '../parts/Icon.tsx';
import { Problem } from '../parts/Problem.tsx';
import { SentLink } from './SetupScreen.tsx';

interface CutOffScreenProps {
  readonly failure: HostErrorCode | null;
  readonly onJoin: () => void;
}

export function CutOffScreen({ failure, onJoin }: CutOffScreenProps) {
  const t = useTexts();
  const host = useHost();
  const { pending, run, failure: refused } = useCommand();
  const problem = refused ?? failure;
  return (
    <section className="card setup-card">
      <div className="setup-words">
        <h1>{t('cut-off.title')}</h1>
        <p className="lead">{t('cut-off.text')}</p>
      </div>
      {problem === 'port-in-use' && <Problem kind="error" text={t('cut-off.port')} />}
      {problem && problem !== 'port-in-use' && (
        <Problem kind="error" text={t(`host-error.${problem}`)}>
          <p>{t('cut-off.still')}</p>
        </Problem>
      )}
      <button
        type="button"
        className="button button-primary button-large"
        aria-disabled={pending}
        onClick={() => void run(() => host.goOn())}
      >
        {pending && <Spinner />}
        {t('cut-off.go-on')}
      </button>
      <button
        type="button"
        className="button button-quiet"
        aria-disabled={pending}
        onClick={() => void run(() => host.startAnew())}
      >
        {t('cut-off.anew')}
      </button>
      <p className="setup-note">{t('cut-off.anew-note')}</p>
      <SentLink onJoin={onJoin} />
    </section>
  );
}
