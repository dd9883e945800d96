/** Owns window.app, the only thing that the sandboxed page of a call is given. */

import { contextBridge, ipcRenderer } from 'electron';
import { createCallBridge } from './call-bridge.ts';

contextBridge.exposeInMainWorld('app', createCallBridge(ipcRenderer, process));
