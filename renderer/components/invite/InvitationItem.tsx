/** Owns one invitation in the list: what it is good for, Copy and Revoke. */

import type { Invitation } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { markOf, termsOf } from '../../invitations.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Icon } from '../parts/Icon.tsx';

interface InvitationItemProps {
  readonly invitation: Invitation;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** Called while the item, which goes next, may still have the focus. */
  readonly onRevoked: () => void;
}

export function InvitationItem({ invitation, nowMs, onRevoked }: InvitationItemProps) {
  const t = useTexts();
  const host = useHost();
  const { run, failure } = useCommand();
  const { id, kind, link } = invitation;
  const mark = markOf(link);
  const revoke = async () => {
    if (await run(() => host.room({ type: 'revoke', invitation: id }))) onRevoked();
  };
  return (
    <li className="invitation">
      <Icon name={kind === 'one-time' ? 'person' : 'clock'} />
      <span className="invitation-words">
        <span className="invitation-terms">{termsOf(invitation, nowMs, t)}</span>
        <span className="invitation-mark">{mark}</span>
      </span>
      <span className="invitation-buttons">
        <CopyButton
          invite={link.invite}
          label={t('invitations.copy')}
          name={t('invitations.copy-name', { mark })}
          small
        />
        <button
          type="button"
          className="button button-quiet button-small"
          aria-label={t('invitations.revoke-name', { mark })}
          onClick={() => void revoke()}
        >
          {t('invitations.revoke')}
        </button>
      </span>
      {failure && (
        <p role="alert" className="invitation-problem">
          {t(`host-error.${failure}`)}
        </p>
      )}
    </li>
  );
}
