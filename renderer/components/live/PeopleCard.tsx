/** Owns who is in the room, as it changes, removing them from it, the door, and how it ends. */

import { useState } from 'react';
import type { LiveStatus, Participant } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { marksOf, unmistakableName } from '../../participant-names.ts';
import { useHost } from '../../use-host.ts';
import { Confirm } from '../parts/Confirm.tsx';
import { Icon } from '../parts/Icon.tsx';
import { DoorSwitches } from './DoorSwitches.tsx';
import { Endings } from './Endings.tsx';
import { Onlookers } from './Onlookers.tsx';
import { ParticipantItem } from './ParticipantItem.tsx';

export function PeopleCard({ status }: { readonly status: LiveStatus }) {
  const t = useTexts();
  const { participants, capacity } = status;
  const marks = marksOf(participants, t);
  const host = useHost();
  const [asking, setAsking] = useState(false);
  /** Stays after the answer, while the question closes. */
  const [person, setPerson] = useState<{ readonly id: string; readonly name: string } | null>(null);
  const ask = (participant: Participant) => {
    const { id } = participant;
    setPerson({ id, name: unmistakableName(participant, marks.get(id), t) });
    setAsking(true);
  };
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
            <ParticipantItem
              key={participant.id}
              participant={participant}
              mark={marks.get(participant.id)}
              onRemove={() => ask(participant)}
            />
          ))}
        </ul>
      ) : (
        <div className="people-empty">
          <Icon name="group" />
          <p>{t('room.empty')}</p>
          <p className="hint">{t('people.hint')}</p>
        </div>
      )}
      <Onlookers count={status.onlookers} />
      <hr />
      <DoorSwitches {...status} />
      {participants.length > 0 && <Endings />}
      {person && (
        <Confirm
          title={t('people.remove-title', { name: person.name })}
          text={t('people.remove-text')}
          action={t('people.remove')}
          danger
          open={asking}
          command={() => host.room({ type: 'remove', participant: person.id })}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
