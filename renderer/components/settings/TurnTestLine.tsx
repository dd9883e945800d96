/** Owns how the test of a TURN server is told, beside the server and to screen readers: what it came to, and what to do about that. */

import { serverWay } from '../../../main/common/protocol/turn-answers.ts';
import { assertNever } from '../../../main/common/result.ts';
import { useTexts, type WindowTexts } from '../../i18n/texts.ts';
import { Icon, Spinner } from '../parts/Icon.tsx';
import { isTlsAddress } from './turn-test.ts';
import type { TestedServer, TurnTestState } from './use-turn-tests.ts';

/** Left out while nothing is known of the server. */
export function TurnTestLine({
  url,
  state,
}: {
  readonly url: string;
  readonly state: TurnTestState | undefined;
}) {
  const t = useTexts();
  if (state === undefined) return null;
  return (
    <p className={`turn-test turn-test-${state.kind}`}>
      <TurnTestSign kind={state.kind} />
      <span>{turnTestWords({ url, state }, t)}</span>
    </p>
  );
}

function TurnTestSign({ kind }: Pick<TurnTestState, 'kind'>) {
  switch (kind) {
    case 'waits':
      return <Icon name="clock" />;
    case 'runs':
      return <Spinner />;
    case 'works':
      return <Icon name="check" />;
    case 'fails':
      return <Icon name="warning" />;
    default:
      return assertNever(kind);
  }
}

/** Says the newest of it; that one waits its turn is no news. */
export function TurnTestSpeech({ tested }: { readonly tested: TestedServer | null }) {
  const t = useTexts();
  const words = tested === null || tested.state.kind === 'waits' ? '' : turnTestWords(tested, t);
  return (
    <p role="status" className="visually-hidden">
      {tested && words && `${tested.url}: ${words}`}
    </p>
  );
}

export function turnTestWords({ url, state }: TestedServer, t: WindowTexts): string {
  const asked = serverWay(url);
  const way = asked === 'stun' ? 'UDP' : WAYS[asked];
  switch (state.kind) {
    case 'waits':
      return t('turn-test.waits');
    case 'runs':
      return t('turn-test.runs', { way });
    case 'works': {
      const works = t('turn-test.works', { way, ms: state.tookMs });
      return isTlsAddress(url) ? `${works} ${t('turn-test.works-address')}` : works;
    }
    case 'fails':
      return t(
        state.flaw === 'silent' && way === 'UDP' ? 'turn-test.silent-udp' : `turn-test.${state.flaw}`,
        {
          way,
        },
      );
    default:
      return assertNever(state);
  }
}

const WAYS = { udp: 'UDP', tcp: 'TCP', tls: 'TLS' } as const;
