/** Owns who waits to be let in, on top of the screen, and the host's answer to each. */

import type { LiveStatus, WaitingPerson } from '../../../main/common/host-api/snapshot.ts';
import { ok } from '../../../main/common/result.ts';
import { useTexts } from '../../i18n/texts.ts';
import { marksOf, unmistakableName } from '../../participant-names.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { Problem } from '../parts/Problem.tsx';
import { PersonCaption } from './PersonCaption.tsx';

type WaitingCardProps = Pick<LiveStatus, 'participants' | 'capacity' | 'waiting' | 'waitingCount'>;

export function WaitingCard({ participants, capacity, waiting, waitingCount }: WaitingCardProps) {
  const t = useTexts();
  const host = useHost();
  const { run, failure } = useCommand();
  // Who waits may have the name of somebody inside.
  const marks = marksOf([...participants, ...waiting], t);
  const isFull = participants.length >= capacity;
  const refused = isFull ? 'room-full' : failure;

  /** In the order they came, as far as there are places. */
  const admitAll = async () => {
    for (const { id } of waiting) {
      const admitted = await host.room({ type: 'admit', participant: id });
      // Somebody who has just gone keeps nobody else out.
      if (!admitted.ok && admitted.error !== 'unknown-waiting') return admitted;
    }
    return ok(null);
  };
  const answer = (type: 'admit' | 'refuse', participant: string) =>
    void run(() => host.room({ type, participant }));

  return (
    <section className="card waiting" aria-labelledby="waiting-title">
      <div className="card-head">
        <h2 id="waiting-title">{t('room.waiting', { count: waitingCount })}</h2>
        {waiting.length > 1 && !isFull && (
          <button type="button" className="button" onClick={() => void run(admitAll)}>
            {t('waiting.admit-all')}
          </button>
        )}
      </div>
      {refused && <Problem kind="warning" text={t(`host-error.${refused}`)} />}
      <ul className="people-list" aria-labelledby="waiting-title">
        {waiting.map((person) => (
          <WaitingItem
            key={person.id}
            person={person}
            mark={marks.get(person.id)}
            onAdmit={isFull ? null : () => answer('admit', person.id)}
            onRefuse={() => answer('refuse', person.id)}
          />
        ))}
      </ul>
      {waitingCount > waiting.length && waiting.length > 0 && (
        <p className="hint">{t('waiting.more', { count: waitingCount - waiting.length })}</p>
      )}
    </section>
  );
}

interface WaitingItemProps {
  readonly person: WaitingPerson;
  readonly mark: string | undefined;
  /** null where there is no place. */
  readonly onAdmit: (() => void) | null;
  readonly onRefuse: () => void;
}

function WaitingItem({ person, mark, onAdmit, onRefuse }: WaitingItemProps) {
  const t = useTexts();
  const name = unmistakableName(person, mark, t);
  return (
    <li className="person">
      <PersonCaption person={person} mark={mark} />
      <span className="waiting-answers">
        <button
          type="button"
          className="button button-primary button-small"
          aria-label={t('waiting.admit-name', { name })}
          aria-disabled={onAdmit === null}
          onClick={() => onAdmit?.()}
        >
          {t('waiting.admit')}
        </button>
        <button
          type="button"
          className="button button-quiet button-small"
          aria-label={t('waiting.refuse-name', { name })}
          onClick={onRefuse}
        >
          {t('waiting.refuse')}
        </button>
      </span>
    </li>
  );
}
