/** Owns who is in the room, as it changes. */

import type { CSSProperties } from 'react';
import type { Participant } from '../../main/common/host-api.ts';
import { useTexts } from '../i18n/texts.ts';
import { displayName, hueOf, initialOf } from '../people.ts';
import { Icon } from './Icon.tsx';

interface PeopleCardProps {
  readonly participants: readonly Participant[];
  readonly capacity: number;
}

export function PeopleCard({ participants, capacity }: PeopleCardProps) {
  const t = useTexts();
  return (
    <section className="card people" aria-labelledby="people-title">
      <h2 id="people-title">{t('room.title', { count: participants.length, capacity })}</h2>
      <div className="seats" aria-hidden="true">
        {Array.from({ length: capacity }, (_, seat) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a seat is its number
          <span key={seat} className="seat" data-taken={seat < participants.length || undefined} />
        ))}
      </div>
      {participants.length > 0 ? (
        <ul className="people-list" aria-labelledby="people-title">
          {participants.map((participant) => (
            <Person key={participant.id} participant={participant} />
          ))}
        </ul>
      ) : (
        <div className="people-empty">
          <Icon name="group" />
          <p>{t('room.empty')}</p>
          <p className="hint">{t('people.hint')}</p>
        </div>
      )}
    </section>
  );
}

function Person({ participant }: { readonly participant: Participant }) {
  const t = useTexts();
  const name = displayName(participant, t);
  const readable = participant.name !== null;
  const color = { '--hue': hueOf(participant.id) } as CSSProperties;
  return (
    <li className="person">
      <span className="avatar" style={color} aria-hidden="true">
        {readable ? initialOf(name) : <Icon name="person" />}
      </span>
      <span className="person-words">
        <bdi className="person-name">{name}</bdi>
        {!readable && <span className="hint">{t('room.name-hidden')}</span>}
      </span>
    </li>
  );
}
