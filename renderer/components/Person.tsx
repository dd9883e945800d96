/** Owns one person in the list, and the button that would remove them. */

import type { CSSProperties } from 'react';
import type { Participant } from '../../main/common/host-api.ts';
import { initialOf } from '../../main/common/names/visible-text.ts';
import { useTexts } from '../i18n/texts.ts';
import { displayName, hueOf, isolated } from '../people.ts';
import { Icon } from './Icon.tsx';

interface PersonProps {
  readonly participant: Participant;
  readonly onRemove: () => void;
}

export function Person({ participant, onRemove }: PersonProps) {
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
      <button
        type="button"
        className="button button-quiet button-small person-remove"
        aria-label={t('people.remove-name', { name: isolated(name) })}
        onClick={onRemove}
      >
        {t('people.remove')}
      </button>
    </li>
  );
}
