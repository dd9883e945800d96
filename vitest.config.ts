import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const project = (name: string, options: object = {}) => ({
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`, `tests/${name}/**/*.test.tsx`],
    isolate: false,
    ...options,
  },
});

const FIXED_SEED = 'tests/support/random/fixed-seed.ts';

/** Begins with the file that takes longest, or one core would wait for it alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith('/views/screens.test.ts');
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

/**
 * One project a kind of test; those of e2e, files and electron run one file after another, for two cores. No test leaves anything in
 * the modules it uses, so files share a process: for the light kinds, most of their time would be its start.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      project('unit', { testTimeout: 20_000, pool: 'threads', setupFiles: FIXED_SEED }),
      project('fuzz', { testTimeout: 120_000, pool: 'threads', setupFiles: FIXED_SEED }),
      project('integration', { testTimeout: 30_000, hookTimeout: 30_000 }),
      project('views', { testTimeout: 90_000, hookTimeout: 90_000 }),
      project('e2e', { testTimeout: 90_000, hookTimeout: 90_000, fileParallelism: false }),
      project('files', { testTimeout: 90_000, hookTimeout: 90_000, fileParallelism: false }),
      project('electron', { testTimeout: 90_000, hookTimeout: 90_000, fileParallelism: false }),
    ],
  },
});
