/** Owns the flood of the data channel with messages that are no boxes. */

import { RECEIVE_CHANNEL } from '../../../main/common/protocol/peer-limits.ts';
import type { Attack } from '../stage.ts';

/** Each of the two cuts him off within the first part. */
const COUNT = 3 * RECEIVE_CHANNEL.burst;

export const channelMessages: Attack = {
  name: `${COUNT} one-byte messages by the data channel`,
  run: (stage) => stage.strike((count) => window.hostile.sendMessages(count, 1), COUNT),
};
