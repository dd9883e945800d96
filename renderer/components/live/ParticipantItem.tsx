/** Owns one person in the list, and the button that would remove them. */

import type { CSSProperties } from 'react';
import type { Participant } from '../../../main/common/host-api/snapshot.ts';
import { initialOf } from '../../../main/common/names/visible-text.ts';
import { useTexts } from '../../i18n/texts.ts';
import { hueOf, participantName, unmistakableName } from '../../participant-names.ts';
import { Icon } from '../parts/Icon.tsx';

interface ParticipantItemProps {
  readonly participant: Participant;
  /** Where others have the same name. */
  readonly mark: string | undefined;
  readonly onRemove: () => void;
}

export function ParticipantItem({ participant, mark, onRemove }: ParticipantItemProps) {
  const t = useTexts();
  const name = participantName(participant, t);
  const readable = participant.name !== null;
  const color = { '--hue': hueOf(participant.id) } as CSSProperties;
  return (
    <li className="person">
      <span className="avatar" style={color} aria-hidden="true">
        {readable ? initialOf(name) : <Icon name="person" />}
      </span>
      <span className="person-words">
        <span>
          <bdi className="person-name">{name}</bdi>
          {mark && <span className="person-mark">{mark}</span>}
        </span>
        {!readable && <span className="hint">{t('room.name-hidden')}</span>}
      </span>
      <button
        type="button"
        className="button button-quiet button-small person-remove"
        aria-label={t('people.remove-name', { name: unmistakableName(participant, mark, t) })}
        onClick={onRemove}
      >
        {t('people.remove')}
      </button>
      {participant.reports > 0 && (
        <p className="person-reports">{t('room.reports', { count: participant.reports })}</p>
      )}
    </li>
  );
}
