/** Owns the text of an autostart entry, by which a Linux desktop starts a program at login: written and read, pure. */

/** A program with the arguments it is started with. */
export interface LoginProgram {
  /** Absolute. */
  readonly file: string;
  readonly args: readonly string[];
}

/** What an entry says that somebody else may have changed since. */
export interface AutostartEntry {
  /** Whether the desktop would start it. */
  readonly enabled: boolean;
  /** The program without which it is passed over, or null where the entry names none. */
  readonly program: string | null;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they end a line, or stand for nothing that could be read back
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

/** Null for a program that no entry can name: the specification forbids an equals sign there, and a line ends where it ends. */
export function formatAutostartEntry({ file, args }: LoginProgram): string | null {
  // Of the first word GLib looks for a file before it reads two percent signs as one.
  const words = [...(file.includes('%') ? ['/usr/bin/env'] : []), file, ...args];
  if (file.includes('=') || words.some((word) => CONTROL_CHARACTER.test(word))) return null;
  return `[Desktop Entry]
Type=Application
Name=Secret Call
Exec=${words.map((word) => asString(quoted(word))).join(' ')}
TryExec=${asString(file)}
Icon=secret-call
Terminal=false
StartupNotify=false
X-GNOME-Autostart-enabled=true
`;
}

/** As an argument in a command (Desktop Entry Specification, the Exec key): a percent sign begins a code there. */
const quoted = (word: string): string => `"${word.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`;

/** As a value of the type string, which is read before the command is taken apart. */
const asString = (text: string): string => text.replaceAll('\\', '\\\\').replace(/^ | $/g, '\\s');

export function parseAutostartEntry(text: string): AutostartEntry {
  const keys = keysOf(text);
  const says = (key: string, wanted: string) => keys.get(key)?.toLowerCase() === wanted;
  const enabled = keys.has('Exec') && !says('Hidden', 'true') && !says('X-GNOME-Autostart-enabled', 'false');
  const program = keys.get('TryExec');
  return { enabled, program: program === undefined ? null : fromString(program) };
}

/** Of the entry itself; other groups are its actions. */
function keysOf(text: string): ReadonlyMap<string, string> {
  const [, group = ''] = text.split(/^\[Desktop Entry\]$/m);
  const lines = (group.split(/^\[/m)[0] ?? '').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [, key, value] = /^([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value] as const];
    }),
  );
}

const fromString = (text: string): string =>
  text.replace(/\\([s\\])/g, (_, sign: string) => (sign === 's' ? ' ' : sign));
