/** Owns joining a call by its link: the dialog, and a link dropped anywhere on the window. */

import { useEffect, useState } from 'react';
import { droppedText, mayHoldLink } from '../../given-link.ts';
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

/** Takes texts and addresses dropped on the window, but not into a field; true while one is dragged over it. */
function useDroppedText(onText: (text: string) => void): boolean {
  const [dragged, setDragged] = useState(false);
  useEffect(() => {
    const isOurs = ({ target, dataTransfer }: DragEvent) =>
      dataTransfer !== null &&
      mayHoldLink(dataTransfer) &&
      !(target instanceof Element && target.closest('input, textarea'));
    const handleOver = (event: DragEvent) => {
      const ours = isOurs(event);
      setDragged(ours);
      if (ours) event.preventDefault();
    };
    const handleLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragged(false);
    };
    const handleDrop = (event: DragEvent) => {
      setDragged(false);
      if (!isOurs(event) || event.dataTransfer === null) return;
      event.preventDefault();
      onText(droppedText(event.dataTransfer));
    };
    const listening = new AbortController();
    const { signal } = listening;
    window.addEventListener('dragover', handleOver, { signal });
    window.addEventListener('dragleave', handleLeave, { signal });
    window.addEventListener('drop', handleDrop, { signal });
    return () => listening.abort();
  });
  return dragged;
}
