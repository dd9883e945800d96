/** Owns the tunnel's problem: why there is no public link now, and the next step, the program's own or the person's. */

import type { TunnelStatus } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useCountdown } from '../../use-time.ts';
import { Problem } from '../parts/Problem.tsx';

interface TunnelProblemProps {
  readonly tunnel: TunnelStatus;
  readonly onOpenSettings: () => void;
}

export function TunnelProblem({ tunnel, onOpenSettings }: TunnelProblemProps) {
  const t = useTexts();
  if (tunnel.phase === 'waiting') {
    return (
      <Problem kind="warning" text={t(`tunnel-error.${tunnel.code}`)}>
        <RetryNote retryInMs={tunnel.retryInMs} />
      </Problem>
    );
  }
  if (tunnel.phase === 'failed') {
    return (
      <Problem kind="error" text={t(`tunnel-error.${tunnel.code}`)}>
        <button type="button" className="button button-small" onClick={onOpenSettings}>
          {t('app.settings')}
        </button>
      </Problem>
    );
  }
  return null;
}

function RetryNote({ retryInMs }: { readonly retryInMs: number }) {
  const t = useTexts();
  const seconds = useCountdown(retryInMs);
  return <p className="retry-note">{seconds > 0 ? t('invite.retry', { seconds }) : t('invite.retry-now')}</p>;
}
