/** Owns native dialogs of an app under test: answered without anybody there, and kept to be read. */

import type { Desktop } from './electron.ts';

export interface NativeQuestion {
  readonly message: string;
  readonly detail?: string;
  readonly buttons: readonly string[];
}

/** Answers every native question with the button of this label; gives all that were asked since. */
export async function answerQuestions(
  { app }: Desktop,
  label: string,
): Promise<() => Promise<readonly NativeQuestion[]>> {
  await app.evaluate(({ dialog }, wanted) => {
    const asked: NativeQuestion[] = [];
    Object.assign(globalThis, { asked });
    const answer = async (...args: unknown[]) => {
      const question = args.at(-1) as NativeQuestion;
      asked.push(question);
      return { response: question.buttons.indexOf(wanted), checkboxChecked: false };
    };
    Object.assign(dialog, { showMessageBox: answer });
  }, label);
  return () => app.evaluate(() => (globalThis as unknown as { asked: NativeQuestion[] }).asked);
}

/** Chooses these folders, one each time the app asks for one, and the last one from then on. */
export async function chooseFolders(
  { app }: Pick<Desktop, 'app'>,
  ...folders: readonly string[]
): Promise<void> {
  await app.evaluate(({ dialog }, wanted) => {
    const left = [...wanted];
    const choose = async () => ({
      canceled: false,
      filePaths: [left.length > 1 ? left.shift() : left[0]].filter((folder) => folder !== undefined),
    });
    Object.assign(dialog, { showOpenDialog: choose });
  }, folders);
}
