/** Owns the switch for starting at login, which shows what the system says each time somebody looks. */

import { useCallback, useEffect, useState } from 'react';
import { useTexts } from '../../i18n/texts.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { Problem } from '../parts/Problem.tsx';
import { Switch } from '../parts/Switch.tsx';

export function LoginSwitch() {
  const t = useTexts();
  const host = useHost();
  const { run, failure } = useCommand();
  const [on, setOn] = useState(false);
  const look = useCallback(async () => {
    const answer = await host.startsAtLogin();
    if (answer.ok) setOn(answer.value);
  }, [host]);
  useEffect(() => {
    void look();
    // Somebody may come back from the system's own settings.
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [look]);

  const change = async (wanted: boolean) => {
    await run(() => host.setStartAtLogin(wanted));
    await look();
  };
  return (
    <>
      <Switch
        label={t('settings.login')}
        hint={t('settings.login-hint')}
        warns={false}
        on={on}
        onChange={(wanted) => void change(wanted)}
      />
      {failure && <Problem kind="error" text={t(`host-error.${failure}`)} />}
    </>
  );
}
