/** Owns window.host, the only thing the sandboxed page is given. */

import { contextBridge, ipcRenderer } from 'electron';
import { createBridge } from './bridge.ts';

contextBridge.exposeInMainWorld('host', createBridge(ipcRenderer));
