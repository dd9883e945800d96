/** Owns the links besides the room's own: making them, and the list of those that still let somebody in. */

import { useEffect, useRef, useState } from 'react';
import type { InvitationRequest } from '../../../main/common/host-api/commands.ts';
import type { Invitation } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { useNow } from '../../use-time.ts';
import { Icon } from '../parts/Icon.tsx';
import { Problem } from '../parts/Problem.tsx';
import { ExpiryForm } from './ExpiryForm.tsx';
import { InvitationItem } from './InvitationItem.tsx';

interface InvitationsCardProps {
  readonly invitations: readonly Invitation[];
  /** Whether there is no public address, so that the links are good for this computer alone. */
  readonly local: boolean;
}

export function InvitationsCard({ invitations, local }: InvitationsCardProps) {
  const t = useTexts();
  const host = useHost();
  const { run, pending, failure } = useCommand();
  const [choosing, setChoosing] = useState(false);
  const nowMs = useNow(invitations.some(({ kind }) => kind === 'expiring'));
  const list = useRef<HTMLUListElement>(null);
  const makeOne = useRef<HTMLButtonElement>(null);
  const makeExpiring = useRef<HTMLButtonElement>(null);
  const awaitsNew = useRef(false);
  const newest = invitations.at(-1)?.id ?? 0;

  // What is made is to be copied next; what held the focus may be gone with its invitation.
  const seen = useRef(newest);
  useEffect(() => {
    const isNew = newest > seen.current;
    seen.current = Math.max(seen.current, newest);
    if (isNew && awaitsNew.current) {
      awaitsNew.current = false;
      list.current?.querySelector<HTMLElement>('li:last-child button')?.focus();
    }
  }, [newest]);
  const create = async (request: InvitationRequest) => {
    if (pending) return;
    awaitsNew.current = true;
    const made = await run(() => host.room({ type: 'invite', request }));
    if (made) setChoosing(false);
    else awaitsNew.current = false;
  };
  const closeForm = () => {
    setChoosing(false);
    makeExpiring.current?.focus();
  };

  return (
    <section className="card invitations" aria-labelledby="invitations-title">
      <div className="card-words">
        <h2 id="invitations-title">{t('invitations.title')}</h2>
        <p className="hint">{t('invitations.lead')}</p>
      </div>
      {invitations.length > 0 && (
        <ul ref={list} className="invitation-list" aria-labelledby="invitations-title">
          {invitations.map((invitation) => (
            <InvitationItem
              key={invitation.id}
              invitation={invitation}
              nowMs={nowMs}
              onRevoked={() => makeOne.current?.focus()}
            />
          ))}
        </ul>
      )}
      {local && invitations.length > 0 && <p className="hint">{t('invitations.local-only')}</p>}
      <div className="button-row">
        <button
          ref={makeOne}
          type="button"
          className="button"
          aria-disabled={pending}
          onClick={() => void create({ kind: 'one-time' })}
        >
          <Icon name="person" />
          {t('invitations.one-time')}
        </button>
        <button
          ref={makeExpiring}
          type="button"
          className="button"
          aria-expanded={choosing}
          onClick={() => setChoosing(!choosing)}
        >
          <Icon name="clock" />
          {t('invitations.expiring')}
        </button>
      </div>
      {choosing && (
        <ExpiryForm
          pending={pending}
          onCreate={(lifetimeMs) => void create({ kind: 'expiring', lifetimeMs })}
          onCancel={closeForm}
        />
      )}
      {failure && <Problem kind="error" text={t(`host-error.${failure}`)} />}
    </section>
  );
}
