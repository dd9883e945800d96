/** Owns the link to pass on: seen whole, opened, copied, scanned, and said what it is good for. */

import { type MouseEvent, useState } from 'react';
import type { InviteLink, LiveStatus } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { type Command, useHost } from '../../use-host.ts';
import { Confirm } from '../parts/Confirm.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Icon } from '../parts/Icon.tsx';
import { QrCode } from './QrCode.tsx';

interface LinkToSendProps {
  readonly link: InviteLink;
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

interface InviteAnchorProps {
  readonly link: InviteLink;
  readonly open: Command;
}

/** Shown whole, opened in the person's browser and never in this window. */
function InviteAnchor({ link, open }: InviteAnchorProps) {
  const host = useHost();
  const handleClick = (event: MouseEvent) => {
    event.preventDefault();
    void open.run(() => host.openInvite(link.invite));
  };
  return (
    <a className="invite-link" href={link.invite} draggable={false} onClick={handleClick}>
      <span className="invite-origin">{link.origin}</span>
      <span className="invite-secret">{link.invite.slice(link.origin.length)}</span>
    </a>
  );
}

/** Puts a new link in the place of the present one, and asks first. */
function NewLinkButton() {
  const t = useTexts();
  const host = useHost();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" className="button button-quiet" onClick={() => setAsking(true)}>
        <Icon name="renew" />
        {t('invite.new')}
      </button>
      <Confirm
        title={t('invite.new-title')}
        text={t('invite.new-text')}
        action={t('invite.new-confirm')}
        open={asking}
        command={() => host.room({ type: 'new-link' })}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
