/** Owns the endings besides Stop: the call for everybody while the room stays, or the server while the call stays. */

import { useState } from 'react';
import { useTexts } from '../../i18n/texts.ts';
import { useHost } from '../../use-host.ts';
import { Confirm } from '../parts/Confirm.tsx';

const ENDINGS = ['call', 'server'] as const;
type Ending = (typeof ENDINGS)[number];

export function Endings() {
  const t = useTexts();
  const host = useHost();
  const [asking, setAsking] = useState<Ending | null>(null);
  const commands = { call: () => host.room({ type: 'end' }), server: () => host.stopServer() };
  return (
    <>
      <div className="button-row">
        {ENDINGS.map((ending) => (
          <button
            key={ending}
            type="button"
            className="button button-small"
            onClick={() => setAsking(ending)}
          >
            {t(`end-${ending}.action`)}
          </button>
        ))}
      </div>
      {ENDINGS.map((ending) => (
        <Confirm
          key={ending}
          title={t(`end-${ending}.title`)}
          text={t(`end-${ending}.text`)}
          action={t(`end-${ending}.action`)}
          danger
          open={asking === ending}
          command={commands[ending]}
          onClose={() => setAsking(null)}
        />
      ))}
    </>
  );
}
