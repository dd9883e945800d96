// @ts-check
/** Owns `npm test`: set-up, checks, build, every test, and a closing count that names what was skipped. */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { checkSources } from './check.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { giveUp, runInstalled } from './project.mjs';
import { ensureTestTools } from './test-tools.mjs';

/** Kinds of tests that need no other program: done before the others, and keep every core busy. */
const LIGHT = ['unit', 'fuzz'];
/**
 * Beside each other, one file of each at a time: kinds that start browsers with voices, browsers with made-up states in the
 * page's views, and the app. After the app, which takes the least, come those of servers and programs: mostly they wait for these.
 */
const LANES = [['e2e'], ['views'], ['electron', 'integration']];
/** In browsers with voices as well: whichever lane is done first goes on with a part of them, so that all end together. */
const LAST = 'files';
const PARTS_OF_LAST = 6;

/** At a time; left to itself, the runner leaves one of two cores idle. */
const TWO_FILES = ['--maxWorkers=2'];
const ONE_FILE = ['--no-file-parallelism'];

/** Of what a failed case says of itself, in the closing list. */
const LINES_OF_REASON = 6;
/** What the runner's report says of a case that took too long, in place of its message. */
const TIMED_OUT = 'Error: STACK_TRACE_ERROR';

/**
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} Case
 * @typedef {{ name: string, status: string, message: string, assertionResults: Case[] }} TestFile
 */

/**
 * The cases of a file; one that could not even be loaded is a failed case of its name.
 * @param {TestFile} file
 * @returns {Case[]}
 */
function casesOf({ name, status, message, assertionResults }) {
  if (status !== 'failed' || assertionResults.some((result) => result.status === 'failed'))
    return assertionResults;
  return [
    ...assertionResults,
    { status: 'failed', fullName: path.relative('.', name), failureMessages: [message] },
  ];
}

/**
 * @param {readonly string[]} projects
 * @param {readonly string[]} options
 * @returns {Promise<{ code: number, cases: Case[] }>}
 */
async function runTests(projects, options = []) {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'secret-call-tests-'));
  const report = path.join(directory, 'report.json');
  const chosen = projects.flatMap((name) => ['--project', name]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    const code = await runInstalled('vitest/vitest.mjs', ['run', ...chosen, ...reporters, ...options]);
    const { testResults } = JSON.parse(await readFile(report, 'utf8'));
    return { code, cases: testResults.flatMap(casesOf) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

let lastPart = 0;

/** @param {readonly string[]} kinds */
async function runInTurn(kinds) {
  const runs = [];
  for (const kind of kinds) runs.push(await runTests([kind], ONE_FILE));
  while (lastPart < PARTS_OF_LAST)
    runs.push(await runTests([LAST], [...ONE_FILE, `--shard=${++lastPart}/${PARTS_OF_LAST}`]));
  return runs;
}

/** What can be had without the other programs that tests use, while these are being fetched. */
async function checkAndRunLight() {
  if ((await checkSources()) !== 0) return null;
  await ensureBuilt();
  return runTests(LIGHT, TWO_FILES);
}

await ensureDependencies();
const [light] = await Promise.all([checkAndRunLight(), ensureTestTools()]);
if (light === null) giveUp('The sources do not pass `npm run check`.');

const runs = [light, ...(await Promise.all(LANES.map(runInTurn))).flat()];
const cases = runs.flatMap((result) => result.cases);
/** @param {(status: string) => boolean} matches */
const count = (matches) => cases.filter(({ status }) => matches(status)).length;
const passed = count((status) => status === 'passed');
const failed = count((status) => status === 'failed');
for (const { status, fullName } of cases) {
  if (status !== 'passed' && status !== 'failed') console.log(`skipped: ${fullName}`);
}
// Here again, since a log is often kept by its end alone.
for (const { status, fullName, failureMessages } of cases) {
  if (status !== 'failed') continue;
  const reason = failureMessages
    .join('\n')
    .replaceAll(TIMED_OUT, 'Timed out')
    .split('\n', LINES_OF_REASON)
    .join('\n  ');
  console.log(`failed: ${fullName}\n  ${reason}`);
}
console.log(`\n${passed} passed, ${failed} failed, ${cases.length - passed - failed} skipped`);
process.exitCode = runs.some(({ code }) => code !== 0) || passed === 0 ? 1 : 0;
