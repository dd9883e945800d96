/** Owns the copy button of a link, which says for a moment that it is done. */

import { useEffect, useState } from 'react';
import { useTexts } from '../../i18n/texts.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { Icon } from './Icon.tsx';

const FEEDBACK_MS = 2_000;

interface CopyButtonProps {
  readonly invite: string;
  readonly label: string;
  readonly primary?: boolean;
  /** Shows the icon alone; the label stays the button's name. */
  readonly compact?: boolean;
  readonly small?: boolean;
  /** The button's whole name, where the label alone would not tell it from others. */
  readonly name?: string;
  readonly onCopied?: () => void;
}

export function CopyButton(props: CopyButtonProps) {
  const { invite, label, primary = false, compact = false, small = false, name, onCopied } = props;
  const t = useTexts();
  const host = useHost();
  const { run, failure } = useCommand();
  const [copiedCount, setCopiedCount] = useState(0);
  const [fresh, setFresh] = useState(false);

  useEffect(() => {
    if (copiedCount === 0) return;
    setFresh(true);
    const timer = setTimeout(() => setFresh(false), FEEDBACK_MS);
    return () => clearTimeout(timer);
  }, [copiedCount]);

  const copy = async () => {
    if (!(await run(() => host.copyInvite(invite)))) return;
    setCopiedCount((count) => count + 1);
    onCopied?.();
  };
  const size = small ? 'button-small' : '';
  const variant = compact ? 'button-quiet button-icon' : primary ? 'button-primary' : size;
  return (
    <>
      <button
        type="button"
        className={`button ${variant}`}
        aria-label={name}
        data-fresh={fresh || undefined}
        onClick={() => void copy()}
      >
        <Icon name={fresh ? 'check' : 'copy'} />
        <span className={compact ? 'visually-hidden' : undefined}>{label}</span>
      </button>
      <span role="status" className={fresh && !compact && !small ? 'copied' : 'visually-hidden'}>
        {fresh ? t('invite.copied') : ''}
        {failure ? t(`host-error.${failure}`) : ''}
      </span>
    </>
  );
}
