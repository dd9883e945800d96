/** Owns the screen of an open room: the ways in, the people, and invitations besides. */

import type { LiveStatus } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { InvitationsCard } from '../invite/InvitationsCard.tsx';
import { InviteCard } from '../invite/InviteCard.tsx';
import { PeopleCard } from './PeopleCard.tsx';
import { WaitingCard } from './WaitingCard.tsx';

interface LiveScreenProps {
  readonly status: LiveStatus;
  readonly onOpenSettings: () => void;
}

export function LiveScreen({ status, onOpenSettings }: LiveScreenProps) {
  const t = useTexts();
  return (
    <>
      <h1 className="visually-hidden">{t('host-phase.live')}</h1>
      {status.waitingCount > 0 && <WaitingCard {...status} />}
      <InviteCard status={status} onOpenSettings={onOpenSettings} />
      <PeopleCard status={status} />
      <InvitationsCard invitations={status.invitations} local={status.public === null} />
    </>
  );
}
