/** Owns the sheet for a relay of one's own: what that is, the answers it takes, and the files once they are written. */

import { type FormEvent, useEffect, useId, useRef } from 'react';
import type { RelayField } from '../../../main/common/host-api/relay-setup.ts';
import { RELAY_ANSWER_MAX_UNITS } from '../../../main/common/protocol/limits.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useComingFocus } from '../../keyboard-place.ts';
import { Icon, Spinner } from '../parts/Icon.tsx';
import { Problem } from '../parts/Problem.tsx';
import { Sheet } from '../parts/Sheet.tsx';
import { TextField } from '../parts/TextField.tsx';
import { isInTheWay, type RelaySetupView, useRelaySetup } from './use-relay-setup.ts';

const FACTS = ['purpose', 'cost', 'sight'] as const;
const FIELDS = ['domain', 'email', 'address'] as const satisfies readonly RelayField[];
const EXAMPLES = {
  domain: 'turn.example.org',
  email: 'name@example.org',
  address: '203.0.113.7/10.0.0.5',
} as const satisfies Record<RelayField, string>;

export function RelaySheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const t = useTexts();
  const setup = useRelaySetup();
  return (
    <Sheet title={t('relay.title')} close={t('app.close')} open={open} onClose={onClose}>
      <div className="sheet-body">
        {setup.written === null ? <RelayForm setup={setup} /> : <WrittenFiles setup={setup} />}
      </div>
    </Sheet>
  );
}

function RelayForm({ setup }: { readonly setup: RelaySetupView }) {
  const t = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const focusOn = useComingFocus();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await setup.write()) return;
    focusOn(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid]'));
  };
  return (
    <>
      <dl className="relay-facts">
        {FACTS.map((fact) => (
          <div key={fact}>
            <dt>{t(`relay.${fact}`)}</dt>
            <dd>{t(`relay.${fact}-text`)}</dd>
          </div>
        ))}
      </dl>
      <form ref={form} className="relay-form" noValidate onSubmit={(event) => void submit(event)}>
        {FIELDS.map((field) => {
          const fault = setup.faults[field];
          return (
            <TextField
              key={field}
              label={t(`relay.${field}`)}
              hint={t(`relay.${field}-hint`)}
              placeholder={EXAMPLES[field]}
              maxUnits={RELAY_ANSWER_MAX_UNITS}
              value={setup.typed[field]}
              fault={fault === undefined ? null : t(`relay-fault.${fault}`)}
              onChange={(text) => setup.answer(field, text)}
            />
          );
        })}
        <FolderField setup={setup} />
        {setup.failure && <Problem kind="error" text={t(`host-error.${setup.failure}`)} />}
        <button type="submit" className="button button-primary" aria-disabled={setup.pending}>
          {setup.pending && <Spinner />}
          {t('relay.write')}
        </button>
      </form>
    </>
  );
}

/** The path is main's; it is shown here and goes nowhere. */
function FolderField({ setup: { folder, note, chooseFolder } }: { readonly setup: RelaySetupView }) {
  const t = useTexts();
  const id = useId();
  const bad = isInTheWay(note);
  return (
    <div className="relay-folder">
      <span id={`${id}-label`} className="field-label">
        {t('relay.folder')}
      </span>
      <button
        type="button"
        className="button"
        aria-describedby={`${id}-label ${id}-state ${id}-hint`}
        data-invalid={bad || undefined}
        onClick={chooseFolder}
      >
        {t('relay.choose-folder')}
      </button>
      <div id={`${id}-state`} role="status">
        {folder && <p className="relay-path">{folder.path}</p>}
        {note && (
          <p className={`field-hint ${bad ? 'field-error' : 'field-warning'}`}>{t(`relay-folder.${note}`)}</p>
        )}
      </div>
      <p id={`${id}-hint`} className="field-hint">
        {t('relay.folder-hint')}
      </p>
    </div>
  );
}

function WrittenFiles({ setup }: { readonly setup: RelaySetupView }) {
  const t = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  const outcome = useRef<HTMLParagraphElement>(null);
  const { written, added, pending, failure } = setup;
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    if (added) outcome.current?.focus();
  }, [added]);
  if (written === null) return null;
  return (
    <>
      <section className="relay-written">
        <h3 ref={heading} tabIndex={-1}>
          {t('relay.written')}
        </h3>
        <p>{t('relay.written-next')}</p>
        <p className="relay-path">{written.folder}</p>
        <ul className="relay-files" aria-label={t('relay.files')}>
          {written.files.map((file) => (
            <li key={file}>{file}</li>
          ))}
        </ul>
        {written.keptSecret && <p className="field-hint">{t('relay.kept-secret')}</p>}
        <p className="field-hint field-warning">{t('relay.secret-hint')}</p>
        <button type="button" className="button" onClick={setup.show}>
          <Icon name="open" />
          {t('relay.show')}
        </button>
      </section>
      <section className="relay-written">
        <h3>{t('relay.add-title')}</h3>
        <p>{t('relay.add-hint', { domain: written.domain })}</p>
        {failure && <Problem kind="error" text={t(`host-error.${failure}`)} />}
        {added ? (
          <p ref={outcome} tabIndex={-1} className="relay-added">
            <Icon name="check" />
            {t('relay.added')}
          </p>
        ) : (
          <button type="button" className="button button-primary" aria-disabled={pending} onClick={setup.add}>
            {t('relay.add')}
          </button>
        )}
      </section>
      <button type="button" className="text-button relay-opener" onClick={setup.goBack}>
        {t('relay.back')}
      </button>
    </>
  );
}
