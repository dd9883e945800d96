/** Owns the button for a new link in the place of the present one, which asks first. */

import { useState } from 'react';
import { useTexts } from '../../i18n/texts.ts';
import { useHost } from '../../use-host.ts';
import { Confirm } from '../parts/Confirm.tsx';
import { Icon } from '../parts/Icon.tsx';

export function NewLinkButton() {
  const t = useTexts();
  const host = useHost();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" className="button button-quiet" onClick={() => setAsking(true)}>
        <Icon name="renew" />
        {t('invite.new')}
      </button>
      <Confirm
        title={t('invite.new-title')}
        text={t('invite.new-text')}
        action={t('invite.new-confirm')}
        open={asking}
        command={() => host.room({ type: 'new-link' })}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
