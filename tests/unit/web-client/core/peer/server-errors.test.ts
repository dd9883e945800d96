import { describe, expect, it } from 'vitest';
import { type ServerErrors, withServerError } from '../../../../../web-client/core/peer/server-errors.ts';

describe('the errors of servers', () => {
  it('are counted by way and code, and of few kinds', () => {
    let errors: ServerErrors = {};
    for (let count = 0; count < 3; count++) errors = withServerError(errors, 'udp', 401);
    for (let code = 300; code < 400; code++) errors = withServerError(errors, 'tls', code);
    expect(errors['udp-401']).toBe(3);
    expect(Object.keys(errors)).toHaveLength(16);
    expect(withServerError(errors, 'udp', 401)['udp-401']).toBe(4);
  });
});
