/** Owns the caption of a person in a list: the sign in their colour, the name, and what tells namesakes apart. */

import type { CSSProperties } from 'react';
import type { WaitingPerson } from '../../../main/common/host-api/snapshot.ts';
import { initialOf } from '../../../main/common/names/visible-text.ts';
import { useTexts } from '../../i18n/texts.ts';
import { hueOf, participantName } from '../../participant-names.ts';
import { Icon } from '../parts/Icon.tsx';

interface PersonCaptionProps {
  readonly person: WaitingPerson;
  /** Where others have the same name. */
  readonly mark: string | undefined;
}

export function PersonCaption({ person, mark }: PersonCaptionProps) {
  const t = useTexts();
  const name = participantName(person, t);
  const readable = person.name !== null;
  const color = { '--hue': hueOf(person.id) } as CSSProperties;
  return (
    <>
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
    </>
  );
}
