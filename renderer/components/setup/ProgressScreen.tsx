/** Owns the progress screen between closed and open: which step is under way, and Stop to cut it short. */

import type { HostStatus, TunnelChoice } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { Spinner } from '../parts/Icon.tsx';
import { Steps } from '../parts/Steps.tsx';
import { StopButton } from '../parts/StopButton.tsx';

interface ProgressScreenProps {
  readonly status: Extract<HostStatus, { phase: 'starting' | 'stopping' }>;
  readonly tunnel: TunnelChoice;
}

export function ProgressScreen({ status, tunnel }: ProgressScreenProps) {
  const t = useTexts();
  return (
    <section className="card setup-card" aria-busy="true">
      <h1 className="progress-title">
        {status.phase === 'stopping' && <Spinner />}
        {t(`host-phase.${status.phase}`)}
      </h1>
      {status.phase === 'starting' && (
        <>
          <Steps
            steps={[
              {
                key: 'certificate',
                label: t('progress.certificate'),
                state: status.step === 'certificate' ? 'working' : 'done',
              },
              {
                key: 'server',
                label: t('progress.server'),
                state: status.step === 'server' ? 'working' : 'waiting',
              },
              ...(tunnel === 'none'
                ? []
                : [{ key: 'tunnel', label: t('progress.tunnel'), state: 'waiting' as const }]),
            ]}
          />
          <StopButton />
        </>
      )}
    </section>
  );
}
