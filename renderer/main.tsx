/** Owns the window's start: the bridge from the preload becomes a store, the store becomes the app. */

import { createRoot } from 'react-dom/client';
import type { HostBridge } from '../main/common/host-api/commands.ts';
import { App } from './App.tsx';
import { HostStore } from './host-store.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/fields.css';
import './styles/cards.css';
import './styles/people.css';
import './styles/invitations.css';
import './styles/sheet.css';
import './styles/confirm.css';
import './styles/join.css';
import './styles/settings.css';
import './styles/relay.css';
import './styles/updates.css';

declare global {
  interface Window {
    /** Set by the preload before any script of the page runs. */
    readonly host: HostBridge;
  }
}

const root = document.getElementById('root');
if (!root) throw new Error('no #root in the page');
createRoot(root).render(<App bridge={window.host} store={new HostStore(window.host)} />);
