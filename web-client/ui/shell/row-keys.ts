/** Owns the arrow keys in a row of buttons: right and left move the focus along it, and round its end. */

export function connectRowKeys(row: HTMLElement, buttons: readonly HTMLButtonElement[]): void {
  row.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const { activeElement } = row.ownerDocument;
    const at = buttons.findIndex((button) => button.contains(activeElement));
    buttons.at((at + step) % buttons.length)?.focus();
  });
}
