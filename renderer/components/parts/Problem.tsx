/** Owns the problem notice: what happened, what to do next, and where it helps a button that does it. */

import type { ReactNode } from 'react';
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
