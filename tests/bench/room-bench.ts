/** Owns measuring what the room costs to look at: eight cards of a lively call, against an empty page in the same browser. */

import type { ParticipantState } from '../../web-client/core/state/room-state.ts';
import type { PageState } from '../../web-client/ui/page-state.ts';
import { PageViews } from '../support/page/page-view.ts';
import type {} from '../support/page/page-view-entry.ts';
import { person, ROOM } from '../support/page/room-states.ts';
import { browserShare } from './processor.ts';
import { byTurns } from './relay-bench.ts';
import type { RelayKind } from './relay-process.ts';
import type { Measure } from './report.ts';

const ROUNDS = 5;
const OTHERS = ['Marco', 'Юля', 'Chiara', 'Дмитрий', 'Ben', 'Zoë', 'Olumide'];
/** Somebody begins or ends to speak this often. */
const CHANGE_MS = 500;
/** By then the parts are there that a page loads once, five seconds into the call; loading them is no part of looking at a room. */
const SETTLE_MS = 7_000;
const MEASURED_MS = 16_000;
/** Design: of one core, for the room as it is looked at. */
const BUDGET_PERCENT = 2;

/** One after another speaks, and between two of them nobody; connections are told anew as in a call. */
function callAt(step: number): PageState {
  return {
    kind: 'room',
    room: { ...ROOM, call: 'joined', capacity: 8, placeFree: false, participants: peopleAt(step) },
    invite: null,
  };
}

function peopleAt(step: number): ParticipantState[] {
  return OTHERS.map((name, index) =>
    person(`person${index}`, {
      name,
      trust: 'sealed',
      speaking: step === 2 * index,
      quality: { grade: 'good', path: { kind: 'direct' }, roundTripMs: 30 + step, loss: 0, jitterMs: 2 },
    }),
  );
}

async function measureRoom(views: PageViews, kind: RelayKind): Promise<number> {
  const view = await views.open({ viewport: { width: 1280, height: 800 } });
  try {
    if (kind === 'bare') await view.page.goto('about:blank');
    else {
      const states = Array.from({ length: 2 * OTHERS.length }, (_, step) => callAt(step));
      await view.show(callAt(0));
      await view.page.evaluate(
        ([all, everyMs]) => {
          let step = 0;
          const next = () => {
            const state = all[++step % all.length];
            if (state !== undefined) window.pageView.render(state);
          };
          setInterval(next, everyMs);
        },
        [states, CHANGE_MS] as const,
      );
    }
    return await browserShare(view.page.context().browser(), SETTLE_MS, MEASURED_MS);
  } finally {
    await view.page.context().close();
  }
}

/** `executablePath`: of Chromium. */
export async function benchRoom(executablePath: string): Promise<Measure[]> {
  const views = await PageViews.start(executablePath, { graphicsCard: true });
  try {
    const shares = await byTurns(ROUNDS, (kind) => measureRoom(views, kind));
    return [
      {
        name: 'Room of eight on the screen',
        unit: '% of a core',
        ...shares,
        target: { atMostAbove: BUDGET_PERCENT },
      },
    ];
  } finally {
    await views.end();
  }
}
