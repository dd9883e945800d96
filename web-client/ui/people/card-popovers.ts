/** Owns the content of the lazy chunk with the popovers of a participant's card. */

export { QualityPopover } from './quality-popover.ts';
export { VerificationDialog } from './verification-dialog.ts';
