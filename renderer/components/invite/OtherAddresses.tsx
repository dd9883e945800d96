/** Owns the further addresses of the room, and adding one that the person opened by other means. */

import { type FormEvent, useId, useRef, useState } from 'react';
import type { InviteLink } from '../../../main/common/host-api/snapshot.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { Icon } from '../parts/Icon.tsx';

interface OtherAddressesProps {
  readonly links: readonly InviteLink[];
  readonly port: number;
}

export function OtherAddresses({ links, port }: OtherAddressesProps) {
  const t = useTexts();
  const [adding, setAdding] = useState(false);
  const toggle = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAdding(false);
    toggle.current?.focus();
  };
  return (
    <>
      {links.length > 0 && (
        <div className="others">
          <h3>{t('link.other')}</h3>
          <ul>
            {links.map(({ origin, invite }) => (
              <li key={invite}>
                <span className="others-origin">{origin}</span>
                <CopyButton invite={invite} label={t('invite.copy-origin', { origin })} compact />
              </li>
            ))}
          </ul>
        </div>
      )}
      <button
        ref={toggle}
        type="button"
        className="button button-quiet add-address"
        aria-expanded={adding}
        onClick={() => setAdding(!adding)}
      >
        <Icon name={adding ? 'minus' : 'plus'} />
        {t('address.add')}
      </button>
      {adding && <AddressForm port={port} onDone={close} />}
    </>
  );
}

interface AddressFormProps {
  readonly port: number;
  readonly onDone: () => void;
}

function AddressForm({ port, onDone }: AddressFormProps) {
  const t = useTexts();
  const host = useHost();
  const { run, pending, failure, forget } = useCommand();
  const [address, setAddress] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (await run(() => host.addOrigin(address.trim()))) onDone();
    else input.current?.focus();
  };
  return (
    <form className="address-form" onSubmit={(event) => void handleSubmit(event)}>
      <label className="field-label" htmlFor={id}>
        {t('address.label')}
      </label>
      <div className="address-row">
        <input
          ref={input}
          id={id}
          className="input"
          type="text"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          // biome-ignore lint/a11y/noAutofocus: the field was asked for by the button it replaces
          autoFocus
          placeholder="https://name.example"
          value={address}
          aria-describedby={`${id}-hint`}
          aria-invalid={failure !== null}
          onChange={(event) => {
            setAddress(event.target.value);
            forget();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onDone();
          }}
        />
        <button type="submit" className="button button-primary" disabled={pending || address.trim() === ''}>
          {t('address.submit')}
        </button>
        <button type="button" className="button button-quiet" onClick={onDone}>
          {t('address.cancel')}
        </button>
      </div>
      <p
        id={`${id}-hint`}
        className={failure ? 'field-hint field-error' : 'field-hint'}
        role={failure ? 'alert' : undefined}
      >
        {failure ? t(`host-error.${failure}`) : t('address.hint', { port })}
      </p>
    </form>
  );
}
