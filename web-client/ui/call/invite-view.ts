/** Owns the link to pass on: large while one is alone, smaller while there is still room. */

import type { Translate } from '../../../main/common/translate.ts';
import { isLoopback } from '../../../main/common/web-address.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { CopyRow, type WriteClipboard } from '../shell/copy-row.ts';
import { byId, setHidden, setText } from '../shell/dom.ts';

export class InviteView {
  readonly #t: Translate<TextKey>;
  readonly #section: HTMLElement;
  readonly #title: HTMLElement;
  readonly #text: HTMLElement;
  readonly #local: HTMLElement;
  readonly #place: HTMLElement;
  readonly #copy: CopyRow;
  readonly #inApp: boolean;

  constructor(root: Document, t: Translate<TextKey>, write: WriteClipboard, inApp: boolean) {
    this.#t = t;
    this.#inApp = inApp;
    this.#section = byId(root, 'invite', HTMLElement);
    this.#title = byId(root, 'invite-title', HTMLElement);
    this.#text = byId(root, 'invite-text', HTMLElement);
    this.#local = byId(root, 'invite-local', HTMLElement);
    this.#place = byId(root, 'invite-copy', HTMLElement);
    this.#copy = new CopyRow(root, this.#place, t, write);
  }

  render({ call, participants, placeFree }: RoomState, invite: string | null): void {
    const onlyHere = invite !== null && isLoopback(new URL(invite).hostname);
    const alone = participants.length === 0;
    setHidden(this.#section, call !== 'joined' || !(alone || placeFree));
    this.#section.classList.toggle('invite-alone', alone);
    setText(this.#title, this.#t(alone ? 'invite.alone' : 'invite.more'));
    setHidden(this.#text, !alone || onlyHere);
    setHidden(this.#local, !onlyHere);
    // In a browser it still opens a second tab; who is in the app has nothing to do with it.
    setHidden(this.#place, onlyHere && this.#inApp);
    this.#copy.render(invite ?? '', !alone);
  }
}
