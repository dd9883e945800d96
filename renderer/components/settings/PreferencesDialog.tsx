/** Owns the settings: a modal sheet whose every change is kept at once, and the one over it for a relay of one's own. */

import { useState } from 'react';
import { type HostPreferences, TUNNEL_CHOICES } from '../../../main/common/host-api/snapshot.ts';
import type { WindowSnapshot } from '../../../main/common/host-api/updates.ts';
import { PORT_MAX } from '../../../main/common/protocol/limits.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { ChoiceCards } from '../parts/ChoiceCards.tsx';
import { Icon } from '../parts/Icon.tsx';
import { NumberField } from '../parts/NumberField.tsx';
import { Problem, Remedy } from '../parts/Problem.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { Switch } from '../parts/Switch.tsx';
import { UpdateSettings } from '../updates/UpdateSettings.tsx';
import { LoginSwitch } from './LoginSwitch.tsx';
import { RelaySheet } from './RelaySheet.tsx';
import { StunServers } from './StunServers.tsx';
import { TurnServers } from './TurnServers.tsx';

interface SettingsDialogProps {
  readonly snapshot: WindowSnapshot;
  readonly open: boolean;
  readonly onClose: () => void;
}

export function PreferencesDialog({ snapshot, open, onClose }: SettingsDialogProps) {
  const t = useTexts();
  const [settingUp, setSettingUp] = useState(false);
  return (
    <>
      <Sheet title={t('app.settings')} close={t('settings.done')} open={open} onClose={onClose}>
        <SettingsBody snapshot={snapshot} onSetUpRelay={() => setSettingUp(true)} />
      </Sheet>
      <RelaySheet open={settingUp} onClose={() => setSettingUp(false)} />
    </>
  );
}

function SettingsBody({
  snapshot: { preferences, status, keepsSealed, turnServers, updates },
  onSetUpRelay,
}: {
  readonly snapshot: WindowSnapshot;
  readonly onSetUpRelay: () => void;
}) {
  const t = useTexts();
  const host = useHost();
  const { run, failure } = useCommand();
  const hasTurn = turnServers.length > 0 || preferences.iceServers.some(({ credential }) => credential);
  const set = (change: Partial<HostPreferences>) => void run(() => host.setPreferences(change));
  return (
    <div className="sheet-body settings-body">
      {status.phase === 'live' && (
        <p className="settings-later">
          <Icon name="clock" />
          {t('settings.later')}
        </p>
      )}
      {failure && <Problem kind="error" text={t(`host-error.${failure}`)} />}
      <ChoiceCards
        legend={t('settings.connection')}
        layout="column"
        value={preferences.tunnel}
        onChange={(tunnel) => set({ tunnel })}
        choices={TUNNEL_CHOICES.map((tunnel) => ({
          value: tunnel,
          label: t(`settings.tunnel-${tunnel}`),
          hint: t(`settings.tunnel-${tunnel}-hint`),
        }))}
      />
      {preferences.tunnel !== 'none' && (
        <Switch
          label={t('settings.other-tunnel')}
          hint={t('settings.other-tunnel-hint')}
          warns={false}
          on={preferences.otherTunnel}
          onChange={(otherTunnel) => set({ otherTunnel })}
        />
      )}
      <StunServers servers={preferences.iceServers} />
      <TurnServers servers={turnServers} sealed={keepsSealed} onSetUp={onSetUpRelay} />
      <Switch
        label={t('settings.relay-only')}
        hint={t(hasTurn ? 'settings.relay-only-hint' : 'settings.relay-only-off')}
        warns={preferences.relayOnly && !hasTurn}
        unavailable={!hasTurn}
        on={preferences.relayOnly}
        onChange={(relayOnly) => set({ relayOnly })}
      />
      <Switch
        label={t('door.files')}
        hint={t('settings.files-hint')}
        warns={false}
        on={preferences.files}
        onChange={(files) => set({ files })}
      />
      <NumberField
        label={t('settings.port')}
        hint={t('settings.port-hint')}
        value={preferences.port}
        least={0}
        most={PORT_MAX}
        onChange={(port) => set({ port })}
      />
      <Switch
        label={t('settings.lan')}
        hint={t('settings.lan-warning')}
        warns={preferences.lan}
        on={preferences.lan}
        onChange={(lan) => set({ lan })}
      />
      {keepsSealed ? (
        <p className="field-hint">{t('settings.keep-sealed')}</p>
      ) : (
        <div>
          <Switch
            label={t('settings.keep')}
            hint={t('settings.keep-hint')}
            warns={preferences.keepRoom}
            on={preferences.keepRoom}
            onChange={(keepRoom) => set({ keepRoom })}
          />
          <Remedy missing="key-store" />
        </div>
      )}
      <LoginSwitch />
      <Switch
        label={t('settings.notifications')}
        hint={t('settings.notifications-hint')}
        warns={false}
        on={preferences.notifications}
        onChange={(notifications) => set({ notifications })}
      />
      {preferences.notifications && (
        <Switch
          label={t('settings.notification-texts')}
          hint={t('settings.notification-texts-hint')}
          warns={preferences.notificationTexts}
          on={preferences.notificationTexts}
          onChange={(notificationTexts) => set({ notificationTexts })}
        />
      )}
      <UpdateSettings
        updates={updates}
        on={preferences.updateChecks === true}
        onChange={(updateChecks) => set({ updateChecks })}
      />
      <ChoiceCards
        legend={t('settings.language')}
        layout="row"
        value={preferences.language ?? 'system'}
        onChange={(language) => set({ language: language === 'system' ? null : language })}
        choices={[
          { value: 'system', label: t('settings.language-system') },
          { value: 'en', label: 'English', lang: 'en' },
          { value: 'ru', label: 'Русский', lang: 'ru' },
        ]}
      />
    </div>
  );
}
