/** Owns the word on a new public address: that the old one is dead and since when, with the new link to be sent once more. */

import { useState } from 'react';
import type { FormerAddress, InviteLink } from '../../../main/common/host-api/snapshot.ts';
import { useMoment, useTexts } from '../../i18n/texts.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Problem } from '../parts/Problem.tsx';

interface AddressChangeProps {
  readonly former: FormerAddress;
  readonly link: InviteLink;
  /** Whether there are invitations, whose links have changed as well. */
  readonly inviting: boolean;
  readonly onCopied: () => void;
}

/** Once the new link was copied, a line that tells what became of the old one is enough. */
export function AddressChange({ former: { origin, sinceMs }, link, inviting, onCopied }: AddressChangeProps) {
  const t = useTexts();
  const time = useMoment(sinceMs);
  const [copied, setCopied] = useState('');
  if (copied === link.invite) return <p className="hint">{t('former.copied', { origin, time })}</p>;
  const handleCopied = () => {
    setCopied(link.invite);
    onCopied();
  };
  return (
    <Problem kind="warning" text={t('former.replaced', { origin, time })}>
      <p>{t(inviting ? 'former.send-all' : 'former.send')}</p>
      <CopyButton invite={link.invite} label={t('former.copy')} small onCopied={handleCopied} />
    </Problem>
  );
}
