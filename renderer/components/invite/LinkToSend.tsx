/** Owns the link to pass on: seen whole, opened, copied, scanned, and said what it is good for. */

import { useState } from 'react';
import type { LiveStatus } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { Command } from '../../use-host.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { InviteAnchor } from './InviteAnchor.tsx';
import { NewLinkButton } from './NewLinkButton.tsx';
import { QrCode } from './QrCode.tsx';

interface LinkToSendProps {
  readonly link: LiveStatus['local'];
  /** Whether it is good for this computer alone: then there is nothing to scan or to send. */
  readonly local: boolean;
  readonly tunnel: LiveStatus['tunnel'];
  readonly open: Command;
  /** Whether it took the place of another, and was not copied since. */
  readonly fresh: boolean;
  readonly onCopied: () => void;
}

export function LinkToSend({ link, local, tunnel, open, fresh, onCopied }: LinkToSendProps) {
  const t = useTexts();
  const [qrShown, setQrShown] = useState(false);
  return (
    <>
      <InviteAnchor link={link} open={open} />
      <div className="button-row">
        <CopyButton
          key={link.invite}
          invite={link.invite}
          label={t('invite.copy')}
          primary={!local}
          onCopied={onCopied}
        />
        {!local && (
          <button
            type="button"
            className="button"
            aria-expanded={qrShown}
            onClick={() => setQrShown(!qrShown)}
          >
            <Icon name="qr" />
            {t('invite.qr')}
          </button>
        )}
        <NewLinkButton />
      </div>
      {fresh && (
        <p className="link-fresh">
          <Icon name="renew" />
          {t('invite.is-new')}
        </p>
      )}
      {!local && qrShown && <QrCode text={link.invite} label={t('invite.qr-label')} />}
      <p className="hint">
        {t(local ? 'invite.local-only' : 'link.secret')}
        {local && tunnel.phase === 'off' && ` ${t('invite.local-only-next')}`}
      </p>
    </>
  );
}
