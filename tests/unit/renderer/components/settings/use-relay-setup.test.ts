/** Holds what the window makes of main's answers about a relay: a fault at each field, and nothing typed lost. */

import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../../../main/common/result.ts';
import {
  afterWriting,
  EMPTY_RELAY,
  isInTheWay,
  withAnswer,
  withFolder,
} from '../../../../../renderer/components/settings/use-relay-setup.ts';

const FOLDER = { path: '/home/a/relay', note: null };
const filled = withFolder(withAnswer(EMPTY_RELAY, 'domain', 'https://x'), FOLDER);
const answersFault = (...fields: readonly ('domain' | 'address' | 'email')[]) =>
  fail({ kind: 'answers' as const, fields });

describe('an answer that is wrong', () => {
  it('is told at its field, by whether anything stands there, until that is changed', () => {
    const { state, failure } = afterWriting(filled, answersFault('domain', 'email'));
    expect(failure).toBeNull();
    expect(state.faults).toEqual({ domain: 'domain', email: 'empty' });
    expect(state.typed).toEqual(filled.typed);
    const changed = withAnswer(state, 'domain', 'x.example');
    expect(changed.faults).toEqual({ email: 'empty' });
    expect(changed.typed.domain).toBe('x.example');
  });

  it('has the missing folder told with it', () => {
    expect(afterWriting(EMPTY_RELAY, answersFault('domain')).state.note).toBe('none');
    expect(afterWriting(filled, answersFault('domain')).state.note).toBeNull();
  });
});

describe('a folder', () => {
  it('is in the way where nothing can be written, and not where there is something to know', () => {
    const full = afterWriting(filled, fail({ kind: 'folder', note: 'disk-full' })).state;
    expect([full.note, isInTheWay(full.note), full.folder]).toEqual(['disk-full', true, FOLDER]);
    const renewed = afterWriting(filled, fail({ kind: 'folder', note: 'holds-set-up' })).state;
    expect(isInTheWay(renewed.note)).toBe(false);
    expect(isInTheWay(null)).toBe(false);
    expect(withFolder(full, FOLDER).note).toBeNull();
  });
});

describe('files that are written', () => {
  it('end what was wrong, and are not on the list yet', () => {
    const files = { domain: 'x.example', folder: FOLDER.path, files: ['README.md'], keptSecret: false };
    const { state, failure } = afterWriting(
      { ...filled, faults: { email: 'email' }, added: true },
      ok(files),
    );
    expect(failure).toBeNull();
    expect(state).toMatchObject({ faults: {}, note: null, written: files, added: false });
  });

  it('are none where main itself fails, and all stays', () => {
    expect(afterWriting(filled, fail('internal'))).toEqual({ state: filled, failure: 'internal' });
  });
});
