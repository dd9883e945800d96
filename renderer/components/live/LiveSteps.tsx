/** Owns what carries an open room, at a glance: the server here, the tunnel outside. */

import type { TunnelStatus } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { type StepState, Steps } from '../setup/Steps.tsx';

const TUNNEL_STEP: Readonly<Record<Exclude<TunnelStatus['phase'], 'off'>, StepState>> = {
  connecting: 'working',
  connected: 'done',
  waiting: 'working',
  failed: 'failed',
};

interface LiveStepsProps {
  readonly port: number;
  readonly tunnel: TunnelStatus;
}

export function LiveSteps({ port, tunnel }: LiveStepsProps) {
  const t = useTexts();
  const server = { key: 'server', label: t('progress.server-on', { port }), state: 'done' as const };
  if (tunnel.phase === 'off') return <Steps steps={[server]} />;
  const outside = { key: 'tunnel', label: t('progress.tunnel'), state: TUNNEL_STEP[tunnel.phase] };
  return <Steps steps={[server, outside]} />;
}
