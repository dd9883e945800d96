/** Owns the English texts that window, terminal and page share; this catalogue is the type of the other languages. */

import type {
  HostErrorCode,
  HostStatus,
  NoticeCode,
  TunnelErrorCode,
  TunnelStatus,
} from '../host-api/snapshot.ts';
import type { Message } from '../translate.ts';

/** A code without its text does not compile. */
type SharedKey =
  | `host-error.${HostErrorCode}`
  | `tunnel-error.${TunnelErrorCode}`
  | `notice.${NoticeCode}`
  | `tunnel-phase.${TunnelStatus['phase']}`
  | `host-phase.${HostStatus['phase']}`
  | 'link.public'
  | 'link.local'
  | 'link.other'
  | 'link.secret'
  | 'former.lost'
  | 'former.replaced'
  | 'former.send'
  | 'room.title'
  | 'room.empty'
  | 'room.name-hidden'
  | 'room.waiting'
  | 'room.onlookers'
  | 'room.locked'
  | 'room.lobby'
  | 'room.reports'
  | 'remedy.command'
  | 'remedy.ssh-windows'
  | 'substitute.now'
  | 'substitute.exhausted'
  | keyof typeof privacyEn;

/** SECURITY.md in a few sentences, apart so that the page need not carry the rest. */
export const privacyEn = {
  'privacy.title': 'How private is this?',
  'privacy.protected': 'Protected',
  'privacy.voice': 'Voice goes straight from person to person and is encrypted.',
  'privacy.sealed':
    'Names and connection details are encrypted with keys from the link, which the tunnel does not get.',
  'privacy.open': 'Not protected',
  'privacy.page':
    'Whoever serves the page, the host or the tunnel, could serve altered code. Then nothing above holds.',
  'privacy.link':
    'Whoever has a link can come in as long as it is good, and a browser may keep it in its history.',
  'privacy.names':
    'A name is only what someone typed. Only a voice you know and the seven emoji, compared aloud, tell who is on the line.',
  'privacy.addresses': 'Everyone in the call sees your network address, and so do the STUN servers in use.',
  'privacy.traffic':
    'The tunnel and the networks on the way see which addresses connect, when and how much, but not what is said.',
} as const satisfies Record<`privacy.${string}`, Message>;

