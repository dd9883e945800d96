/** Owns the tunnel's problem: why there is no public link now, or none by the chosen tunnel, and the next step, the program's or the person's. */

import { missingFor } from '../../../main/common/host-api/remedies.ts';
import type {
  FormerAddress,
  TunnelStatus,
  TunnelSubstitute,
} from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useCountdown } from '../../use-time.ts';
import { Icon } from '../parts/Icon.tsx';
import { Problem, Remedy } from '../parts/Problem.tsx';
import { LostAddress } from './AddressChange.tsx';

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
        <Remedy missing={missingFor(tunnel.code)} />
        {former && <LostAddress former={former} />}
        {tunnel.exhausted && <p>{t('substitute.exhausted')}</p>}
        <RetryNote retryInMs={tunnel.retryInMs} />
      </Problem>
    );
  }
  if (tunnel.phase === 'failed') {
    return (
      <Problem kind="error" text={t(`tunnel-error.${tunnel.code}`)}>
        <Remedy missing={missingFor(tunnel.code)} />
        {former && <LostAddress former={former} />}
        <button type="button" className="button button-small" onClick={onOpenSettings}>
          {t('app.settings')}
        </button>
      </Problem>
    );
  }
  const isTold = tunnel.phase === 'connecting' || tunnel.phase === 'connected';
  const substitute = isTold ? tunnel.substitute : undefined;
  if (tunnel.phase === 'connecting' && (former || substitute)) {
    return (
      <Problem kind="warning" text={t('tunnel-phase.connecting')}>
        {former && <LostAddress former={former} />}
        {substitute && <SubstituteNote substitute={substitute} />}
      </Problem>
    );
  }
  if (!substitute) return null;
  return (
    <div className="link-fresh">
      <Icon name="renew" />
      <div className="problem-body">
        <SubstituteNote substitute={substitute} />
      </div>
    </div>
  );
}

/** Who carries the link, or is to, in the chosen one's place. */
function SubstituteNote({ substitute: { of, provider, reason } }: { readonly substitute: TunnelSubstitute }) {
  const t = useTexts();
  const names = { of: t(`settings.tunnel-${of}`), provider: t(`settings.tunnel-${provider}`) };
  return (
    <>
      <p>{t('substitute.now', names)}</p>
      <p className="hint">{t(`tunnel-error.${reason}`)}</p>
      <Remedy missing={missingFor(reason)} />
    </>
  );
}

function RetryNote({ retryInMs }: { readonly retryInMs: number }) {
  const t = useTexts();
  const seconds = useCountdown(retryInMs);
  return <p className="retry-note">{seconds > 0 ? t('invite.retry', { seconds }) : t('invite.retry-now')}</p>;
}
