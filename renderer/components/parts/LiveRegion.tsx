/** Owns the one quiet voice of the window: changes are said to screen readers, in the order they came. */

import { useEffect, useRef, useState } from 'react';
import type { HostSnapshot } from '../../../main/common/host-api/snapshot.ts';
import { windowAnnouncements } from '../../announcements.ts';
import { useTexts } from '../../i18n/texts.ts';

export function LiveRegion({ snapshot }: { readonly snapshot: HostSnapshot }) {
  const t = useTexts();
  const last = useRef(snapshot);
  const [words, setWords] = useState('');
  useEffect(() => {
    const sentences = windowAnnouncements(last.current, snapshot, t);
    last.current = snapshot;
    if (sentences.length > 0) setWords(sentences.join(' '));
  }, [snapshot, t]);
  return (
    <p role="status" className="visually-hidden">
      {words}
    </p>
  );
}
