/** Holds which section of the changelog a release gets, and that the workflow which makes releases keeps its shape. */

import { createRequire } from 'node:module';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { sectionOf } from '../../../scripts/release-notes.mjs';
import { filesIn, textOf } from '../../support/source/source-tree.ts';

const CHANGELOG = `# Changelog

## Unreleased

## 1.1.0 - 2026-12-01

### Added

- A thing.

## [1.0.0]

- The first.
`;

const yaml = createRequire(import.meta.url)('js-yaml') as { load(text: string): unknown };

const step = v.strictObject({
  name: v.optional(v.string()),
  uses: v.optional(v.string()),
  run: v.optional(v.string()),
  if: v.optional(v.string()),
  shell: v.optional(v.string()),
  env: v.optional(v.record(v.string(), v.string())),
  with: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  'working-directory': v.optional(v.string()),
});
const permissions = v.record(v.string(), v.picklist(['read', 'write']));
const workflow = v.object({
  on: v.strictObject({ push: v.strictObject({ tags: v.array(v.string()) }) }),
  permissions,
  jobs: v.record(
    v.string(),
    v.object({
      needs: v.optional(v.string()),
      'runs-on': v.string(),
      'timeout-minutes': v.number(),
      permissions: v.optional(permissions),
      strategy: v.optional(
        v.object({ matrix: v.object({ include: v.array(v.record(v.string(), v.string())) }) }),
      ),
      steps: v.array(step),
    }),
  ),
});

describe('the notes of a release', () => {
  it.each([
    ['1.1.0', '### Added\n\n- A thing.'],
    ['1.0.0', '- The first.'],
    ['Unreleased', null],
    ['1.1', null],
    ['2.0.0', null],
  ])('%s', (version, section) => {
    expect(sectionOf(CHANGELOG, version)).toBe(section);
  });
});

describe('release.yml', () => {
  const {
    on,
    permissions: all,
    jobs,
  } = v.parse(workflow, yaml.load(textOf('.github/workflows/release.yml')));
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const runs = steps.map(({ run }) => run ?? '').join('\n');

  it('runs for tags alone, and whoever may write is named job by job', () => {
    expect(on.push.tags).toEqual(['v*']);
    expect(all).toEqual({ contents: 'read' });
    const writing = Object.entries(jobs).map(([name, job]) => [
      name,
      Object.entries(job.permissions ?? {}).flatMap(([what, how]) => (how === 'write' ? [what] : [])),
    ]);
    expect(Object.fromEntries(writing)).toEqual({
      notes: [],
      build: [],
      feed: [],
      draft: ['contents', 'id-token', 'attestations'],
    });
    // Whoever may write executes what the runner has, and nothing that somebody else wrote.
    const commands = jobs.draft?.steps.flatMap(({ run }) => run?.trim().split(' ')[0] ?? []);
    expect(commands).toEqual(['sha256sum', 'gh']);
  });

  it('runs nobody’s code but this project’s, npm’s by the lock file, and the runner’s own actions', () => {
    for (const file of filesIn('.github/workflows')) {
      const used = textOf(file).match(/(?<=uses: ).*/g) ?? [];
      const byCommit = /^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
      expect(used.filter((action) => !byCommit.test(action))).toEqual([]);
      expect(used).not.toEqual([]);
    }
    expect(steps.filter((each) => each.with?.cache !== undefined)).toEqual([]);
    expect(runs).toContain('npm sbom ');
    // What GitHub puts in the place of braces would be read by the shell: names of tags come as variables.
    expect(runs).not.toContain('${{');
  });

  it('builds on each system, attests what was built, and only drafts', () => {
    const systems = jobs.build?.strategy?.matrix.include.map(({ system }) => system);
    expect(systems).toEqual(['linux', 'mac', 'win']);
    const attested = steps.filter(({ uses }) => uses?.startsWith('actions/attest@'));
    expect(attested.map((each) => each.with)).toEqual([
      { 'subject-checksums': 'files/SHA256SUMS' },
      { 'subject-checksums': 'files/SHA256SUMS', 'sbom-path': 'files/secret-call-sbom.cdx.json' },
    ]);
    expect([jobs.feed?.needs, jobs.draft?.needs]).toEqual(['build', 'feed']);
    expect(runs).toContain('sha256sum secret-call* > SHA256SUMS');
    expect(runs).toMatch(/gh release create .* --draft /);
  });

  it('shows the key of updates to one script, beside which nothing that was fetched runs', () => {
    const seen = Object.entries(jobs).filter(([, job]) => JSON.stringify(job).includes('UPDATE_SIGNING_KEY'));
    expect(seen.map(([name]) => name)).toEqual(['feed']);
    const commands = jobs.feed?.steps.flatMap(({ run }) => run?.match(/^ *(?:npm|npx|node) .*$/gm) ?? []);
    expect(commands?.map((command) => command.trim())).toEqual(['node scripts/update-feed.mjs make files']);
    expect(runs).toContain('there is no variable UPDATE_KEY.');
  });

  it('says in a line where it could not sign, for each secret that signing needs', () => {
    const secrets = steps.flatMap(({ env = {} }) =>
      Object.values(env).flatMap((value) => /^\$\{\{ secrets\.(\w+) \}\}$/.exec(value)?.[1] ?? []),
    );
    expect(secrets).toEqual([
      'MAC_CSC_LINK',
      'MAC_CSC_KEY_PASSWORD',
      'APPLE_ID',
      'APPLE_APP_SPECIFIC_PASSWORD',
      'APPLE_TEAM_ID',
      'WIN_CSC_LINK',
      'WIN_CSC_KEY_PASSWORD',
      'UPDATE_SIGNING_KEY',
    ]);
    for (const secret of ['MAC_CSC_LINK', 'APPLE_ID', 'WIN_CSC_LINK', 'UPDATE_SIGNING_KEY'])
      expect(runs).toContain(`there is no secret ${secret}.`);
  });
});
