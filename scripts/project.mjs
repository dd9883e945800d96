// @ts-check
/** Owns where things lie in the project and how a script runs another program. Needs nothing installed. */

import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @param {...string} parts */
export const inProject = (...parts) => path.join(projectRoot, ...parts);

/** The JavaScript entry of an installed command-line package, to be run by this Node.
 * @param {string} file */
export const installed = (file) => inProject('node_modules', file);

/**
 * Runs a program with this terminal's input and output, and gives its exit code (1 where it could not start).
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, env?: NodeJS.ProcessEnv }} [options] quiet: its standard output goes to standard error
 * @returns {Promise<number>}
 */
export function run(command, args, { quiet = false, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: projectRoot,
      env,
      stdio: ['inherit', quiet ? process.stderr : 'inherit', 'inherit'],
    });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs an installed package's entry with this Node.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, env?: NodeJS.ProcessEnv }} [options] */
export const runInstalled = (file, args, options) =>
  run(process.execPath, [installed(file), ...args], options);

/** Ends this script with the message and code 1.
 * @param {string} message
 * @returns {never} */
export function giveUp(message) {
  console.error(message);
  process.exit(1);
}
