/** Owns the English words of the terminal host. */

import type { Message } from '../../common/translate.ts';

export const terminalEn = {
  title: 'Secret Call: {phase}',
  hint: 'Type and press Enter: new (link), once (for one person), expire 1h, help. To stop: q and Enter, or Ctrl-C.',
  'hint.no-input': 'To stop: Ctrl-C.',
  'qr.too-small': 'Make the window larger to see the link as a QR code.',
  'qr.caption': 'The same link for a phone:',
  tunnel: 'Tunnel ({provider}): {state}',
  'origin.added': 'Added: {origin}',
  'line.unknown': 'Not understood. What can be typed: help and Enter.',
  'line.which-time': 'For how long? expire 1h, expire 1d or expire 1w.',
  'line.which-revoke': 'Which one? revoke and the number of the invitation.',
  'line.which-remove': 'Whom? remove and the number of the person.',
  'line.which-admit': 'Whom? admit and the number of the person.',
  'line.which-refuse': 'Whom? refuse and the number of the person.',
  'line.on-or-off-lobby': 'lobby on or lobby off.',
  'line.on-or-off-hide': 'hide on or hide off.',
  'line.on-or-off-files': 'files on or files off.',
  'line.no-invitation': 'There is no invitation {number}.',
  'line.no-person': 'There is no person {number} in the room.',
  'line.nobody-waits': 'There is no person {number} who waits to be let in.',
  'line.help': `new          a new link; the current one lets nobody else in, those in the room stay
once         a link for one person: the first who joins with it
expire 1h    a link that works for an hour (1d: a day, 1w: a week)
revoke N     end invitation N
remove N     put person N out and end the link they came with
shut         put out who has the page open and has not joined, and end the links they came with
lock         nobody else comes in, those in the room stay; unlock: whoever has the link can come in again
lobby on     you let in each who comes; lobby off: they come in by themselves
files off    those in the room send no files to each other; files on: they may
admit N      let in person N, who waits
refuse N     do not let in person N
hide on      hide everybody's address from the others: voices go through the TURN servers alone; hide off: straight again
end          end the call for everyone; the room stays open for another call, with a new link
leave        stop here while those in the room talk on; nobody else can come in
https://…    add the address of a tunnel or proxy of your own
q            stop, and end the call for everyone; also: stop`,
  'link.renewed': 'There is a new link. The one before lets nobody else in.',
  'invitation.one-time': 'Invitation {number}, for one person',
  'invitation.expiring': 'Invitation {number}, until {time}',
  'invitation.made': 'The invitation is among the links above.',
  'invitation.ended': 'Invitation {number} has been revoked.',
  'person.removed': 'Removed: {name}.',
  'person.admitted': 'Let in: {name}.',
  'person.refused': 'Not let in: {name}.',
  'waiting.more': { one: 'and {count} more', other: 'and {count} more' },
  'door.lock': 'The room is locked. Nobody else comes in until you type unlock.',
  'door.unlock': 'The room is not locked any more.',
  'door.lobby-on': 'From now on you let in each who comes.',
  'door.lobby-off': 'Whoever has the link comes in by themselves now.',
  'addresses.hidden':
    'Voices go through the TURN servers alone now. Whoever was in before has seen the addresses of the others.',
  'addresses.shown':
    'Voices go straight between people again where they can, so they see each other’s addresses.',
  'files.on': 'Those in the room may send files to each other.',
  'files.off': 'From now on nobody in the room sends a file; what was on its way has ended.',
  'room.no-files': 'Files are off: those in the room send none to each other',
  'call.ended': 'The call is over for everyone.',
  'waiting.shut-out': 'The page is closed for those who had not joined.',
  failed: 'Secret Call could not start: {reason}',
  'kept.port':
    'Another program, perhaps a second Secret Call, uses the port of the room that was cut off. Close it.',
  'kept.still': 'The room that was cut off is still kept. Start again once that is mended, and it goes on.',

  'argument.unknown': 'There is no option {option}.',
  'argument.no-value': '{option} needs a value.',
  'argument.extra-value': '{option} takes no value.',
  'argument.positional': 'Every argument is an option that begins with --; this one is not: {option}',
  'argument.mode': '--mode is 1x1 or group.',
  'argument.capacity': '--capacity is a whole number from {min} to {max}.',
  'argument.capacity-1x1': 'In mode 1x1 two people talk; --capacity can only be 2.',
  'argument.port': '--port is a whole number from 0 to 65535; 0 takes any free port.',
  'argument.tunnel': '--tunnel is localhost.run, cloudflared or none.',
  'argument.ssh-target': '--ssh-target has the form user@host.',
  'argument.ssh-port': '--ssh-port is a whole number from 1 to 65535.',
  'argument.ssh-known-hosts':
    '--ssh-known-hosts is the path of a file, without quotation marks, backslashes and ${ in it.',
  'argument.origin': '--origin is an address like https://name.example, without anything after it.',
  'argument.turn-scheme':
    'An address of a TURN server begins with turn: or turns:, in small letters. This one does not: {option}',
  'argument.turn-slashes':
    'After turn: there are no slashes: turn:name.example:3478. What was typed: {option}',
  'argument.turn-login':
    'The address of a TURN server holds no name and no password. Use --turn-user and --turn-password-file, or --turn-secret-file.',
  'argument.turn-host': 'The name or address of the TURN server cannot be used: {option}',
  'argument.turn-brackets':
    'An IPv6 address is put in brackets: turn:[2001:db8::1]:3478. What was typed: {option}',
  'argument.turn-port': 'The port of a TURN server is a whole number from 1 to 65535: {option}',
  'argument.turn-transport':
    'At the end of the address of a TURN server only ?transport=udp or ?transport=tcp may stand, in small letters: {option}',
  'argument.turn-too-long': 'The address of a TURN server is too long: {option}',
  'argument.turn-too-many': '--turn may be given eight times at most.',
  'argument.turn-no-server': 'Which TURN server? --turn and its address, like turn:name.example:3478.',
  'argument.turn-no-credentials':
    '--turn needs credentials: --turn-secret-file, or --turn-user with --turn-password-file.',
  'argument.turn-two-credentials':
    '--turn-secret-file does without --turn-user and --turn-password-file: give the one or the other.',
  'argument.turn-no-user': '--turn-password-file needs --turn-user, the name the password belongs to.',
  'argument.turn-no-password': '--turn-user needs --turn-password-file, a file with the password.',
  'argument.turn-user-empty': '--turn-user is empty.',
  'argument.turn-user-too-long': '--turn-user is too long.',
  'argument.turn-user-characters': '--turn-user has characters that nobody can see, like a line break.',
  'argument.turn-file-missing': 'There is no such file: {option}',
  'argument.turn-file-unreadable': 'The file cannot be read: {option}',
  'argument.turn-file-empty': 'There is nothing in the file: {option}',
  'argument.turn-file-too-long': 'There is more in the file than a secret or a password: {option}',
  'argument.turn-file-characters':
    'The file is to hold one line of text (UTF-8), the secret or the password and nothing else: {option}',
  'argument.see-help': 'All options: npm run host -- --help',

  help: `Secret Call: hosts a voice call from the terminal.

  npm run host -- [options]

  --mode 1x1|group         two people, or a group (default: group)
  --capacity N             how many people may be in the room, {min} to {max} (default: 6; 2 in mode 1x1)
  --port N                 port on this computer; 0 takes any free one (default: 8790)
  --tunnel NAME            where the public link comes from: localhost.run, cloudflared or none
                           (default: localhost.run, and cloudflared where that keeps failing)
  --origin URL             public https address of your own tunnel or proxy; may be given several times
  --lan                    let computers in the local network connect directly
  --keep-room              keep the room in the data folder while it is open: should this program be killed or ended by
                           SIGTERM, the call goes on, and the next start with --keep-room goes on with the same room, its
                           link and its settings. Whoever reads that file can come in. q, stop and Ctrl-C end the room
  --lobby                  let in each person yourself: who joins waits until you type admit and their number
  --no-files               those in the room send no files to each other; files on, typed while it runs, lets them
  --turn URL               TURN server, through which voices go where they cannot go directly, like
                           turn:name.example:3478 or turns:name.example:443?transport=tcp; up to eight times
  --turn-secret-file FILE  file with the secret shared with these servers (coturn: static-auth-secret). It stays here:
                           each guest gets credentials made from it, which end after some hours and are renewed before
  --turn-user NAME         or a name and
  --turn-password-file FILE
                           a file with its password, the same for all: whoever joins learns both
  --relay-only             hide everybody's network address from the others: voices go through the TURN servers alone;
                           later: hide on, hide off
  --ssh-target USER@HOST   ssh server to use instead of localhost.run's
  --ssh-port N             its port
  --ssh-known-hosts FILE   file with its host key
  --json                   one JSON object a line for each event, and nothing else, on standard output
  --help                   this text

While it runs, help and Enter tells what can be typed.

Environment:
  SECRET_CALL_DATA         folder for settings and certificate
  SECRET_CALL_LOG          debug, info, warn or error: writes a log to standard error`,
} as const satisfies Record<string, Message>;
