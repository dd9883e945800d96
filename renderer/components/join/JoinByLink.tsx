/** Owns joining a call by its link: the dialog, and a link dropped anywhere on the window. */

import { useState } from 'react';
import { useDroppedText } from '../../given-link.ts';
import { useTexts } from '../../i18n/texts.ts';
import { useCommand, useHost } from '../../use-host.ts';
import { Icon } from '../parts/Icon.tsx';
import { JoinDialog } from './JoinDialog.tsx';

interface JoinByLinkProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function JoinByLink({ open, onOpenChange }: JoinByLinkProps) {
  const t = useTexts();
  const host = useHost();
  const join = useCommand();
  const [text, setText] = useState('');

  const handleText = (next: string) => {
    setText(next);
    join.forget();
  };
  const joinBy = async (link: string) => {
    if (!(await join.run(() => host.joinCall(link)))) return;
    setText('');
    onOpenChange(false);
  };
  const dragged = useDroppedText((dropped) => {
    handleText(dropped);
    onOpenChange(true);
    void joinBy(dropped);
  });
  return (
    <>
      <JoinDialog
        open={open}
        text={text}
        onText={handleText}
        join={join}
        onJoin={() => void joinBy(text)}
        onClose={() => onOpenChange(false)}
      />
      {dragged && (
        <div className="drop-target" aria-hidden="true">
          <p>
            <Icon name="link" />
            {t('join.drop')}
          </p>
        </div>
      )}
    </>
  );
}
