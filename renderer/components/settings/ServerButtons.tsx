/** Owns the buttons of a list of servers: one asks for another server, one takes a server away. */

import type { Ref } from 'react';
import { ICE_SERVERS_MAX } from '../../../main/common/protocol/limits.ts';
import { Icon } from '../parts/Icon.tsx';

interface AddServerButtonProps {
  readonly text: string;
  /** In the list by now; a full one has no button. */
  readonly count: number;
  readonly onPress: () => void;
  readonly ref: Ref<HTMLButtonElement>;
}

export function AddServerButton({ text, count, onPress, ref }: AddServerButtonProps) {
  if (count >= ICE_SERVERS_MAX) return null;
  return (
    <button ref={ref} type="button" className="button button-quiet stun-add" onClick={onPress}>
      <Icon name="plus" />
      {text}
    </button>
  );
}

/** `text` is heard alone. */
export function RemoveServerButton({
  text,
  onPress,
}: {
  readonly text: string;
  readonly onPress: () => void;
}) {
  return (
    <button type="button" className="button button-quiet button-icon" onClick={onPress}>
      <Icon name="close" />
      <span className="visually-hidden">{text}</span>
    </button>
  );
}
