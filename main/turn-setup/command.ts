/** Owns the command that writes a relay's set-up: from what was typed to what the person is told. */

import { terminalLanguage } from '../common/translate.ts';
import { type BadAnswer, parseAnswers } from './answers.ts';
import { setUpRelay, setupTexts } from './set-up.ts';
import { SECRET_FILE } from './setup-folder.ts';

const BAD_COMMAND_LINE = 2;

export interface SetupCommandOptions {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly systemLocale: string;
  readonly randomBytes: (sizeBytes: number) => Buffer;
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
}

/** Returns the exit code. */
export async function runSetupCommand(options: SetupCommandOptions): Promise<number> {
  const { argv, env, systemLocale, randomBytes, say, complain } = options;
  const language = terminalLanguage(env, systemLocale);
  const translate = setupTexts(language);
  const request = parseAnswers(argv);
  if (!request.ok) {
    complain(
      `${translate(answerKey(request.error), { option: request.error.option })}\n${translate('usage')}`,
    );
    return BAD_COMMAND_LINE;
  }
  if (request.value.kind === 'help') {
    say(translate('usage'));
    return 0;
  }
  const { answers, out } = request.value;
  const { platform } = process;
  const written = await setUpRelay(answers, { folder: out, language, randomBytes, platform });
  if (!written.ok) {
    complain(translate(`folder.${written.error}`, { folder: out }));
    return 1;
  }
  const { folder, keptSecret } = written.value;
  if (keptSecret) say(translate('kept-secret'));
  say(translate('written', { folder, secretFile: SECRET_FILE }));
  return 0;
}

function answerKey({ problem }: BadAnswer): `answer.${BadAnswer['problem']}` {
  return `answer.${problem}`;
}
