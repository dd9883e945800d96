/** Owns the round badge beside a name, in the list of people and in the chat. */

import { initialOf } from '../../../main/common/names/visible-text.ts';
import { setAttribute, setText } from './dom.ts';

/** People of one name get different ones, mostly. */
const TINTS = 8;

export function renderBadge(badge: HTMLElement, id: string, name: string): void {
  setAttribute(badge, 'data-tint', String((id.charCodeAt(0) + id.charCodeAt(1)) % TINTS));
  setText(badge, initialOf(name));
}
