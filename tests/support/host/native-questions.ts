/** Owns native dialogs of an app under test: answered without anybody there, and kept to be read. */

import type { Desktop } from './electron.ts';

export interface NativeQuestion {
  readonly message: string;
  readonly detail?: string;
}

/** Answers every native question with the button of that number; gives all that were asked since. */
export async function answerQuestions(
  { app }: Desktop,
  button: number,
): Promise<() => Promise<readonly NativeQuestion[]>> {
  await app.evaluate(({ dialog }, response) => {
    const asked: NativeQuestion[] = [];
    Object.assign(globalThis, { asked });
    const answer = async (...args: unknown[]) => {
      asked.push(args.at(-1) as NativeQuestion);
      return { response, checkboxChecked: false };
    };
    Object.assign(dialog, { showMessageBox: answer });
  }, button);
  return () => app.evaluate(() => (globalThis as unknown as { asked: NativeQuestion[] }).asked);
}
