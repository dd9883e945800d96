// @ts-check
/**
 * Owns `npm run bench [-- <part>…]`: the product's relay and page against the barest ones, in one run. The bench is TypeScript, so it
 * is bundled beside the product first; nothing else of the product is changed but one number.
 */

import { runBundled } from './bundled-command.mjs';

const LIMIT = 'MESSAGES_PER_SECOND = 30;';

/**
 * A room lets each person send 30 messages a second, so no room could ever saturate its relay. The bench's own copy of the
 * code counts them as ever but never says no; the product keeps no switch for that.
 * @returns {import('vite').Plugin}
 */
const unlimitedRate = () => ({
  name: 'unlimited-rate',
  transform(code, id) {
    if (!id.endsWith('/main/common/protocol/limits.ts')) return null;
    if (!code.includes(LIMIT)) throw new Error(`limits.ts no longer has "${LIMIT}"`);
    return { code: code.replace(LIMIT, 'MESSAGES_PER_SECOND = Number.MAX_SAFE_INTEGER;'), map: null };
  },
});

await runBundled({ name: 'bench', besides: ['bench/relay-child'], plugins: [unlimitedRate()] });
