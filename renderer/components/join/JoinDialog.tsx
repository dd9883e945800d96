/** Owns the dialog for a link to somebody else's call: pasted, typed or dropped, and what is the matter with it. */

import { type ClipboardEvent, type FormEvent, useEffect, useId, useRef } from 'react';
import { LINK_TEXT_MAX_UNITS } from '../../../main/common/protocol/limits.ts';
import { linkIn } from '../../given-link.ts';
import { useTexts } from '../../i18n/texts.ts';
import type { Command } from '../../use-host.ts';
import { Spinner } from '../parts/Icon.tsx';

interface JoinDialogProps {
  readonly open: boolean;
  /** It outlives the dialog: nothing typed is lost by closing it. */
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly join: Command;
  readonly onJoin: () => void;
  readonly onClose: () => void;
}

export function JoinDialog({ open, text, onText, join, onJoin, onClose }: JoinDialogProps) {
  const t = useTexts();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!open) return dialog.current?.close();
    dialog.current?.showModal();
    input.current?.select();
  }, [open]);
  useEffect(() => {
    if (join.failure !== null) input.current?.focus();
  }, [join.failure]);

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    onJoin();
  };
  const handlePaste = (event: ClipboardEvent) => {
    const link = linkIn(event.clipboardData.getData('text/plain'));
    if (link === null) return;
    // One line would run the words of the next into the link.
    event.preventDefault();
    onText(link);
  };
  return (
    <dialog
      ref={dialog}
      className="confirm join"
      aria-labelledby={`${id}-title`}
      onClose={onClose}
      onPointerDown={(event) => {
        // The backdrop belongs to the dialog element itself.
        if (event.target === dialog.current) onClose();
      }}
    >
      <form className="confirm-content" noValidate onSubmit={handleSubmit}>
        <h2 id={`${id}-title`}>{t('join.title')}</h2>
        <p className="lead">{t('join.lead')}</p>
        <div className="join-field">
          <label className="field-label" htmlFor={id}>
            {t('join.label')}
          </label>
          <input
            ref={input}
            id={id}
            className="input"
            type="text"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            placeholder="https://…/#…"
            maxLength={LINK_TEXT_MAX_UNITS}
            value={text}
            aria-describedby={`${id}-hint`}
            aria-invalid={join.failure !== null}
            onChange={(event) => onText(event.target.value)}
            onPaste={handlePaste}
          />
          <p
            id={`${id}-hint`}
            className={join.failure ? 'field-hint field-error' : 'field-hint'}
            role={join.failure ? 'alert' : undefined}
          >
            {join.failure ? t(`host-error.${join.failure}`) : t('join.hint')}
          </p>
        </div>
        <div className="button-row confirm-row">
          <button type="submit" className="button button-primary" aria-disabled={join.pending}>
            {join.pending && <Spinner />}
            {t('join.submit')}
          </button>
          <button type="button" className="button button-quiet" onClick={onClose}>
            {t('app.cancel')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
