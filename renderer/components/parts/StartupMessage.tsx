/** Owns what stands in the window before the first snapshot, or when none comes. */

import { useTexts } from '../../i18n/texts.ts';
import { Icon } from './Icon.tsx';
import { Spinner } from './Spinner.tsx';

export function StartupMessage({ phase }: { readonly phase: 'loading' | 'unavailable' }) {
  const t = useTexts();
  return (
    <main className="startup">
      {phase === 'loading' ? (
        <p role="status" className="startup-line">
          <Spinner /> {t('app.loading')}
        </p>
      ) : (
        <p role="alert" className="startup-line">
          <Icon name="warning" /> {t('app.unavailable')}
        </p>
      )}
    </main>
  );
}
