import { expect, it } from 'vitest';
import { faultsOf, type TurnDraft } from '../../../../../renderer/components/settings/turn-draft.ts';

const DRAFT: TurnDraft = { url: '', kind: 'shared-secret', secret: '', username: '', password: '' };

it('makes a server of what is whole, without the blanks around its address', () => {
  expect(faultsOf({ ...DRAFT, url: ' turn:a.example:3478 ', secret: ' s ' })).toEqual({
    server: { url: 'turn:a.example:3478', credentials: { kind: 'shared-secret', secret: ' s ' } },
    faults: {},
  });
  const login = { kind: 'static', username: 'me', password: 'word' } as const;
  expect(faultsOf({ ...DRAFT, url: 'turns:a.example', ...login, secret: 's' })).toEqual({
    server: { url: 'turns:a.example', credentials: login },
    faults: {},
  });
});

it('tells of each field what is wrong with it, and of no field that is not asked for', () => {
  expect(faultsOf(DRAFT)).toEqual({ server: null, faults: { url: 'empty', secret: 'empty' } });
  expect(faultsOf({ ...DRAFT, kind: 'static', url: 'turn:a:0', password: 'x'.repeat(301) })).toEqual({
    server: null,
    faults: { url: 'port', username: 'empty', password: 'too-long' },
  });
});
