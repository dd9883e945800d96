/** Owns the strip at the top: whose window this is, whether the room is open, Stop and the way to the settings. */

import mark from '../../../assets/icon.svg';
import type { HostStatus } from '../../../main/common/host-api/snapshot.ts';
import { CAPACITY_MIN } from '../../../main/common/protocol/limits.ts';
import { useTexts } from '../../i18n/texts.ts';
import { Icon } from './Icon.tsx';
import { StopButton } from './StopButton.tsx';

interface HeaderProps {
  readonly status: HostStatus;
  readonly onOpenSettings: () => void;
}

export function Header({ status, onOpenSettings }: HeaderProps) {
  const t = useTexts();
  return (
    <header className="header">
      <img className="header-mark" src={mark} alt="" />
      <span className="header-name">Secret Call</span>
      {status.phase === 'live' && (
        <span className="badge">
          <span className="badge-dot" aria-hidden="true" />
          <span className="badge-whole">
            {status.capacity === CAPACITY_MIN
              ? t('live.badge-pair')
              : t('live.badge-group', { count: status.capacity })}
          </span>
          <span className="badge-short">{t('live.badge')}</span>
        </span>
      )}
      <span className="header-space" />
      {status.phase === 'live' && <StopButton />}
      <button type="button" className="button button-quiet button-icon" onClick={onOpenSettings}>
        <Icon name="settings" />
        <span className="visually-hidden">{t('app.settings')}</span>
      </button>
    </header>
  );
}
