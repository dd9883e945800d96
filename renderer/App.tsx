/** Owns the window as a whole: it picks the screen from the host's phase and gives every part its language and commands. */

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { HostCommands } from '../main/common/host-api/commands.ts';
import type { HostSnapshot } from '../main/common/host-api/snapshot.ts';
import { assertNever } from '../main/common/result.ts';
import { chooseLanguage } from '../main/common/translate.ts';
import { windowAnnouncements } from './announcements.ts';
import { JoinByLink } from './components/join/JoinByLink.tsx';
import { LiveScreen } from './components/live/LiveScreen.tsx';
import { Header } from './components/parts/Header.tsx';
import { Icon, Spinner } from './components/parts/Icon.tsx';
import { Notices } from './components/parts/Notices.tsx';
import { PreferencesDialog } from './components/settings/PreferencesDialog.tsx';
import { PrivacyDialog } from './components/settings/PrivacyDialog.tsx';
import { CutOffScreen } from './components/setup/CutOffScreen.tsx';
import { ProgressScreen } from './components/setup/ProgressScreen.tsx';
import { SetupScreen } from './components/setup/SetupScreen.tsx';
import { UpdateNote } from './components/updates/UpdateNote.tsx';
import { UpdateQuestion } from './components/updates/UpdateQuestion.tsx';
import type { HostStore } from './host-store.ts';
import { TextsContext, useTexts, windowTexts } from './i18n/texts.ts';
import { useKeptFocus } from './keyboard-place.ts';
import { HostContext, SystemContext } from './use-host.ts';

interface AppProps {
  readonly bridge: HostCommands;
  readonly store: HostStore;
}

export function App({ bridge, store }: AppProps) {
  const view = useSyncExternalStore(store.subscribe, store.view);
  const [settingsOpen, setSettingsOpen] = useState(false);
  const [joinOpen, setJoinOpen] = useState(false);
  const language = view.phase === 'ready' ? view.snapshot.language : chooseLanguage(navigator.languages);
  const phase = view.phase === 'ready' ? view.snapshot.status.phase : view.phase;

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.phase = phase;
  }, [phase]);

  return (
    <TextsContext value={windowTexts[language]}>
      <HostContext value={bridge}>
        {view.phase === 'ready' ? (
          <SystemContext value={view.snapshot.system}>
            <Header status={view.snapshot.status} onOpenSettings={() => setSettingsOpen(true)} />
            <Notices codes={view.snapshot.notices} />
            <UpdateNote updates={view.snapshot.updates} />
            <Screen
              snapshot={view.snapshot}
              onOpenSettings={() => setSettingsOpen(true)}
              onJoin={() => setJoinOpen(true)}
            />
            <UpdateQuestion snapshot={view.snapshot} />
            <PrivacyDialog />
            <JoinByLink open={joinOpen} onOpenChange={setJoinOpen} />
            <PreferencesDialog
              snapshot={view.snapshot}
              open={settingsOpen}
              onClose={() => setSettingsOpen(false)}
            />
            <LiveRegion snapshot={view.snapshot} />
          </SystemContext>
        ) : (
          <StartupMessage phase={view.phase} />
        )}
      </HostContext>
    </TextsContext>
  );
}

interface ScreenProps {
  readonly snapshot: HostSnapshot;
  readonly onOpenSettings: () => void;
  readonly onJoin: () => void;
}

function Screen({ snapshot, ...actions }: ScreenProps) {
  const main = useRef<HTMLElement>(null);
  const { phase } = snapshot.status;
  useKeptFocus(main);
  return (
    <main ref={main} tabIndex={-1} className={phase === 'live' ? 'live' : 'setup'}>
      <ScreenBody snapshot={snapshot} {...actions} />
    </main>
  );
}

function ScreenBody({ snapshot: { status, preferences, cutOff }, onOpenSettings, onJoin }: ScreenProps) {
  switch (status.phase) {
    case 'idle':
    case 'failed': {
      const failure = status.phase === 'failed' ? status.code : null;
      if (cutOff) return <CutOffScreen failure={failure} onJoin={onJoin} />;
      return <SetupScreen {...{ preferences, failure, onOpenSettings, onJoin }} />;
    }
    case 'starting':
    case 'stopping':
      return <ProgressScreen status={status} tunnel={preferences.tunnel} />;
    case 'live':
      return <LiveScreen status={status} onOpenSettings={onOpenSettings} />;
    default:
      return assertNever(status);
  }
}

/** Before the first snapshot, or when none comes. */
function StartupMessage({ phase }: { readonly phase: 'loading' | 'unavailable' }) {
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

/** The one quiet voice of the window: changes are said to screen readers, in the order they came. */
function LiveRegion({ snapshot }: { readonly snapshot: HostSnapshot }) {
  const t = useTexts();
  const last = useRef(snapshot);
  const [words, setWords] = useState('');
  useEffect(() => {
    const sentences = windowAnnouncements(last.current, snapshot, t);
    last.current = snapshot;
    if (sentences.length > 0) setWords(sentences.join(' '));
  }, [snapshot, t]);
  return (
    <p role="status" className="visually-hidden">
      {words}
    </p>
  );
}