export const sharedEn = {
  ...privacyEn,

  'host-error.bad-options': 'These settings do not fit together. Check mode, capacity and port.',
  'host-error.port-in-use':
    'Another program uses this port, perhaps a second Secret Call. Close it or choose another port.',
  'host-error.port-denied': 'The system does not allow this port. Choose one above 1023.',
  'host-error.no-loopback':
    'This computer has no address of its own for itself (127.0.0.1). Switch its loopback network interface on, then try again.',
  'host-error.page-missing':
    'The page for guests is missing from this copy of Secret Call. Install it again.',
  'host-error.certificate-failed':
    'The certificate for https could not be made. Restart Secret Call, and install it again if that does not help.',
  'host-error.bad-origin':
    'This is not an address guests can use. It must look like https://name.example, without anything after it.',
  'host-error.relay-only-without-turn':
    'To hide everybody’s address, voices have to go through a TURN server, and none is set up.',
  'host-error.too-many-turn-servers':
    'There are as many TURN servers as there can be, eight. Remove some that nobody needs any more. A relay of your own takes up three places.',
  'host-error.too-many-links':
    'There are as many invitations as there can be. Revoke one that nobody needs any more.',
  'host-error.unknown-invitation': 'This invitation has already been used, has expired or was revoked.',
  'host-error.unknown-participant': 'This person is not in the room any more.',
  'host-error.unknown-waiting': 'This person does not wait any more.',
  'host-error.room-full':
    'The room is full. Somebody has to leave before anybody else comes in. A place that is kept, for you or for whoever lost the connection, is taken as well.',
  'host-error.link-empty': 'Paste the link you were sent first.',
  'host-error.link-not-a-link':
    'There is no link in this. It begins with https:// or secret-call:// and has a # in it.',
  'host-error.link-insecure':
    'This link begins with http:// and leads to another computer, so everyone on the way could see and change what is sent. Ask for the one with https://.',
  'host-error.link-credentials':
    'There is a user name before the address in this link, which can make it look like another address. It was not opened. Ask for a new link.',
  'host-error.link-cut':
    'This link is cut off: the part after the # sign is missing or not whole. Copy all of it, or ask for it again.',
  'host-error.link-changed':
    'This link was changed on its way: the part after the # sign is not as it was sent. Copy it once more, or have it sent another way.',
  'host-error.login-file':
    'Starting at login could not be changed. Check that the folder “autostart” among this account’s settings can be written to.',
  'host-error.login-path':
    'The system cannot start Secret Call at login from where it lies: the name of its folder has an equals sign in it. Move it to another folder.',
  'host-error.login-refused':
    'The system did not let Secret Call change that. Look for Secret Call in the system’s settings, among the apps that open at login.',
  'host-error.not-live': 'The room is not open right now. Open it first.',
  'host-error.busy': 'The room is already open, or is just opening or closing.',
  'host-error.internal':
    'Something went wrong inside Secret Call. Try again, and restart it if that does not help.',

  'tunnel-error.ssh-not-found':
    'There is no ssh program on this computer, and localhost.run needs it. Install the OpenSSH client or choose another tunnel.',
  'tunnel-error.ssh-unusable':
    'The ssh program on this computer could not be used as localhost.run needs it; it may be very old or damaged. Install the current OpenSSH client or choose another tunnel.',
  'tunnel-error.ssh-no-account':
    'The ssh program does not work for an account without a name, as in some containers. Give this user a name in the system’s list of accounts, or choose another tunnel.',
  'tunnel-error.cloudflared-not-found':
    'There is no cloudflared program on this computer. Install it or choose another tunnel.',
  'tunnel-error.network-unreachable': 'The tunnel service cannot be reached. Check the internet connection.',
  'tunnel-error.host-key-mismatch':
    'The tunnel service showed a wrong key: someone may be posing as it. No public link was made. Try another network or another tunnel.',
  'tunnel-error.tunnel-refused':
    'The tunnel service refused the connection. If this lasts, choose another tunnel.',
  'tunnel-error.tunnel-busy':
    'The tunnel service gives out no more addresses at the moment. Wait some minutes or choose another tunnel.',
  'tunnel-error.tunnel-timeout':
    'The tunnel service gave no address in time. Check the internet connection or choose another tunnel.',
  'tunnel-error.tunnel-lost':
    'The connection to the tunnel service broke off. Calls go on; the public link may come back with another address.',
  'tunnel-error.tunnel-not-answering':
    'The public link does not answer. If this lasts, stop and host again, or choose another tunnel.',

  'tunnel-error.tunnel-unsteady':
    'The tunnel service keeps changing the address, and links that were sent stop working.',

  'remedy.command': 'In a terminal: {command}',
  'remedy.ssh-windows': 'It is in Settings → System → Optional features → View features → OpenSSH Client.',
  'substitute.now':
    '{of} does not work at present, so {provider} takes its place until it loses the link. It sees and can do as much as {of} would.',
  'substitute.exhausted':
    'There has been no public link for a while; it is tried again and again. Check the internet connection of this computer, choose another tunnel, or give guests an address of your own.',

  'notice.data-folder-unusable':
    'Nothing can be saved: the data folder, “Secret Call” among this account’s settings, cannot be written to, or the disk is full. You can talk all the same; settings and the room last until Secret Call is closed.',
  'notice.settings-damaged':
    'The settings file could not be read. It was put aside, and the settings are back at their defaults.',
  'notice.settings-newer-version':
    'The settings come from a newer version of Secret Call. This one uses what it understands of them and leaves the file as it is: what you change holds until Secret Call is closed. The newer version brings them all back.',
  'notice.settings-not-saved':
    'The settings could not be saved. They hold until Secret Call is closed. Check that the data folder can be written to.',
  'notice.server-left-out':
    'A STUN or TURN server in settings.json cannot be used and is left out; the others are used. It takes the form stun:name:port or turn:name:port, with a port from 1 to 65535; a TURN server also needs its user name and password.',
  'notice.turn-file-exposed':
    'Others on this computer can read the file with the secret or the password of the TURN servers. Make it yours alone: chmod 600 and its name.',
  'notice.turn-servers-lost':
    'The TURN servers of the settings could not be read and were put aside in the data folder. Add them again.',
  'notice.relay-only-without-turn':
    'Addresses are hidden in this room, and there is no TURN server any more: nobody new can be connected. Those who talk go on. Add a TURN server, or from the terminal start again with --turn.',
  'notice.certificate-renewed':
    'This computer has a new certificate. Browsers that open its https address will ask about it once more.',
  'notice.room-resumed':
    'This is the room that was cut off: the link is the same, and everybody’s place is kept for a minute.',
  'notice.room-not-kept':
    'The room could not be kept on the disk: if Secret Call is cut off, it is over. Check that the data folder can be written to.',
  'notice.kept-room-damaged':
    'The last room was cut off, and what was kept of it is damaged. It was put aside in the data folder; a new room gets a new link.',
  'notice.kept-room-older-version':
    'The last room is from an older version of Secret Call, and this one cannot go on with it. It was put aside in the data folder; a new room gets a new link.',
  'notice.kept-room-newer-version':
    'The last room is from a newer version of Secret Call, and this one cannot go on with it. It was put aside in the data folder; a new room gets a new link.',
  'notice.kept-room-foreign':
    'The last room was kept by another computer or account, and only there can it be opened. It was put aside in the data folder; a new room gets a new link.',

  'tunnel-phase.off': 'No tunnel',
  'tunnel-phase.connecting': 'Getting a public link…',
  'tunnel-phase.connected': 'The public link works',
  'tunnel-phase.waiting': 'No public link at the moment. Next try in {seconds} s.',
  'tunnel-phase.failed': 'There is no public link',

  'host-phase.idle': 'The room is closed',
  'host-phase.starting': 'Opening the room…',
  'host-phase.live': 'The room is open',
  'host-phase.stopping': 'Closing the room…',
  'host-phase.failed': 'The room could not be opened',

  'link.public': 'Link for guests',
  'link.local': 'On this computer',
  'link.other': 'Other addresses',
  'former.lost':
    'The address {origin} has led nowhere since {time}, and neither have links with it. It may come back; else the room gets another.',
  'former.replaced':
    'The public link has a new address. The old one, {origin}, has led nowhere since {time}, and links with it no longer work.',
  'former.send':
    'Whoever is in the call stays in it. Send the new link to those you invited who are not here yet.',
  'link.secret': 'Whoever has the link can come in. Send it only to those you want to talk to.',

  'room.title': 'In the room: {count} of {capacity}',
  'room.empty': 'Nobody is in the room yet',
  'room.name-hidden': 'Name cannot be read',
  'room.waiting': {
    one: '{count} person waits to be let in',
    other: '{count} people wait to be let in',
  },
  'room.locked': 'The room is locked: nobody else comes in',
  'room.lobby': 'The lobby is on: you let in each who comes',
  'room.onlookers': {
    one: '{count} person has the page open and has not joined',
    other: '{count} people have the page open and have not joined',
  },
  'room.reports': {
    one: '{count} person says that this one’s page floods them',
    other: '{count} people say that this one’s page floods them',
  },
} as const satisfies Record<SharedKey, Message>;
