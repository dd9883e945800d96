/** Owns one person in the list, and the button that would remove them. */

import type { Participant } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { unmistakableName } from '../../participant-names.ts';
import { PersonCaption } from './PersonCaption.tsx';

interface ParticipantItemProps {
  readonly participant: Participant;
  /** Where others have the same name. */
  readonly mark: string | undefined;
  readonly onRemove: () => void;
}

export function ParticipantItem({ participant, mark, onRemove }: ParticipantItemProps) {
  const t = useTexts();
  return (
    <li className="person">
      <PersonCaption person={participant} mark={mark} />
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
