/** Owns the editable list of STUN servers; an entry is kept once main accepts it, else marked. */

import { useRef, useState } from 'react';
import type { HostPreferences } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useHost } from '../../use-host.ts';
import { AddServerButton, RemoveServerButton } from './ServerButtons.tsx';

type IceServers = HostPreferences['iceServers'];

export function StunServers({ servers }: { readonly servers: IceServers }) {
  const t = useTexts();
  const host = useHost();
  const [adding, setAdding] = useState(false);
  const addButton = useRef<HTMLButtonElement>(null);

  const replace = async (next: IceServers) => (await host.setPreferences({ iceServers: next })).ok;
  const add = async (urls: string) => {
    const added = await replace([...servers, { urls }]);
    if (added) setAdding(false);
    return added;
  };
  const remove = async (next: IceServers) => {
    setAdding(false);
    if (next.length < servers.length) await replace(next);
    addButton.current?.focus();
  };
  return (
    <fieldset className="stun">
      <legend className="field-label">{t('settings.stun')}</legend>
      <p className="field-hint">{t('settings.stun-hint')}</p>
      {servers.map((server, index) => (
        <StunEntry
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be equal; an accepted change starts its entry anew
          key={`${index}-${server.urls}`}
          number={index + 1}
          urls={server.urls}
          onChange={(urls) => replace(servers.with(index, { ...server, urls }))}
          onRemove={() => void remove(servers.toSpliced(index, 1))}
        />
      ))}
      {adding && (
        <StunEntry number={servers.length + 1} urls="" onChange={add} onRemove={() => void remove(servers)} />
      )}
      {servers.length === 0 && !adding && (
        <p className="field-hint field-warning">{t('settings.stun-empty')}</p>
      )}
      <AddServerButton
        ref={addButton}
        text={t('settings.stun-add')}
        count={servers.length}
        onPress={() => setAdding(true)}
      />
    </fieldset>
  );
}

interface StunEntryProps {
  readonly number: number;
  readonly urls: string;
  /** Resolves to whether the address was accepted. */
  readonly onChange: (urls: string) => Promise<boolean>;
  readonly onRemove: () => void;
}

function StunEntry({ number, urls, onChange, onRemove }: StunEntryProps) {
  const t = useTexts();
  const [draft, setDraft] = useState(urls);
  const [refused, setRefused] = useState(false);
  const id = `stun-${number}`;

  const keep = async () => {
    const address = draft.trim();
    if (address !== urls) setRefused(!(await onChange(address)));
  };
  return (
    <div className="stun-entry">
      <input
        className="input"
        type="text"
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: an empty entry appears only where it was asked for
        autoFocus={urls === ''}
        placeholder="stun:name.example:3478"
        aria-label={t('settings.stun-item', { number })}
        aria-describedby={refused ? `${id}-error` : undefined}
        aria-invalid={refused}
        value={draft}
        onChange={(event) => {
          setDraft(event.target.value);
          setRefused(false);
        }}
        onBlur={() => void keep()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void keep();
        }}
      />
      <RemoveServerButton text={t('settings.stun-remove', { number })} onPress={onRemove} />
      {refused && (
        <p id={`${id}-error`} className="field-hint field-error" role="alert">
          {t('settings.stun-bad')}
        </p>
      )}
    </div>
  );
}
