/** Owns what is told of a public address that leads here no more: lost, or replaced by another, whose link is to be sent. */

import type { FormerAddress, InviteLink } from '../../../main/common/host-api/snapshot.ts';
import { useMoment, useTexts } from '../../i18n/texts.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Problem } from '../parts/Problem.tsx';

interface AddressChangeProps {
  readonly former: FormerAddress;
  readonly link: InviteLink;
  /** Whether there are invitations, whose links have changed as well. */
  readonly inviting: boolean;
  /** Whether the new link was copied: then a line that tells what became of the old one is enough. */
  readonly copied: boolean;
  readonly onCopied: () => void;
}

export function AddressChange({ former, link, inviting, copied, onCopied }: AddressChangeProps) {
  const t = useTexts();
  const { origin } = former;
  const time = useMoment(former.sinceMs);
  if (copied) return <p className="hint">{t('former.copied', { origin, time })}</p>;
  return (
    <Problem kind="warning" text={t('former.replaced', { origin, time })}>
      <p>{t(inviting ? 'former.send-all' : 'former.send')}</p>
      <CopyButton invite={link.invite} label={t('former.copy')} small onCopied={onCopied} />
    </Problem>
  );
}

/** While the tunnel is being restored. */
export function LostAddress({ former: { origin, sinceMs } }: { readonly former: FormerAddress }) {
  const t = useTexts();
  return <p>{t('former.lost', { origin, time: useMoment(sinceMs) })}</p>;
}
