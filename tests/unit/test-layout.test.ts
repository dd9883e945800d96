/** Holds that a unit test lies where its source lies, under its name, to which a subject may be added. */

import path from 'node:path';
import { expect, it } from 'vitest';
import { exists, filesIn } from '../support/source/source-tree.ts';

/** Tests of what several files do together, in the folder these share, and of texts and pages. */
const OF_SEVERAL_FILES = [
  'architecture',
  'documents',
  'installers',
  'test-layout',
  'main/common/e2ee/second-implementation',
  'main/common/e2ee/vectors',
  'main/common/i18n/shared-texts',
  'main/common/names/writing',
  'main/common/protocol/protocol-md',
  'main/host/hosted-links',
  'main/host/hosted-turn-servers',
  'main/host/kept-hosting',
  'main/room/host-page',
  'main/room/rates',
  'main/tunnel/outages',
  'renderer/texts',
  'scripts/linux-packages/launcher',
  'web-client/core/chat',
  'web-client/core/coming-and-going',
  'web-client/core/coming-at-once',
  'web-client/core/door',
  'web-client/core/early-join',
  'web-client/core/files-allowed',
  'web-client/core/files/hostile-files',
  'web-client/core/files/links/file-links',
  'web-client/core/hidden-address',
  'web-client/core/host-away',
  'web-client/core/hostile-server',
  'web-client/core/joining',
  'web-client/core/lost-place',
  'web-client/core/lost-way',
  'web-client/core/mesh/passing-orders',
  'web-client/core/recording',
  'web-client/core/session-sound',
  'web-client/core/turn-servers',
  'web-client/core/verification',
  'web-client/i18n/catalogues',
  'web-client/index-html',
];

/** `a.test.ts` and `a.subject.test.ts` are both of `a`. */
const tested = filesIn('tests/unit').map((file) =>
  file.replace(/^tests\/unit\/(.*?)(?:\.[a-z-]+)?\.test\.tsx?$/, '$1'),
);

it('lies where its source lies', () => {
  const hasSource = (name: string) => ['.ts', '.tsx', '.mjs'].some((ending) => exists(name + ending));
  expect(tested.filter((name) => !hasSource(name)).sort()).toEqual([...OF_SEVERAL_FILES].sort());
  expect(OF_SEVERAL_FILES.filter((name) => !exists(path.posix.dirname(name)))).toEqual([]);
});
