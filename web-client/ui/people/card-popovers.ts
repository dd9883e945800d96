/** Owns what is loaded only once somebody is met: what opens from a person's card. */

export { QualityPopover } from './quality-popover.ts';
export { VerificationDialog } from './verification-dialog.ts';
