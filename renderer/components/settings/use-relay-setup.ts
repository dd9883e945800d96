/** Owns setting up a relay as the window has it: what was typed, the folder that main was given, what is wrong, and what was written. */

import { useState } from 'react';
import type { HostCommands } from '../../../main/common/host-api/commands.ts';
import type {
  ChosenRelayFolder,
  FolderNote,
  RelayField,
  TypedRelay,
  WrittenRelay,
} from '../../../main/common/host-api/relay-setup.ts';
import type { HostErrorCode } from '../../../main/common/host-api/snapshot.ts';
import { fail, ok } from '../../../main/common/result.ts';
import { useCommand, useHost } from '../../use-host.ts';

export type RelayFault = 'empty' | RelayField;

export interface RelayState {
  readonly typed: TypedRelay;
  readonly faults: Readonly<Partial<Record<RelayField, RelayFault>>>;
  readonly folder: ChosenRelayFolder | null;
  /** What is to be known of the folder, or that there is none. */
  readonly note: FolderNote | null;
  readonly written: WrittenRelay | null;
  readonly added: boolean;
}

export const EMPTY_RELAY: RelayState = {
  typed: { domain: '', address: '', email: '' },
  ...{ faults: {}, folder: null, note: null, written: null, added: false },
};

/** Of a note that is no more than something to know, writing may follow. */
export const isInTheWay = (note: FolderNote | null): boolean => note !== null && note !== 'holds-set-up';

export function withAnswer(state: RelayState, field: RelayField, text: string): RelayState {
  const { [field]: _, ...faults } = state.faults;
  return { ...state, typed: { ...state.typed, [field]: text }, faults };
}

export const withFolder = (state: RelayState, folder: ChosenRelayFolder): RelayState => ({
  ...state,
  folder,
  note: folder.note,
});

/** What main's answer comes to; nothing that was typed is lost by it. */
export function afterWriting(
  state: RelayState,
  answer: Awaited<ReturnType<HostCommands['writeRelay']>>,
): { readonly state: RelayState; readonly failure: HostErrorCode | null } {
  if (answer.ok)
    return {
      state: { ...state, faults: {}, note: null, written: answer.value, added: false },
      failure: null,
    };
  const { error } = answer;
  if (typeof error === 'string') return { state, failure: error };
  if (error.kind === 'folder') return { state: { ...state, faults: {}, note: error.note }, failure: null };
  const faults = Object.fromEntries(
    error.fields.map((field) => [field, state.typed[field].trim() === '' ? 'empty' : field]),
  );
  // That there is no folder either need not wait for the next press.
  return { state: { ...state, faults, note: state.folder === null ? 'none' : state.note }, failure: null };
}

export interface RelaySetupView extends RelayState {
  readonly pending: boolean;
  readonly failure: HostErrorCode | null;
  answer(field: RelayField, text: string): void;
  chooseFolder(): void;
  /** Resolves to whether the files are there. */
  write(): Promise<boolean>;
  show(): void;
  add(): void;
  /** To the answers, with all that was typed. */
  goBack(): void;
}

/** It outlives the sheet: nothing typed is lost by closing that. */
export function useRelaySetup(): RelaySetupView {
  const host = useHost();
  const { run, pending, failure, forget } = useCommand();
  const choosing = useCommand();
  const [state, setState] = useState(EMPTY_RELAY);
  const chooseFolder = () =>
    choosing.run(async () => {
      const chosen = await host.chooseRelayFolder();
      if (!chosen.ok) return chosen;
      const folder = chosen.value;
      if (folder !== null) setState((before) => withFolder(before, folder));
      return ok(null);
    });
  const write = async () => {
    let written = false;
    await run(async () => {
      const answer = await host.writeRelay(state.typed);
      written = answer.ok;
      const { failure: code } = afterWriting(state, answer);
      setState((before) => afterWriting(before, answer).state);
      return code === null ? ok(null) : fail(code);
    });
    return written;
  };
  const add = async () => {
    if (await run(() => host.addRelay())) setState((before) => ({ ...before, added: true }));
  };
  return {
    ...state,
    pending,
    failure: failure ?? choosing.failure,
    answer: (field, text) => setState((before) => withAnswer(before, field, text)),
    chooseFolder: () => void chooseFolder(),
    write,
    show: () => void run(() => host.showRelay()),
    add: () => void add(),
    goBack: () => {
      forget();
      setState((before) => ({ ...before, written: null, note: before.folder && 'holds-set-up' }));
    },
  };
}
