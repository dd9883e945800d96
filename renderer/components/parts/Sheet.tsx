/** Owns the modal sheet: its head with the button that closes it, Esc, a click beside it, and the focus back. */

import { type ReactNode, useEffect, useId, useRef } from 'react';

interface SheetProps {
  readonly title: string;
  /** Words of the button that closes it. */
  readonly close: string;
  readonly open: boolean;
  readonly onClose: () => void;
  /** Exists while the sheet is open. */
  readonly children: ReactNode;
}

export function Sheet({ title, close, open, onClose, children }: SheetProps) {
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={titleId}
      onClose={onClose}
      onPointerDown={(event) => {
        // The backdrop belongs to the dialog element itself.
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="sheet-content">
        <div className="sheet-head">
          <h2 id={titleId}>{title}</h2>
          <button type="button" className="button button-primary" onClick={onClose}>
            {close}
          </button>
        </div>
        {open && children}
      </div>
    </dialog>
  );
}
