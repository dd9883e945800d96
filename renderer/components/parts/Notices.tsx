/** Owns the remarks that stopped nothing; each stays until it is put away. */

import { useState } from 'react';
import type { NoticeCode } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { Icon } from './Icon.tsx';

export function Notices({ codes }: { readonly codes: readonly NoticeCode[] }) {
  const t = useTexts();
  const [dismissed, setDismissed] = useState<ReadonlySet<NoticeCode>>(new Set());
  return (
    <div className="notices" aria-live="polite">
      {codes
        .filter((code) => !dismissed.has(code))
        .map((code) => (
          <div key={code} className="notice">
            <Icon name="warning" />
            <p>{t(`notice.${code}`)}</p>
            <button
              type="button"
              className="button button-quiet button-icon"
              onClick={() => setDismissed(new Set([...dismissed, code]))}
            >
              <Icon name="close" />
              <span className="visually-hidden">{t('app.dismiss')}</span>
            </button>
          </div>
        ))}
    </div>
  );
}
