/** Owns the tunnel's problem: why there is no public link now, and the next step, the program's own or the person's. */

import type { FormerAddress, TunnelStatus } from '../../../main/common/host-api/snapshot.ts';
import { useMoment, useTexts } from '../../i18n/texts.ts';
import { useCountdown } from '../../use-time.ts';
import { Problem } from '../parts/Problem.tsx';

interface TunnelProblemProps {
  readonly tunnel: TunnelStatus;
  readonly former: FormerAddress | null;
  readonly onOpenSettings: () => void;
}

export function TunnelProblem({ tunnel, former, onOpenSettings }: TunnelProblemProps) {
  const t = useTexts();
  if (tunnel.phase === 'waiting') {
    return (
      <Problem kind="warning" text={t(`tunnel-error.${tunnel.code}`)}>
        {former && <LostAddress former={former} />}
        <RetryNote retryInMs={tunnel.retryInMs} />
      </Problem>
    );
  }
  if (tunnel.phase === 'failed') {
    return (
      <Problem kind="error" text={t(`tunnel-error.${tunnel.code}`)}>
        {former && <LostAddress former={former} />}
        <button type="button" className="button button-small" onClick={onOpenSettings}>
          {t('app.settings')}
        </button>
      </Problem>
    );
  }
  if (tunnel.phase === 'connecting' && former) {
    return (
      <Problem kind="warning" text={t('tunnel-phase.connecting')}>
        <LostAddress former={former} />
      </Problem>
    );
  }
  return null;
}

function LostAddress({ former: { origin, sinceMs } }: { readonly former: FormerAddress }) {
  const t = useTexts();
  return <p>{t('former.lost', { origin, time: useMoment(sinceMs) })}</p>;
}

function RetryNote({ retryInMs }: { readonly retryInMs: number }) {
  const t = useTexts();
  const seconds = useCountdown(retryInMs);
  return <p className="retry-note">{seconds > 0 ? t('invite.retry', { seconds }) : t('invite.retry-now')}</p>;
}
