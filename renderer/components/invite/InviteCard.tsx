/** Owns the invite card: the link for guests, the way in for the person at this computer, further addresses. */

import { useState } from 'react';
import type { LiveStatus, TunnelStatus } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { fragmentOf } from '../../invitations.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { Icon, Spinner } from '../parts/Icon.tsx';
import { Problem } from '../parts/Problem.tsx';
import { type StepState, Steps } from '../parts/Steps.tsx';
import { AddressChange } from './AddressChange.tsx';
import { LinkToSend } from './LinkToSend.tsx';
import { OtherAddresses } from './OtherAddresses.tsx';
import { TunnelProblem } from './TunnelProblem.tsx';

const TUNNEL_STEP: Readonly<Record<Exclude<TunnelStatus['phase'], 'off'>, StepState>> = {
  connecting: 'working',
  connected: 'done',
  waiting: 'working',
  failed: 'failed',
};

interface InviteCardProps {
  readonly status: LiveStatus;
  readonly onOpenSettings: () => void;
}

export function InviteCard({ status, onOpenSettings }: InviteCardProps) {
  const t = useTexts();
  const host = useHost();
  const open = useCommand();
  const fragment = fragmentOf(status.local);
  const [known, setKnown] = useState(fragment);
  const [copied, setCopied] = useState('');
  const link = linkToShow(status);
  const local = link === status.local;
  const handleCopied = () => {
    setKnown(fragment);
    setCopied(link?.invite ?? '');
  };
  return (
    <section className="card" aria-labelledby="invite-title">
      <div className="card-head">
        <h2 id="invite-title">{t(local ? 'link.local' : 'link.public')}</h2>
        <LiveSteps port={status.port} tunnel={status.tunnel} />
      </div>
      <TunnelProblem tunnel={status.tunnel} former={status.former} onOpenSettings={onOpenSettings} />
      {status.tunnel.phase === 'connected' && status.former && status.public && (
        <AddressChange
          former={status.former}
          link={status.public}
          inviting={status.invitations.length > 0}
          copied={copied === status.public.invite}
          onCopied={handleCopied}
        />
      )}
      {link && (
        <LinkToSend
          link={link}
          local={local}
          tunnel={status.tunnel}
          open={open}
          fresh={fragment !== known}
          onCopied={handleCopied}
        />
      )}
      {!link && !status.former && status.tunnel.phase === 'connecting' && !status.tunnel.substitute && (
        <p className="link-awaited">
          <Spinner />
          {t('tunnel-phase.connecting')}
        </p>
      )}
      <hr />
      <div className="own-seat">
        <div className="button-row">
          <button
            type="button"
            className="button button-primary"
            aria-disabled={open.pending}
            onClick={() => void open.run(() => host.talkHere())}
          >
            <Icon name="voice" />
            {t('invite.talk-here')}
          </button>
          <button
            type="button"
            className="button button-quiet"
            onClick={() => void open.run(() => host.openInvite(status.local.invite))}
          >
            <Icon name="open" />
            {t('invite.open-here')}
          </button>
        </div>
        <p className="hint">{t('invite.own-seat')}</p>
      </div>
      {open.failure && <Problem kind="error" text={t(`host-error.${open.failure}`)} />}
      <OtherAddresses
        links={status.others.filter(({ invite }) => invite !== link?.invite)}
        port={status.port}
      />
    </section>
  );
}

/** While a tunnel is on its way or coming back, the local link would only be mistaken for the one to send. */
function linkToShow({ public: outside, local, tunnel }: LiveStatus) {
  const expected = tunnel.phase === 'connecting' || tunnel.phase === 'waiting';
  return outside ?? (expected ? null : local);
}

interface LiveStepsProps {
  readonly port: number;
  readonly tunnel: TunnelStatus;
}

/** What carries the open room, at a glance: the server here, the tunnel outside. */
function LiveSteps({ port, tunnel }: LiveStepsProps) {
  const t = useTexts();
  const server = { key: 'server', label: t('progress.server-on', { port }), state: 'done' as const };
  if (tunnel.phase === 'off') return <Steps steps={[server]} />;
  const outside = { key: 'tunnel', label: t('progress.tunnel'), state: TUNNEL_STEP[tunnel.phase] };
  return <Steps steps={[server, outside]} />;
}
