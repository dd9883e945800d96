/** Owns the window's English texts, on top of those it shares with terminal and page. */

import { sharedEn } from '../../main/common/i18n/en.ts';
import type { Message } from '../../main/common/translate.ts';
import { relayEn } from './relay-en.ts';

export const windowEn = {
  ...sharedEn,
  ...relayEn,

  // In the place of what is true for one who is in a browser.
  'privacy.page':
    'Whoever is in a browser gets the page from this computer through the tunnel, which could serve them altered code. Then nothing above holds for what is said with them.',
  'privacy.own-code':
    'Whoever talks from this app, you with “Talk here” and guests who have it too, runs the code that came with the program: the tunnel cannot alter it.',

  'app.loading': 'One moment…',
  'app.unavailable': 'The window lost its connection to Secret Call. Close it and start Secret Call again.',
  'app.settings': 'Settings',
  'app.dismiss': 'Dismiss',
  'app.close': 'Close',
  'app.cancel': 'Cancel',

  'cut-off.title': 'Your last room was cut off',
  'cut-off.text':
    'Go on with it? Its link stays the same, and those who are still talking come back by themselves.',
  'cut-off.go-on': 'Go on',
  'cut-off.anew': 'Start anew',
  'cut-off.anew-note': 'If you start anew, the old link never works again.',
  'cut-off.port':
    'Another program uses the port of this room, perhaps a second Secret Call. Close it and press Go on again: the room is still kept.',
  'cut-off.still': 'The room is still kept. Press Go on again once that is mended.',

  'setup.title': 'Start a call',
  'setup.lead':
    'Open a room and send its link: the others open it in a browser, with nothing to install. Voice goes straight between you; nothing that is said is stored.',
  'setup.mode': 'Kind of call',
  'setup.mode-pair': '1×1',
  'setup.mode-pair-hint': 'Two people',
  'setup.mode-group': 'Group',
  'setup.mode-group-hint': 'Up to 12 people',
  'setup.capacity': 'Capacity',
  'setup.capacity-hint': 'People in the room, you included',
  'setup.pair-note': 'The door closes behind the second person.',
  'setup.host': 'Host',
  'setup.tunnel-note': 'Public link through {tunnel}',
  'setup.no-tunnel-note': 'Without a tunnel: no public link',
  'setup.change': 'Change',
  'setup.any-port': 'Use any free port',
  'setup.invited': 'Were you sent a link?',

  'join.title': 'Join a call',
  'join.lead':
    'You talk from this app, in a window of its own. Its code came with the app, so whoever hosts the call cannot alter it.',
  'join.label': 'Link',
  'join.hint': 'Paste all of it; words around it do no harm. It can also be dropped on this window.',
  'join.submit': 'Join',
  'join.drop': 'Drop the link to join the call',

  'number.fewer': 'Less',
  'number.more': 'More',
  'number.range': 'A whole number from {least} to {most}',

  'live.stop': 'Stop',
  'live.badge': 'Live',
  'live.badge-pair': 'Live, 1×1',
  'live.badge-group': 'Live, group of {count}',

  'progress.certificate': 'Certificate',
  'progress.server': 'Server',
  'progress.server-on': 'Server on port {port}',
  'progress.tunnel': 'Tunnel',
  'progress.waiting': 'waiting',
  'progress.working': 'in progress',
  'progress.done': 'done',
  'progress.failed': 'failed',

  'invite.local-only': 'This link works on this computer only.',
  'invite.local-only-next':
    'To invite others, choose a tunnel in the settings and host again, or add the address of your own.',
  'invite.copy': 'Copy link',
  'invite.copied': 'Copied',
  'invite.copy-origin': 'Copy {origin}',
  'invite.qr': 'QR code',
  'invite.qr-label': 'QR code of the link for guests',
  'invite.open-here': 'Open on this computer',
  'invite.talk-here': 'Talk here',
  'invite.own-seat':
    'Your own seat. Talk here opens a window with the code that came with this app; your browser works as well.',
  'invite.retry': 'Next try in {seconds} s',
  'invite.retry-now': 'Trying again…',

  'invite.new': 'New link',
  'invite.new-title': 'Make a new link?',
  'invite.new-text': 'The current link lets nobody else in any more; those already in the room stay.',
  'invite.new-confirm': 'Make new link',
  'invite.is-new': 'This link is new: the one before lets nobody else in. Send this one from now on.',

  'former.send-all':
    'Whoever is in the call stays in it. Send the new link to those you invited who are not here yet; the invitations below have new links too.',
  'former.copy': 'Copy the new link',
  'former.copied': 'The old address, {origin}, has led nowhere since {time}.',

  'invitations.title': 'Invitations',
  'invitations.lead':
    'A link for one person lets the first one in who joins with it. A link with an expiry lets in everyone who has it, until its time is up.',
  'invitations.one-time': 'Invite one person',
  'invitations.expiring': 'Link with an expiry',
  'invitations.lifetime': 'It works for',
  'invitations.hour': '1 hour',
  'invitations.day': '1 day',
  'invitations.week': '1 week',
  'invitations.create': 'Create link',
  'invitations.for-one': 'For one person',
  'invitations.expires-minutes': {
    one: 'Expires in {count} minute',
    other: 'Expires in {count} minutes',
  },
  'invitations.expires-hours': { one: 'Expires in {count} hour', other: 'Expires in {count} hours' },
  'invitations.expires-days': { one: 'Expires in {count} day', other: 'Expires in {count} days' },
  'invitations.expires-soon': 'Expires in less than a minute',
  'invitations.expired': 'Expired',
  'invitations.local-only': 'As long as there is no public link, they work on this computer only.',
  'invitations.copy': 'Copy',
  'invitations.copy-name': 'Copy invitation {mark}',
  'invitations.revoke': 'Revoke',
  'invitations.revoke-name': 'Revoke invitation {mark}',

  'address.add': 'Add address',
  'address.hint': 'Of a tunnel or proxy you started yourself and pointed at port {port}.',
  'address.label': 'Address',
  'address.submit': 'Add',
  'address.cancel': 'Cancel',

  'people.hint': 'Send the link. To talk yourself, press Talk here.',
  'people.nameless': 'Guest {id}',
  'people.remove': 'Remove',
  'people.remove-name': 'Remove {name}',
  'people.remove-title': 'Remove {name}?',
  'people.remove-text':
    'They are out at once, and the link they came with stops working; if it is the link for guests, there will be a new one.',

  'waiting.admit': 'Let in',
  'waiting.admit-name': 'Let in {name}',
  'waiting.admit-all': 'Let all in',
  'waiting.refuse': 'Refuse',
  'waiting.refuse-name': 'Refuse {name}',
  'waiting.more': {
    one: 'and {count} more, who comes up here as others get an answer',
    other: 'and {count} more, who come up here as others get an answer',
  },

  'door.lock': 'Lock the room',
  'door.lock-hint':
    'While it is locked, nobody new comes in with any link, and whoever waits is told so. Those inside stay, and come back to their place.',
  'door.lobby': 'Let people in one by one',
  'door.lobby-hint': 'Whoever comes waits until you let them in.',
  'door.lobby-off-hint': 'Whoever comes waits until you let them in. Switched off, all who wait come in.',
  'door.files': 'Files may be sent',
  'door.files-hint':
    'They go from person to person, not through this computer. Switched off, those on their way end.',

  'end-call.action': 'End for all',
  'end-call.title': 'End the call for everyone?',
  'end-call.text':
    'Everybody is out of the call. The room stays open, empty, with a new link; the ones before stop working.',
  'end-server.action': 'Stop the server',
  'end-server.title': 'Stop only the server?',
  'end-server.text':
    'Those inside talk on without you as host: no link lets anybody in, and you can remove nobody. Where the room is kept, you can go on with it afterwards.',

  'onlookers.shut-out': 'Shut out',
  'onlookers.title': 'Shut out everyone who has not joined?',
  'onlookers.text':
    'The page closes for them, and the links they came with stop working; if the link for guests is among them, there will be a new one. Who is in the room stays. A page of your own that is open counts as well.',

  'settings.later':
    'Public link, port, local network and files apply the next time you host. Servers and hidden addresses apply at once.',
  'settings.done': 'Done',
  'settings.language': 'Language',
  'settings.language-system': 'System',
  'settings.notifications': 'Notifications',
  'settings.notifications-hint':
    'When somebody joins, waits to be let in or mentions you, or the public link is lost, while you look at something else.',
  'settings.notification-texts': 'Show messages in notifications',
  'settings.notification-texts-hint':
    'Anybody who sees your screen can read them, and your system may keep them.',
  'settings.connection': 'Public link',
  'settings.tunnel-localhost.run': 'localhost.run',
  'settings.tunnel-localhost.run-hint': 'Over ssh, nothing to install. The address changes after some hours.',
  'settings.tunnel-cloudflared': 'Cloudflare',
  'settings.tunnel-cloudflared-hint': 'Needs the cloudflared program. The address stays while you host.',
  'settings.other-tunnel': 'Use the other tunnel where the chosen one keeps failing',
  'settings.other-tunnel-hint':
    'After three failures and 20 seconds. The window says so, and who carries the link then.',
  'settings.tunnel-none': 'No tunnel',
  'settings.tunnel-none-hint': 'Only this computer, your network, or an address you add.',
  'settings.local': 'This computer',
  'settings.port': 'Port',
  'settings.port-hint': '0 takes any free port',
  'settings.lan': 'Reachable from the local network',
  'settings.lan-warning':
    'Everyone in your network can reach the page; coming in still takes the link. The firewall may ask, and browsers warn about this computer’s own certificate.',
  'settings.keep': 'Keep the room if Secret Call is cut off',
  'settings.keep-hint':
    'While a room is open, its secret then lies unencrypted in a file of this account, because this system has no key store: whoever reads that file can come in.',
  'settings.keep-sealed':
    'If Secret Call is cut off, it offers to go on with the room. While one is open, its secret lies on the disk, sealed by the system’s key store.',
  'settings.login': 'Start at login',
  'settings.login-hint':
    'Without a window: the icon in the notification area brings it up. Where the desktop shows no such icons, the window starts minimised.',
  'settings.stun': 'STUN servers',
  'settings.stun-hint':
    'They tell guests their own public address, so that voice finds a straight way. They see addresses, never content.',
  'settings.stun-empty': 'None: calls will work within one network only.',
  'settings.stun-item': 'STUN server {number}',
  'settings.stun-add': 'Add server',
  'settings.stun-remove': 'Remove server {number}',
  'settings.stun-bad': 'It must look like stun:name.example:3478',
  'settings.turn': 'TURN servers',
  'settings.turn-hint':
    'Where two people cannot reach each other directly, their voices go through one of these, encrypted as ever. It sees addresses, never content.',
  'settings.turn-sealed': 'Secrets and passwords lie on the disk, sealed by the system’s key store.',
  'settings.turn-plain':
    'Secrets and passwords lie unencrypted in a file of this account, because this system has no key store: whoever reads that file can use these servers.',
  'settings.turn-add': 'Add TURN server',
  'settings.turn-remove': 'Remove {url}',
  'settings.turn-url': 'Address',
  'settings.turn-kind': 'How guests get in',
  'settings.turn-shared-secret': 'Shared secret',
  'settings.turn-shared-secret-hint':
    'You and the server know it, and it stays here. Each guest gets access of their own for some hours.',
  'settings.turn-static': 'Name and password',
  'settings.turn-static-hint': 'The same for all: whoever joins learns both.',
  'settings.turn-secret': 'Secret',
  'settings.turn-username': 'Name',
  'settings.turn-password': 'Password',
  'settings.turn-submit': 'Add',
  'settings.turn-cancel': 'Cancel',
  'settings.turn-test': 'Test now',
  'settings.turn-test-stop': 'Stop testing',
  'turn-test.waits': 'Waiting to be tested.',
  'turn-test.runs': 'Testing over {way}…',
  'turn-test.works': 'Works over {way}: a packet came through in {ms} ms.',
  'turn-test.works-address':
    'Firefox takes no address over TLS, though: put the name from the server’s certificate in its place.',
  'turn-test.refused':
    'It answers over {way}, and does not let anybody in: the secret, or name and password, are not those of the server, or its clock and this computer’s differ by more than an hour. Remove the server here and add it again with what its configuration says.',
  'turn-test.full':
    'It answers over {way}, and takes no more connections. Try again later, or allow more of them there (user-quota and total-quota in coturn).',
  'turn-test.silent-udp':
    'No answer over UDP. Check the address, that the server runs, and that its firewall lets UDP in at this port. If all that is so, your network may block UDP: add the server once more with ?transport=tcp at the end.',
  'turn-test.silent':
    'No answer over {way}. Check the address, that the server runs, and that firewalls on the way let it through at this port.',
  'turn-test.closed':
    'Nobody takes {way} connections there. Check name and port, and that the server runs and takes {way} at that port.',
  'turn-test.tls-failed':
    'No TLS connection came about. Check name and port, that the server takes TLS there, and that its certificate is made out to this name, has not expired, and comes from an authority that browsers trust.',
  'turn-test.tls-address':
    'No TLS connection came about: certificates are made out to names, and this is an address. Put the server’s name in its place.',
  'turn-test.unknown-name':
    'No server of this name can be found. Check how it is spelled, and that you are connected to the internet.',
  'turn-test.passes-nothing':
    'It lets guests in over {way}, but no packet came through. Its firewall has to let UDP in at the ports it relays at (min-port to max-port in coturn, usually 49152 to 65535), and behind a router it has to know its public address (external-ip).',
  'turn-test.unusable': 'Browsers cannot use a server at this address. Check how it is spelled.',
  'turn-test.no-access': 'The test did not begin. Close the settings and try again.',
  'settings.relay-only': 'Hide everybody’s address',
  'settings.relay-only-hint':
    'Voices go through the TURN servers alone, so that nobody in the call learns another’s network address.',
  'settings.files-hint': 'For rooms to come. In an open room the switch is below the list of people.',
  'settings.relay-only-off': 'This takes a TURN server for voices to go through. Add one above first.',
  'turn-fault.empty': 'This is still empty.',
  'turn-fault.too-long': 'This is too long.',
  'turn-fault.characters': 'It is one line, without characters that nobody can see.',
  'turn-fault.scheme': 'It begins with turn: or turns:, in small letters.',
  'turn-fault.slashes': 'There are no slashes after turn:',
  'turn-fault.login': 'Name and password have their own place, not the address.',
  'turn-fault.host': 'The name or the address of the server cannot be used.',
  'turn-fault.brackets': 'An IPv6 address is put in brackets: turn:[2001:db8::1]:3478',
  'turn-fault.port': 'The port is a whole number from 1 to 65535.',
  'turn-fault.transport': 'Only ?transport=udp or ?transport=tcp may follow, in small letters.',

  'update.settings': 'Updates',
  'update.version': 'Version {version}',
  'update.check': 'Check for updates',
  'update.none-here': 'This build does not look for new versions: it was made without a place to ask.',
  'update.by-itself': 'Look for new versions by itself',
  'update.by-itself-hint':
    'Once a day, never during a call or while your room is open. It asks {host}, which sees your address and nothing else of you.',
  'update.question': 'May Secret Call look for new versions?',
  'update.question-hint':
    'Once a day it would ask {host}, which sees your address and nothing else of you. Nothing is downloaded until you say so.',
  'update.yes': 'Yes, it may',
  'update.no': 'No',
  'update.checking': 'Looking for a new version…',
  'update.newest': 'You have the newest version, {version}.',
  'update.offered': 'Version {version} is out. You have {current}.',
  'update.offered-by-hand':
    'Version {version} is out; you have {current}. This package does not update itself: the new one is on the download page.',
  'update.held': 'Version {version} will be downloaded once your room is closed and you are in no call.',
  'update.downloading': 'Downloading version {version}',
  'update.progress': 'Downloaded so far',
  'update.ready': 'Version {version} is downloaded.',
  'update.ready-held':
    'Version {version} is downloaded. It can be installed once your room is closed and you are in no call.',
  'update.installing': 'Installing version {version}. Secret Call will start again by itself.',
  'update.download': 'Download',
  'update.whats-new': 'What is new',
  'update.page': 'Download page',
  'update.restart': 'Restart to install',
  'update.again': 'Try again',
  'update-error.offline': 'The update server does not answer. Are you connected to the internet?',
  'update-error.no-feed': 'The update server has no list of versions now. Try again later.',
  'update-error.feed-broken': 'The list of versions on the update server is damaged. Try again later.',
  'update-error.feed-forged':
    'The list of versions does not come from the makers of Secret Call: somebody may have altered it. Nothing in it was believed.',
  'update-error.feed-older': 'The update server offers an older version than it should. Your version stays.',
  'update-error.no-file': 'There is no file of this version for your system here.',
  'update-error.cut-off': 'The download was cut off.',
  'update-error.file-altered':
    'The file is not the one that the makers of Secret Call signed for. Nothing was installed.',
  'update-error.wrong-publisher':
    'The file does not carry the signature of the makers of Secret Call. Nothing was installed.',
  'update-error.disk-full': 'The disk is full. Your version stays; make some room and try again.',
  'update-error.not-writable': 'Secret Call may not write where the update has to go. Your version stays.',
  'update-error.not-installed': 'The update could not be installed. Your version stays.',

  'announce.live': 'The room is open',
  'announce.closed': 'The room is closed',
  'announce.joined': '{name} came in',
  'announce.waits': '{name} waits to be let in',
  'announce.left': '{name} left',
  'announce.new-link': 'There is a new link for guests, the one before has stopped working',
  'announce.invitations-ended': {
    one: 'An invitation has ended',
    other: '{count} invitations have ended',
  },
  'announce.public': 'The link for guests is ready',
  'announce.moved': 'The link for guests has a new address; the old one no longer works',
} as const satisfies Record<string, Message>;

export type WindowText = keyof typeof windowEn;
