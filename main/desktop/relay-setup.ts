/** Owns setting up a relay from the window: the folder that the person chose, the writing, and what was written last, with its secret. */

import path from 'node:path';
import type { BrowserWindow, OpenDialogOptions, OpenDialogReturnValue, Shell } from 'electron';
import type { CommandResult } from '../common/host-api/commands.ts';
import type {
  ChosenRelayFolder,
  FolderNote,
  RelaySetupFault,
  TypedRelay,
  WrittenRelay,
} from '../common/host-api/relay-setup.ts';
import { fail, ok, type Result } from '../common/result.ts';
import { SerialQueue } from '../common/timing/serial-queue.ts';
import type { HostService } from '../host/host-service.ts';
import { checkAnswers } from '../turn-setup/answers.ts';
import { relayUrls } from '../turn-setup/coturn-conf.ts';
import { type SetUpRelay, setUpRelay } from '../turn-setup/set-up.ts';
import { findSecret, GUIDE_FILE } from '../turn-setup/setup-folder.ts';
import { nativeTexts } from './native-texts.ts';

export interface RelaySetupDependencies {
  readonly host: Pick<HostService, 'snapshot' | 'addTurnServers'>;
  readonly window: BrowserWindow;
  readonly dialog: {
    showOpenDialog(window: BrowserWindow, options: OpenDialogOptions): Promise<OpenDialogReturnValue>;
  };
  readonly shell: Pick<Shell, 'showItemInFolder'>;
  readonly randomBytes: (sizeBytes: number) => Buffer;
  readonly platform: NodeJS.Platform;
}

/** The window says what goes into the files, and never where they go: that is between the person and the system's dialog. */
export class OwnRelaySetup {
  readonly #deps: RelaySetupDependencies;
  /** Of two that write into one folder, neither knows what the other leaves there. */
  readonly #writes = new SerialQueue();
  #asking: Promise<Result<ChosenRelayFolder | null, never>> | null = null;
  #chosen: { readonly path: string; readonly knownToHoldSetUp: boolean } | null = null;
  #written: SetUpRelay | null = null;

  constructor(deps: RelaySetupDependencies) {
    this.#deps = deps;
  }

  /** `null`: none was chosen, and the one before stays. */
  chooseFolder(): Promise<Result<ChosenRelayFolder | null, never>> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  write(typed: TypedRelay): Promise<Result<WrittenRelay, RelaySetupFault>> {
    return this.#writes.run(() => this.#write(typed));
  }

  /** What was written last, in the system's file manager. */
  async show(): Promise<CommandResult> {
    if (this.#written === null) return fail('bad-options');
    this.#deps.shell.showItemInFolder(path.join(this.#written.folder, GUIDE_FILE));
    return ok(null);
  }

  /** To the TURN servers of the settings, by each way there is to it. */
  async add(): Promise<CommandResult> {
    if (this.#written === null) return fail('bad-options');
    const { secret } = this.#written;
    return this.#deps.host.addTurnServers(
      Object.values(relayUrls(this.#written)).map((url) => ({
        url,
        credentials: { kind: 'shared-secret', secret },
      })),
    );
  }

  async #ask(): Promise<Result<ChosenRelayFolder | null, never>> {
    const { host, window, dialog } = this.#deps;
    const t = nativeTexts[host.snapshot.language];
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title: t('relay.folder'),
      // macOS shows no title.
      message: t('relay.folder'),
      buttonLabel: t('relay.choose'),
      properties: ['openDirectory', 'createDirectory'],
    });
    const [folder] = filePaths;
    if (canceled || folder === undefined) return ok(null);
    const note = await noteOf(folder);
    this.#chosen = { path: folder, knownToHoldSetUp: note === 'holds-set-up' };
    return ok({ path: folder, note });
  }

  async #write({ domain, address, email }: TypedRelay): Promise<Result<WrittenRelay, RelaySetupFault>> {
    const answers = checkAnswers({
      domain: domain.trim(),
      address: address.trim() || null,
      email: email.trim() || null,
    });
    if (!answers.ok) return fail({ kind: 'answers', fields: answers.error });
    const chosen = this.#chosen;
    if (chosen === null) return fail({ kind: 'folder', note: 'none' });
    const note = await noteOf(chosen.path);
    if (note !== null && !(note === 'holds-set-up' && chosen.knownToHoldSetUp)) {
      // The next time it was told.
      this.#chosen = { ...chosen, knownToHoldSetUp: note === 'holds-set-up' };
      return fail({ kind: 'folder', note });
    }
    const { host, randomBytes, platform } = this.#deps;
    const { language } = host.snapshot;
    const options = { folder: chosen.path, language, randomBytes, platform };
    const written = await setUpRelay(answers.value, options);
    if (!written.ok) return fail({ kind: 'folder', note: written.error });
    this.#written = written.value;
    this.#chosen = { path: chosen.path, knownToHoldSetUp: true };
    const { secret: _, ...told } = written.value;
    return ok(told);
  }
}

async function noteOf(folder: string): Promise<FolderNote | null> {
  const found = await findSecret(folder);
  if (!found.ok) return found.error;
  return found.value === null ? null : 'holds-set-up';
}
