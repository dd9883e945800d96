/** Owns an invite as a link: shown whole, opened in the person's browser and never in this window. */

import type { MouseEvent } from 'react';
import type { InviteLink } from '../../../main/common/host-api/snapshot.ts';
import { type Command, useHost } from '../../use-host.ts';

interface InviteAnchorProps {
  readonly link: InviteLink;
  readonly open: Command;
}

export function InviteAnchor({ link, open }: InviteAnchorProps) {
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
