/** Owns what is loaded only when somebody wants to set or check something: most people never do. */

import '../../styles/settings.css';

export { DevicesView } from './devices-view.ts';
export { SettingsDialog } from './settings-dialog.ts';
