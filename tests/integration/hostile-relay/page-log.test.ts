/** What the page's log keeps of a whole call: how it went, and nothing of who was in it or what was said. */

import { afterEach, expect, it } from 'vitest';
import { toBase64Url } from '../../../main/common/bytes.ts';
import { MASKED } from '../../../web-client/core/log-ring.ts';
import { CallWorld } from '../../support/call/call-world.ts';

const world = new CallWorld();
afterEach(() => world.end());

it('tells how a call went, and neither names nor ids, words, addresses or secrets', async () => {
  const anna = await world.join('Anna Petrova');
  const boris = await world.join('Борис');
  await world.until('both are sealed', () => world.allSealed());
  anna.session.sendChat('see you at nine');
  await world.until('it is read', () => boris.state.chat.length === 1);
  boris.session.leave();
  await world.until('he is gone', () => anna.state.participants.length === 0);
  const kept = JSON.stringify(anna.log.entries);
  for (const event of ['signaling-online', 'call', 'microphone', 'peers']) expect(kept).toContain(event);
  const { secret, token } = world.link;
  const secrets = ['Anna', 'Борис', 'nine', anna.id, boris.id, toBase64Url(secret), toBase64Url(token)];
  for (const text of secrets) expect(kept).not.toContain(text);
  // Nobody even tried.
  expect(kept).not.toContain(MASKED);
});
