/** Owns what a person gives the window beside typing: the link in a pasted text, and what is dropped. */

import { useEffect, useState } from 'react';
import { readCallLink } from '../main/common/e2ee/call-link.ts';
import { formatInvite } from '../main/common/e2ee/invite-link.ts';
import { LINK_TEXT_MAX_UNITS } from '../main/common/protocol/limits.ts';

/** Addresses first: where there is one, the plain text may be its title. */
const DROPPED_TYPES = ['text/uri-list', 'text/plain'] as const;

/** The whole link in the text, without the words around it; null where there is none. */
export function linkIn(text: string): string | null {
  const read = readCallLink(text, URL);
  return read.ok ? formatInvite(read.value.server, read.value.link) : null;
}

/** Whether a text or an address is being dragged, which is known before it is dropped. */
export function mayHoldLink({ types }: Pick<DataTransfer, 'types'>): boolean {
  return DROPPED_TYPES.some((type) => types.includes(type));
}

/** The link among what was dropped, or where there is none what was, so that the person sees it. */
export function droppedText(data: Pick<DataTransfer, 'getData'>): string {
  const texts = DROPPED_TYPES.map((type) => data.getData(type));
  const link = texts.map(linkIn).find((found) => found !== null);
  return link ?? (texts.find((text) => text.trim() !== '') ?? '').trim().slice(0, LINK_TEXT_MAX_UNITS);
}

/** Takes texts and addresses dropped on the window, but not into a field; true while one is dragged over it. */
export function useDroppedText(onText: (text: string) => void): boolean {
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
