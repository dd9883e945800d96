/** Owns the stop button, which closes the room, also while it is still opening. */

import { useTexts } from '../../i18n/texts.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { Icon } from './Icon.tsx';

export function StopButton() {
  const t = useTexts();
  const host = useHost();
  const { pending, run } = useCommand();
  return (
    <button
      type="button"
      className="button button-danger"
      aria-disabled={pending}
      onClick={() => void run(() => host.stop())}
    >
      <Icon name="stop" />
      {t('live.stop')}
    </button>
  );
}
