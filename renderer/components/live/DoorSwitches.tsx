/** Owns the switches of an open room: locked or not, whether the host lets in each who comes, and whether files may be sent. */

import type { LiveStatus } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { Problem } from '../parts/Problem.tsx';
import { Switch } from '../parts/Switch.tsx';

type DoorSwitchesProps = Pick<LiveStatus, 'locked' | 'lobby' | 'files' | 'waitingCount'>;

export function DoorSwitches({ locked, lobby, files, waitingCount }: DoorSwitchesProps) {
  const t = useTexts();
  const host = useHost();
  const { run, failure } = useCommand();
  return (
    <div className="door">
      <Switch
        label={t('door.lock')}
        hint={t('door.lock-hint')}
        warns={locked}
        on={locked}
        onChange={(on) => void run(() => host.room({ type: on ? 'lock' : 'unlock' }))}
      />
      <Switch
        label={t('door.lobby')}
        hint={t(waitingCount > 0 ? 'door.lobby-off-hint' : 'door.lobby-hint')}
        warns={false}
        on={lobby}
        onChange={(on) => void run(() => host.room({ type: 'lobby', on }))}
      />
      <Switch
        label={t('door.files')}
        hint={t('door.files-hint')}
        warns={false}
        on={files}
        onChange={(on) => void run(() => host.room({ type: 'files', on }))}
      />
      {failure && <Problem kind="error" text={t(`host-error.${failure}`)} />}
    </div>
  );
}
