/** Owns the content of the lazy chunk of settings and device check: most people never need it. */

import '../../styles/settings.css';

export { DevicesView } from './devices-view.ts';
export { SettingsDialog } from './settings-dialog.ts';
