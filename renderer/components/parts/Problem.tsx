/** Owns the problem notice: what happened, what to do next, and where it helps a button that does it. */

import type { ReactNode } from 'react';
import { type Missing, remedyFor } from '../../../main/common/host-api/remedies.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useSystem } from '../../use-host.ts';
import { Icon } from './Icon.tsx';

interface ProblemProps {
  readonly text: string;
  /** `error`: it will not get better by itself; `warning`: it may. */
  readonly kind: 'error' | 'warning';
  readonly children?: ReactNode;
}

export function Problem({ text, kind, children }: ProblemProps) {
  return (
    <div className={`problem problem-${kind}`} role={kind === 'error' ? 'alert' : undefined}>
      <Icon name="warning" />
      <div className="problem-body">
        <p>{text}</p>
        {children}
      </div>
    </div>
  );
}

/** How to get what is missing on this system, where that is known. */
export function Remedy({ missing }: { readonly missing: Missing | null }) {
  const t = useTexts();
  const system = useSystem();
  const words = missing && remedyFor(missing, system, t);
  return words && <p className="hint remedy">{words}</p>;
}
