/** Owns the confirm dialog, before something that cannot be taken back; the focus starts where nothing happens. */

import { useEffect, useId, useRef } from 'react';
import type { CommandResult } from '../../../main/common/host-api/commands.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useCommand } from '../../use-host.ts';
import { Problem } from './Problem.tsx';

interface ConfirmProps {
  readonly title: string;
  /** What it does, in a sentence. */
  readonly text: string;
  /** Words of the button that does it. */
  readonly action: string;
  readonly danger?: boolean;
  readonly open: boolean;
  readonly command: () => Promise<CommandResult>;
  /** The question is over; `done` if the command succeeded. */
  readonly onClose: (done: boolean) => void;
}

export function Confirm({ title, text, action, danger = false, open, command, onClose }: ConfirmProps) {
  const t = useTexts();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  const { run, pending, failure, forget } = useCommand();

  useEffect(() => {
    if (!open) return dialog.current?.close();
    forget();
    dialog.current?.showModal();
    cancel.current?.focus();
  }, [open, forget]);
  const confirm = async () => {
    if (await run(command)) onClose(true);
  };
  return (
    <dialog
      ref={dialog}
      className="confirm"
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        onClose(false);
      }}
      onClose={() => {
        // Esc pressed twice closes a dialog without asking it.
        if (open) onClose(false);
      }}
      onPointerDown={(event) => {
        // The backdrop belongs to the dialog element itself.
        if (event.target === dialog.current) onClose(false);
      }}
    >
      <div className="confirm-content">
        <h2 id={`${id}-title`}>{title}</h2>
        <p id={`${id}-text`} className="lead">
          {text}
        </p>
        {failure && <Problem kind="error" text={t(`host-error.${failure}`)} />}
        <div className="button-row confirm-row">
          <button
            type="button"
            className={`button ${danger ? 'button-danger' : 'button-primary'}`}
            aria-disabled={pending}
            onClick={() => void confirm()}
          >
            {action}
          </button>
          <button ref={cancel} type="button" className="button button-quiet" onClick={() => onClose(false)}>
            {t('app.cancel')}
          </button>
        </div>
      </div>
    </dialog>
  );
}
