/** Owns the English texts of what is seen once somebody is in the room, and in a call; loaded with its views. */

import type { Message } from '../../main/common/translate.ts';
import { chatEn } from './chat-en.ts';
import { filesEn } from './files-en.ts';
import { recordingEn } from './recording-en.ts';

export const callEn = {
  'dock.mute': 'Mute',
  'dock.unmute': 'Unmute',
  'peer.waiting': 'Waiting: too many people for one page',
  'peer.connecting': 'Connecting…',
  'peer.overdue': 'No connection yet',
  'peer.connected': 'Connected',
  'peer.lost': 'Lost, reconnecting…',
  'peer.failed': 'Closed',
  'microphone.mute': 'Mute microphone',
  'microphone.unmute': 'Unmute microphone',
  'microphone.on': 'Microphone on',
  'microphone.muted': 'Microphone muted',
  'microphone.asking': 'Waiting for the microphone',
  'microphone.listening': 'Listening only',
  'microphone.asking.text': 'Answer the question of your browser. Until then you can already listen.',
  'microphone.denied.text':
    'You can hear the others; they cannot hear you. Allow the microphone in the site settings beside the address, then try again.',
  'microphone.absent.text':
    'You can hear the others; they cannot hear you. Plug in a microphone or a headset, then try again.',
  'microphone.busy.text':
    'You can hear the others; they cannot hear you. Close the program that uses the microphone, then try again.',
  'microphone.failed.text':
    'You can hear the others; they cannot hear you. Check that the microphone works elsewhere, then try again.',
  'invite.alone': 'Alone so far, waiting for others',
  'invite.pass-on': 'Send this link to whoever you want to talk to. Whoever has it can join.',
  'invite.more': 'There is room for more people.',
  'invite.local':
    'This address opens on this computer only. For people elsewhere, send the link that the host’s window shows.',
  'status.another-room': 'Another room answers',
  'retrying.another-room.title': 'Another room answers at the host’s address',
  'retrying.another-room.text':
    'It does not know this call: the host’s program was started anew, perhaps. Should you lose somebody, ask the host for the new link.',
  'retrying.stay':
    'Those you already hear stay connected as far as they can be reached. Do not reload this page now: you would be out of the call until the host’s computer answers again.',
  'retrying.way-back':
    'Those you already hear stay connected as far as they can be reached. If this page has to be loaded again, they take you back in.',
  'retrying.back':
    'You were in this call, and the others may be talking on. Keep this page open: once the host’s computer answers, it takes you back in, just as you were.',
  'call.back': 'You are back in the call. The messages from before are no longer on this page.',
  'door.waiting.text':
    'The host has been told that you are here. Keep this page open: once you are let in, you are in the call.',
  'door.refused': 'You were not let in',
  'door.refused.text': 'The host did not let you in this time. In a minute you can ask once more.',
  'door.locked': 'The call is locked',
  'door.locked.text': 'The host lets nobody else in for now. Try again later, or ask the host.',
  'own-door.title': 'Door',
  'own-door.lock': 'Lock the room',
  'own-door.lobby': 'Let people in one by one',
  'own-door.locked': 'Locked: nobody new comes in.',
  'own-door.watched': 'Whoever comes waits until you let them in.',
  'waiting.title': 'Asking to come in',
  'waiting.names': 'Asking to come in: {name}',
  'waiting.admit': 'Let in',
  'waiting.admit-name': 'Let in {name}',
  'waiting.refuse': 'Refuse',
  'waiting.refuse-name': 'Refuse {name}',
  'waiting.full': 'There is no place left. Once somebody leaves, you can let the next person in.',
  'full.title': 'Room is full',
  'talk.hold': 'Hold “{key}” to talk',
  'talk.not-heard': 'Your key does not work: Settings say why',

  ...chatEn,
  ...recordingEn,

  ...filesEn,

  'people.count': '{count} of {capacity}',
  'people.verified': '{count} of {total} verified',
  'people.you': '(you)',
  'people.mute': 'Mute',
  'people.unmute': 'Unmute',
  'people.mute-name': 'Mute {name}',
  'people.unmute-name': 'Unmute {name}',
  'people.short-id': 'short id {id}',
  'people.new-key': '{name} is back with a new key. Compare the emoji again.',
  'people.hand-raised': '{name} raised a hand',
  'people.reaction': '{name}: {emoji}',
  'person.mic-muted': 'Microphone muted',
  'person.mic-none': 'No microphone',
  'person.hand-up': 'Hand raised',
  'person.verified-app': 'Verified app',
  'person.verified-app.text':
    'This page’s code came with the program you installed, not from a server: neither the host nor the tunnel can alter it. Only you see this; what the others use cannot be known from here.',
  percent: '{value}%',
  'volume.of': 'Volume of {name}',
  'volume.show': 'Sound of {name}',
  'volume.reset': '{value}: put {name} back to 100%',
  'quality.good': 'Good connection',
  'quality.weak': 'Weak connection',
  'quality.open': '{state}. Connection with {name}',
  'hand.raise': 'Raise hand',
  'hand.lower': 'Lower hand',
  'trust.checking': 'Checking the seal',
  'trust.sealed': 'Sealed',
  'trust.verified': 'Verified by you',
  'trust.failed': 'Could not be verified',
  'verify.act': 'Verify',
  'verify.open': '{state}. Verify {name}',
  'verify.details': '{state}. Details for {name}',
  'full.text': {
    one: 'There is {count} place, and it is taken. Stay here: “Try again” lights up as soon as it is free.',
    other:
      'There are {count} places, and all are taken. Stay here: “Try again” lights up as soon as one is free.',
  },
  'full.kept':
    'The last place is kept for the host, or for somebody who lost the connection or is just coming back. Try again in a minute: it may be free then.',
  'full.own':
    'All places are taken. The next one is yours: “Try again” lights up as soon as it is free. To have it now, remove somebody in the main window of Secret Call.',
  'full.free': 'A place is free now.',
  'sound.title': 'The browser holds the sound back',
  'sound.text': 'One tap and you hear the others.',
  'sound.unlock': 'Turn sound on',
  'dock.title': 'Call controls',
  'react.open': 'React',
  'react.title': 'Reactions',
  'full.retry': 'Try again',
  'people.tampered': {
    one: 'Someone is tampering with this connection: {count} message did not open and was dropped.',
    other: 'Someone is tampering with this connection: {count} messages did not open and were dropped.',
  },
  'people.introduced':
    'Others here have let this person in while the host is out of reach. The host has not confirmed it.',
  'volume.plain': 'Your browser cannot play this voice louder than 100% at the moment.',
  'volume.none': 'Your browser leaves the volume of this voice to the buttons of your device.',
  'quality.title': 'Connection with {name}',
  'quality.path': 'Path',
  'quality.direct': 'direct',
  'quality.relayed': 'through a relay',
  'quality.relayed-by': 'through {server}',
  'quality.round-trip': 'Round trip',
  'quality.loss': 'Lost packets',
  'quality.jitter': 'Jitter',
  'quality.ms': '{value} ms',
  'quality.unknown': 'not measured yet',
  'report.copy': 'Copy report',
  'report.what': 'Codes and counts for whoever helps you: no names, addresses, keys or messages.',
  'report.copied': 'Report copied',
  'report.refused': 'It could not be copied.',

  'hint.silent.title': 'We hear nothing from your microphone',
  'hint.silent.text':
    'Perhaps it has a switch of its own, or another one is chosen: see Settings. If you are just silent, all is well.',
  'hint.talking-muted.title': 'You are talking while muted',
  'hint.talking-muted.text': 'Nobody hears you.',
  'hint.unmute': 'Unmute',

  'obstacle.no-answer':
    'This person’s page does not answer; trying goes on. If nothing changes within a minute, both of you should reload the page.',
  'obstacle.no-own-address':
    'Your browser gives out no address to be reached at. The network, a VPN, a privacy extension or a company’s policy may be why. Allow the microphone, or try another browser or network.',
  'obstacle.no-their-address':
    'This person’s browser gives out no address to be reached at. They should allow the microphone, or try another browser or network.',
  'obstacle.hidden-here':
    'Your device gives out made-up names in place of its addresses, which hold in one network at best. Allow the microphone, switch off what hides addresses, or try another network.',
  'obstacle.hidden-there':
    'This person’s device gives out made-up names in place of its addresses, which hold in one network at best. They should allow the microphone, switch off what hides addresses, or try another network.',
  'obstacle.udp-blocked-here':
    'Your network seems to block UDP, by which voices travel. Try another network, such as a phone’s hotspot, switch off a VPN or firewall, or ask the host to set up a TURN server.',
  'obstacle.udp-blocked-there':
    'This person’s network seems to block UDP, by which voices travel. They should try another network, such as a phone’s hotspot, switch off a VPN or firewall, or ask the host to set up a TURN server.',
  'obstacle.no-route':
    'Neither of you has an address that the other can reach from outside. Go into the same network, both try another one, or ask the host to set up a TURN server.',
  'obstacle.strict-router':
    'A router between you shows every destination another port, as mobile and company networks do, so the two of you miss each other. One of you should try another network, or ask the host to set up a TURN server.',
  'obstacle.no-way':
    'Nothing gets through between your networks, most often because of a firewall. One of you should try another network, such as a phone’s hotspot, or ask the host to set up a TURN server.',
  'obstacle.relay-refused':
    'Your networks need the host’s TURN server, and it does not let you in: the name or password that the host gives out is not good there. The host should check both, and the clocks of the server and of the host’s computer; you may try another network meanwhile.',
  'obstacle.relay-ended':
    'Your networks need the host’s TURN server, and it does not let you in: by the clock of this device, what the host gives out has ended already. The clock of the host’s computer is probably wrong; if yours is, set it right.',
  'obstacle.relay-full':
    'Your networks need the host’s TURN server, and it takes no more connections. Trying goes on; the host can allow more of them there.',
  'obstacle.relay-silent':
    'Your networks need the host’s TURN server, and it does not answer: it is down, or your network lets nothing through to it. Try another network, and ask the host to test the server; one that takes TLS at port 443 gets through most firewalls.',
  'obstacle.relay-none':
    'Your address is to stay hidden, and the host of this call has no TURN server to hide it behind. Switch off “Hide my address” in the settings, or ask the host to set up such a server.',
  'obstacle.relay-no-way':
    'The host’s TURN server is there, and yet nothing gets through to this person. Both of you should leave and join again; if that does not help, the host should test the server and which addresses it lets through.',
  'failure.box-refused': 'A message did not open with the keys of this call, so the connection was closed.',
  'failure.version':
    'This person’s Secret Call is of another version. Both of you should reload the page, or update the app.',
  'failure.fingerprint':
    'The connection led to someone other than this person, so it was closed. Somebody may be in the middle.',
  'failure.code': 'The check for somebody in the middle failed, so the connection was closed.',
  'failure.different':
    'You saw different emoji: somebody may sit between you and this person and listen. So the connection was closed and stays closed.',
  'failure.told-different':
    'The other person saw different emoji: somebody may sit between you and listen. So the connection was closed and stays closed.',
  'failure.not-a-call':
    'This person’s page asked for more than a voice call, which this program never does. So the connection was closed.',
  'failure.exhausted': 'This connection has used up its keys. Reload the page to talk again.',
  'failure.forgotten':
    'So many people have come since this person left that the keys you shared were given up. One of you should reload the page.',
  'failure.flooding':
    'This person’s page sent far more than a call needs, so the connection was closed. Ask the host to remove them.',
  'verify.title': 'Verify {name}',
  'verify.how':
    'Read these aloud to each other: both of you must see the same seven emoji in the same order.',
  'verify.waiting': 'Seven emoji appear here by themselves as soon as the connection stands and is sealed.',
  'verify.none-left':
    'So many people have come that this page, or theirs, shows no further emoji. To compare, both of you should load the page anew. Your voices are sealed all the same.',
  'verify.again':
    'You compared these emoji, and they matched. They stay the same until one of you reloads the page.',
  'verify.meaning':
    'If they match and you know the voice, nobody sits between the two of you, as far as this page’s code is honest.',
  'verify.code': 'Seven emoji',
  'verify.match': 'They match',
  'verify.different': 'They don’t',
  'verify.verified': '{name}: verified by you',
  'verify.failed': '{name}: the emoji differ, so the connection is closed',
  'verify.gone': '{name} is gone, so there is nothing to compare',
} as const satisfies Record<string, Message>;

export type CallKey = keyof typeof callEn;

/** Of any language. */
export type CallTexts = Readonly<Record<CallKey, Message>>;
