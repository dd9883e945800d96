/** Owns how many have the page open without having joined, and shutting them out. */

import { useState } from 'react';
import { useTexts } from '../../i18n/texts.ts';
import { useHost } from '../../use-host.ts';
import { Confirm } from '../parts/Confirm.tsx';

export function Onlookers({ count }: { readonly count: number }) {
  const t = useTexts();
  const host = useHost();
  const [asking, setAsking] = useState(false);
  return (
    <>
      {count > 0 && (
        <div className="people-onlookers">
          <p className="hint">{t('room.onlookers', { count })}</p>
          <button type="button" className="button button-quiet button-small" onClick={() => setAsking(true)}>
            {t('onlookers.shut-out')}
          </button>
        </div>
      )}
      <Confirm
        title={t('onlookers.title')}
        text={t('onlookers.text')}
        action={t('onlookers.shut-out')}
        danger
        open={asking}
        command={() => host.room({ type: 'shut-out' })}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
