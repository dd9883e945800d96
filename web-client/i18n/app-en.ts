import type { AppSystem } from '../../main/common/call-api/bridge.ts';
import type { Message } from '../../main/common/translate.ts';
import type { TextKey } from './en.ts';
import type { SettingsKey } from './settings-en.ts';

/** What the app may say in other words, and what only the app has to say. */
export type ReplaceableKey = TextKey | SettingsKey | 'privacy.own-code';

/** Where a system lets its user allow the microphone; the words are the systems’ own. */
const ALLOW: Readonly<Record<AppSystem, string>> = {
  macos:
    'Allow it for Secret Call in System Settings → Privacy & Security → Microphone, then try again. macOS may first want the app to be reopened.',
  windows:
    'In Settings → Privacy & security → Microphone, switch on “Microphone access” and “Let desktop apps access your microphone”, then try again.',
  linux: 'Allow the microphone for Secret Call in the settings of your system, then try again.',
};

/** Only macOS asks; elsewhere a microphone takes a moment to start. */
const ASKING: Readonly<Record<AppSystem, string>> = {
  macos: 'Answer the question of your system.',
  windows: 'It starts in a moment.',
  linux: 'It starts in a moment.',
};

export const appEn = (system: AppSystem) =>
  ({
    'people.promise':
      'Voice goes straight from person to person, encrypted: nobody without the link can listen, as far as the others’ pages are honest. Yours came with this program.',
    'privacy.own-code':
      'Verified app: the code of this page came with the program you installed, not from a server. Neither the host nor the tunnel can alter it.',
    'privacy.page':
      'Whoever is in a browser gets the page from the host or the tunnel, who could serve altered code; what you and that person say would then not be protected. Who is in a browser cannot be seen from here.',
    'privacy.link':
      'Whoever has a link can come in as long as it is good, and the browsers of others may keep it in their history.',
    'verify.meaning':
      'If they match and you know the voice, nobody sits between the two of you. Your page came with this program; if theirs came to a browser, this holds as far as its code is honest.',
    'verify.none-left':
      'So many people have come that this page, or theirs, shows no further emoji. To compare, both of you should open the call anew. Your voices are sealed all the same.',
    'retrying.stay':
      'Those you already hear stay connected as far as they can be reached. Keep this window open: without the host it cannot come back.',
    'verify.again':
      'You compared these emoji, and they matched. They stay the same until one of you opens the call anew.',

    'join.missing':
      'A part of the program did not load. Press Join again; if that does not help, close this window and open the call anew.',
    'part.failing':
      'A part of the program has not loaded. It is asked for again and again; if nothing changes, close this window and open the call anew.',
    'settings.failed': 'The settings did not load. Close this window and open the call anew.',
    'emoji.failed': 'The emoji did not load.',
    'chat.empty':
      'No messages yet. They are encrypted, reach those who are in the call at that moment, and are gone when you close this window.',
    'copy.refused': 'Copying did not work. The link is selected: copy it by hand.',
    'invite.local':
      'There is no link yet that opens elsewhere. As soon as the host’s window has one, it stands here.',
    'server.left-out':
      'The host set a STUN or TURN server that does not work here: {name}. The call goes on without it.',
    'server.own-left-out':
      'Your own STUN server does not work here: {name}. The call goes on without it; you can change it in Settings.',
    'settings.unkept': 'The settings cannot be kept. What you choose holds until you close this window.',

    'ended.replaced.title': 'The call goes on elsewhere',
    'ended.replaced.text': 'This call was opened again elsewhere, so this window stepped back.',
    'ended.replaced.action': 'Use this window',
    'ended.version-old-page.text':
      'Yours is out of date. Update Secret Call on this computer, then open the link again.',
    'ended.version-old-page.action': 'Try again',
    'ended.server-broken.action': 'Try again',

    'join-mode.talk.text': 'You are heard as soon as you are in.',
    'join-mode.talk-key.text': 'You are heard while you hold “{key}”.',
    'join-mode.muted.text': 'Nobody hears you until you unmute.',
    'join-mode.listen.text': 'You hear the others. The microphone stays out of it.',

    'microphone.asking.title':
      system === 'macos' ? 'May Secret Call use the microphone?' : 'The microphone is starting',
    'microphone.asking.text': `${ASKING[system]} Until then you can already listen.`,
    'microphone.denied.title': 'The system does not allow the microphone',
    'microphone.denied.text': `You can hear the others; they cannot hear you. ${ALLOW[system]}`,
    'devices.denied': ALLOW[system],
    'devices.asking': ASKING[system],
    'sound.title': 'The sound is held back',
    'volume.plain': 'This voice cannot be played louder than 100% at the moment.',
    'volume.none': 'The volume of this voice can only be set with the buttons of your device.',

    'recording.failed.no-output.text':
      'Nothing is recorded where no sound can be played, and it does not start on this computer. Connect headphones or speakers, open the call anew and try again.',

    'obstacle.no-answer':
      'This person’s page does not answer; trying goes on. If nothing changes within a minute, both of you should open the call anew.',
    'obstacle.no-own-address':
      'This computer gives out no address to be reached at. The network, a VPN, a firewall or a company’s policy may be why. Allow the microphone, or try another network.',
    'obstacle.no-their-address':
      'This person’s device gives out no address to be reached at. They should allow the microphone, or try another browser or network.',
    'failure.version':
      'This person’s page speaks another version. Whoever has the older program should update it, and both of you should open the call anew.',
    'failure.exhausted': 'This connection has used up its keys. Open the call anew to talk again.',
    'failure.forgotten':
      'So many people have come since this person left that the keys you shared were given up. One of you should open the call anew.',
  }) as const satisfies Partial<Record<ReplaceableKey, Message>>;

export type AppKey = keyof ReturnType<typeof appEn>;

/** Of any language. */
export type AppTexts = Readonly<Record<AppKey, Message>>;
