/** Owns the English texts of the guest page; its keys, and those of the call, are the type every other language satisfies. */

import { privacyEn } from '../../main/common/i18n/en.ts';
import type { Message } from '../../main/common/translate.ts';
import type { CallKey } from './call-en.ts';

export const en = {
  ...privacyEn,

  'app.name': 'Secret Call',
  'page.description': 'Open the link in your browser to join.',
  'title.idle': 'Voice call',
  'title.live': 'Voice call · live',

  'status.connecting': 'Connecting…',
  'status.ready': 'Ready to join',
  'status.standby': 'Paused. Press Join to come in',
  'status.joining': 'Joining…',
  'status.waiting': 'Waiting to be let in',
  'status.live': 'Live',
  'status.retrying': 'Connection lost, trying again',
  'status.blocked': 'Live connection blocked, trying again',
  'status.no-network': 'Offline',
  'status.full': 'Room is full',
  'status.missing': 'Could not join',
  'status.no-link': 'The link is not complete',

  'join.title': 'Join the call',
  'join.people': {
    one: '{count} person is in the call.',
    other: '{count} people are in the call.',
  },
  'join.missing':
    'A part of the page did not arrive. Press Join again; if that does not help, reload the page.',
  'join.empty': 'Nobody is in the call yet.',
  'join.standby': 'Very many people have this page open, so it rests here. Press Join and it connects again.',
  'join.offline': 'The host’s computer does not answer right now. The page keeps trying.',
  'join.name': 'Your name',
  'join.join': 'Join',
  'join.joining': 'Joining…',
  'join.leave': 'Leave',
  'join.cancel': 'Cancel',
  'name.empty': 'Type your name first.',
  'name.too-long': 'This name is too long: at most {max} characters.',
  'name.unknown': 'Unnamed',

  'people.title': 'Participants',
  'people.joined': '{name} joined',
  'people.left': '{name} left',
  'people.joined-many': { one: '{count} person joined', other: '{count} people joined' },
  'people.left-many': { one: '{count} person left', other: '{count} people left' },
  'server.left-out':
    'The host set a STUN or TURN server that does not work in this browser: {name}. The call goes on without it.',
  'server.own-left-out':
    'Your own STUN server does not work in this browser: {name}. The call goes on without it; you can change it in Settings.',
  'people.promise':
    'Voice goes straight from person to person, encrypted: nobody without the link can listen, as far as this page’s code is honest.',

  'part.failing':
    'A part of the page has not loaded. It is asked for again and again; if nothing changes though the host is there, reload the page.',
  'toast.dismiss': 'Dismiss',
  'microphone.retry': 'Try again',
  'microphone.asking.title': 'May the page use the microphone?',
  'microphone.denied.title': 'The microphone is not allowed',
  'microphone.absent.title': 'No microphone found',
  'microphone.busy.title': 'The microphone is busy',
  'microphone.failed.title': 'The microphone did not start',

  'invite.link': 'Link to the call',
  'copy.copy': 'Copy link',
  'copy.copied': 'Link copied',
  'copy.refused': 'The browser does not allow copying. The link is selected: copy it by hand.',

  'retrying.no-answer.title': 'Connection lost, trying again',
  'retrying.no-answer.text': 'The host’s computer does not answer.',
  'retrying.blocked.title': 'Something here blocks the live connection',
  'retrying.blocked.text':
    'The host’s computer answers, but no live connection (WebSocket) gets through: networks of schools and offices and antivirus programs with a web shield do that. Try another network or mobile data, switch the web shield off, or use a VPN. The page keeps trying.',
  'retrying.no-network.title': 'You are offline',
  'retrying.no-network.text': 'This device has no network. The page goes on by itself once there is one.',

  'dialog.close': 'Close',

  'browser-only.title': 'Browser only',
  'browser-only.text':
    'Calls do not work in this window. Open it in your browser: copy the link and paste it into the address bar of Chrome, Firefox, Safari or Edge.',
  'browser-only.no-link':
    'Calls do not work in this window. Open the link you were sent in Chrome, Firefox, Safari or Edge.',

  'ended.host-ended.title': 'The host ended the call',
  'ended.host-ended.text': 'The call is over for everyone. Nothing of it is kept.',
  'ended.kicked.title': 'You were removed from the call',
  'ended.kicked.text': 'The host removed you, and the link you came with no longer works.',
  'ended.link-refused.title': 'This link no longer works',
  'ended.link-refused.text':
    'It was replaced, used by someone else or only good for a time, or the call is over. Ask the host for another.',
  'ended.browser-only.title': 'Open this page in your browser',
  'ended.browser-only.text': 'Calls do not work in this window.',
  'ended.browser-only.action': 'Show how',
  'ended.replaced.title': 'The call goes on in another tab',
  'ended.replaced.text': 'This page was opened again elsewhere, so this one stepped back.',
  'ended.replaced.action': 'Use this tab',
  'ended.version-old-page.title': 'The host’s Secret Call is newer',
  'ended.version-old-page.text': 'This page is out of date. Reload it.',
  'ended.version-old-page.action': 'Reload',
  'ended.version-old-host.title': 'The host’s Secret Call is out of date',
  'ended.version-old-host.text': 'Ask the host to update it, then try again.',
  'ended.version-old-host.action': 'Try again',
  'ended.server-broken.title': 'Something is wrong on the host’s side',
  'ended.server-broken.text': 'The host’s computer answered in a way this page does not understand.',
  'ended.server-broken.action': 'Reload',

  'paste.title': 'The link is not complete',
  'paste.text':
    'The secret part after the # sign is missing, so this page cannot open the call. Copy the whole link from the message and paste it here.',
  'paste.changed-title': 'The link was changed on its way',
  'paste.changed-text':
    'The secret part after the # sign is not as it was sent, so this page cannot open the call. Copy the link once more and paste it here, or have it sent another way.',
  'paste.welcome': 'Which call?',
  'paste.welcome-text': 'Copy the link you were sent, the whole of it, and paste it here.',
  'paste.again': 'Have a new link? Paste it here.',
  'paste.label': 'The whole link',
  'paste.open': 'Open',
  'paste.empty': 'Paste the link first.',
  'paste.not-a-link': 'This is not a link. It begins with https:// and has a # in it.',
  'paste.cut': 'This link is cut off: the part after the # sign is missing or not whole.',
  'paste.changed':
    'This link was changed on its way: the part after the # sign is not as it was sent. Copy it once more, or have it sent another way.',
  'paste.elsewhere':
    'This link belongs to another address. This page does not use it. If you trust it, open it:',
  'paste.not-kept': 'Your browser cannot keep the link for this tab. After a reload you need it again.',
  'paste.ignored': 'The link in the address bar is not a whole one, so nothing has changed here.',

  'switch.title': 'Open the other call?',
  'switch.text': 'The link leads to another call. To open it, you leave this one.',
  'switch.go': 'Leave and open',
  'switch.stay': 'Stay here',

  'join-mode.title': 'How to join',
  'join-mode.talk': 'Talk',
  'join-mode.muted': 'Muted',
  'join-mode.listen': 'Just listen',
  'join-mode.talk.text': 'Your browser will ask for the microphone.',
  'join-mode.talk-key.text':
    'You are heard while you hold “{key}”. Your browser will ask for the microphone.',
  'join-mode.muted.text': 'Nobody hears you until you unmute. Your browser will ask for the microphone.',
  'join-mode.listen.text': 'You hear the others. The microphone stays out of it, and nothing is asked.',

  'check.title': 'Check microphone and speaker',
  'key.space': 'Space',
  'key.left': 'Left {key}',
  'key.right': 'Right {key}',

  'settings.title': 'Settings',
  'settings.failed': 'The settings did not load: the host’s computer does not answer. Try again later.',
} as const satisfies Record<string, Message>;

export type StartKey = keyof typeof en;

export type TextKey = StartKey | CallKey;

/** What a page begins with, in any language. */
export type StartTexts = Readonly<Record<StartKey, Message>>;
