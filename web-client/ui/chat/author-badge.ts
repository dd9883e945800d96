/** Owns the round badge beside a name. */

import { initialOf } from '../../../main/common/names/visible-text.ts';
import { setAttribute, setText } from '../shell/dom.ts';

/** Tints of the badges; as in the list of people, those of one name get different ones, mostly. */
const TINTS = 8;

export function renderBadge(badge: HTMLElement, id: string, name: string): void {
  setAttribute(badge, 'data-tint', String((id.charCodeAt(0) + id.charCodeAt(1)) % TINTS));
  setText(badge, initialOf(name));
}
