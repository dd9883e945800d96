/** Owns the English texts of the sheet for a relay of one's own. */

export const relayEn = {
  'relay.open': 'Set up a relay of your own…',
  'relay.title': 'A relay of your own',
  'relay.purpose': 'What it is for',
  'relay.purpose-text':
    'Some networks let no voices straight through. People in two of those hear each other only if a machine in between passes their voices on: a relay, or TURN server. Here you get all the files that make a rented machine one.',
  'relay.cost': 'What it takes',
  'relay.cost-text':
    'The smallest machine that can be rented will do, for a few euros a month, and a domain name that you can have lead there. The files come with a guide: five steps, of which one is two or three lines in a terminal.',
  'relay.sight': 'What that machine sees',
  'relay.sight-text':
    'The addresses of those who talk through it, when, and how much. All it passes on is encrypted: it sees no voice, no name and no message.',
  'relay.domain': 'Name of the relay',
  'relay.domain-hint': 'In a domain of yours. The guide says how to have it lead to the machine.',
  'relay.email': 'Your e-mail address (optional)',
  'relay.email-hint': 'Where the certificate authority, Let’s Encrypt, may write to when something is wrong.',
  'relay.address': 'Address of the machine (optional)',
  'relay.address-hint':
    'Only where the machine does not have its public address itself, as in some clouds: the public one, a slash, and the one it has inside.',
  'relay.folder': 'Folder for the files',
  'relay.folder-hint': 'A new, empty one. The secret of the relay will be in it.',
  'relay.choose-folder': 'Choose folder…',
  'relay.write': 'Write the files',
  'relay-fault.empty': 'This is still empty.',
  'relay-fault.domain':
    'No certificate can be had for this name. It takes a full one, such as turn.example.org, without https:// or a port.',
  'relay-fault.address':
    'This is no address. It takes an IP address, and behind a slash the one the machine has inside.',
  'relay-fault.email': 'This is no e-mail address that the certificate authority could write to.',
  'relay-folder.none': 'Choose a folder first.',
  'relay-folder.not-empty':
    'There are other files in this folder, and none were touched. Make a new one in it, and choose that.',
  'relay-folder.holds-set-up':
    'The files of a relay are in this folder already. Writing puts new ones in their place and keeps their secret.',
  'relay-folder.bad-secret':
    'The file turn-secret in this folder holds no secret that a relay takes. Nothing was changed. Put the right one back, or choose a new folder for a new one.',
  'relay-folder.unseen-characters':
    'The name of this folder, or of one around it, has characters that cannot be seen. Choose another one.',
  'relay-folder.not-writable': 'This folder cannot be written to. Nothing was changed. Choose another one.',
  'relay-folder.disk-full':
    'The disk is full. Nothing was changed. Make some room, or choose a folder elsewhere.',
  'relay.written': 'The files are written',
  'relay.written-next': 'Begin with README.md: it says in five steps what to do with them.',
  'relay.files': 'Files',
  'relay.kept-secret': 'The secret is the one of before: hosts that have it go on with it.',
  'relay.secret-hint':
    'Keep turn-secret and turnserver.conf to yourself: whoever has the secret in them can use the relay.',
  'relay.show': 'Show in folder',
  'relay.add-title': 'Use it from here',
  'relay.add-hint':
    '{domain} goes on your list with its secret, by each of the three ways to it. Once the machine runs, Test now says whether it works.',
  'relay.add': 'Add it to the TURN servers',
  'relay.added': 'It stands on the list. Close this page to test it, once the machine runs.',
  'relay.back': 'Back to the answers',
} as const;
