/** Owns the command that writes a relay's set-up: from what was typed to what the person is told. */

import { createTranslator, terminalLanguage } from '../common/translate.ts';
import { type BadAnswer, parseAnswers, type SetupAnswers } from './answers.ts';
import { RELAY_PORTS, STUN_PORT, TLS_PORT } from './coturn-conf.ts';
import { turnSetupEn } from './i18n/en.ts';
import { turnSetupRu } from './i18n/ru.ts';
import { SECRET_FILE, writeSetup } from './setup-folder.ts';

const BAD_COMMAND_LINE = 2;
const SECRET_BYTES = 32;

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
  const translate = createTranslator({ en: turnSetupEn, ru: turnSetupRu }[language], language);
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
  const { answers } = request.value;
  const guide = translate('guide', facts(answers));
  const written = await writeSetup(answers, () => randomBytes(SECRET_BYTES).toString('base64url'), guide);
  if (!written.ok) {
    complain(translate(`folder.${written.error}`, { folder: answers.out }));
    return 1;
  }
  const { folder, keptSecret } = written.value;
  if (keptSecret) say(translate('kept-secret'));
  say(translate('written', { ...facts(answers), folder }));
  return 0;
}

function answerKey({ problem }: BadAnswer): `answer.${BadAnswer['problem']}` {
  return `answer.${problem}`;
}

function facts({ domain, out }: SetupAnswers) {
  return {
    domain,
    out,
    secretFile: SECRET_FILE,
    stunPort: STUN_PORT,
    tlsPort: TLS_PORT,
    ports: `${RELAY_PORTS.first}–${RELAY_PORTS.last}`,
  };
}
