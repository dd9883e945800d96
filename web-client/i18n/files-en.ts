/** Owns the English texts of files that go from person to person. */

import type { Message } from '../../main/common/translate.ts';

export const filesEn = {
  'file.title': 'Files',
  'file.send': 'Send file',
  'file.send-to': 'Send to {name}…',
  'file.bar.outside': 'Join the call to send files',
  'file.bar.alone': 'Nobody else is here to send files to',
  'file.bar.off': 'The host has switched files off in this call',
  'file.drop.all': 'Drop to offer to everybody here',
  'file.drop.one': 'Drop to offer to {name} alone',
  'file.folder': 'Folders cannot be sent. Send the files in it, or pack it into one file first.',
  'file.none': 'There was no file in what you dropped.',
  'file.too-many':
    'Too many files at once: only the first of them were taken. Pack them into one file, or send the rest later.',
  'file.clear': 'Clear finished',
  'file.remove': 'Remove from list',
  'file.discard': 'Discard without saving',
  'file.show-new': { one: '{count} new in Files', other: '{count} new in Files' },
  'file.show': 'Show files',

  'file.accept': 'Accept',
  'file.accept-all': 'Accept all',
  'file.decline': 'Decline',
  'file.pause': 'Pause',
  'file.resume': 'Resume',
  'file.cancel': 'Cancel',
  'file.save': 'Save',
  'file.show-in-folder': 'Show in folder',

  'file.from': 'From {name}',
  'file.to': 'To {name}',
  'file.about': '{size}, {type}',
  'file.risky':
    'A file of this type can run as a program. Open it only if you trust who sent it and expected it.',
  'file.preview': 'Preview of {file}',
  'file.progress': 'Progress of {file}',

  'file.type.archive': 'archive',
  'file.type.audio': 'sound',
  'file.type.book': 'book',
  'file.type.code': 'text with code',
  'file.type.document': 'document',
  'file.type.image': 'picture',
  'file.type.other': 'file',
  'file.type.pdf': 'PDF document',
  'file.type.program': 'program',
  'file.type.sheet': 'spreadsheet',
  'file.type.slides': 'presentation',
  'file.type.text': 'text',
  'file.type.video': 'video',

  'file.done-of': '{done} of {size}',
  'file.speed': '{size}/s',
  'file.left': '{time} left',
  'file.left.moments': 'a few seconds left',

  'file.unready': 'Not loaded yet',
  'file.in.unready':
    'A file is offered to you, but the part of this page that receives files has not come: the host’s computer does not answer. The offer is kept, and shown here as soon as that part is there.',
  'file.out.unready':
    'The part of this page that sends files has not come: the host’s computer does not answer. What you chose is kept, and offered as soon as that part is there.',
  'file.in.memory':
    'This device keeps nothing for this page, so the file would stay in its memory: save it before you leave the page.',
  'file.in.too-large':
    'It cannot be received here: this device keeps nothing for this page, and its memory takes {limit} at most. Leave the private window, or let the page store data; then have it sent again.',
  'file.in.fault':
    'It cannot be received at the moment: what writes files in this page has stopped. Press Accept to start it anew.',
  'file.in.checking': 'All of it is here; its checksum is being compared.',
  'file.in.whole': 'It is here, whole and checked. Save it to keep it.',
  'file.in.whole-memory': 'It is here, whole and checked, in this page’s memory. Save it before you leave.',
  'file.in.saving': 'Saving…',
  'file.in.saved': 'It went to your downloads, which also tell if that did not work.',
  'file.in.saved-as': 'Saved among your downloads as {file}.',
  'file.in.save.failed': 'It could not be saved, and is still here. Press Save again.',
  'file.in.save.no-space':
    'There is not enough space for it where downloads go. It is still here: free some, then press Save again.',
  'file.in.save.no-folder':
    'Nothing can be written to the folder for downloads. It is still here: see that the folder exists and takes files, then press Save again.',

  'file.out.offered': 'Waiting for an answer',
  'file.out.checking': 'All of it was sent; the other side compares the checksum.',
  'file.out.whole': 'It has arrived whole.',

  'file.paused.here': 'You paused it.',
  'file.paused.fault':
    'What reads and writes files in this page has stopped. Press Resume to start it anew; it goes on with what is there.',
  'file.paused.there': 'Paused on the other side.',
  'file.waiting': 'No connection at the moment. It goes on by itself.',
  'file.kept-part': '{done} of {size} so far',

  'file.in.ended.declined': 'You declined it. If you want it after all, ask for it to be sent again.',
  'file.in.ended.cancelled-here': 'You cancelled it. If you want it after all, ask for it to be sent again.',
  'file.in.ended.cancelled-there': 'The sender cancelled it. Ask for it to be sent again if you need it.',
  'file.in.ended.unreadable':
    'It can no longer be read on the sender’s device. Ask the sender to choose it once more.',
  'file.in.ended.changed':
    'It was changed on the sender’s device meanwhile, so nothing of it was kept. Ask for it to be sent again.',
  'file.in.ended.no-space':
    'There is not enough space on this device. Free some, then ask for it to be sent again.',
  'file.in.ended.no-room':
    'There is no room left for it in this page’s memory. Save and remove what you have received, then ask for it to be sent again.',
  'file.in.ended.different':
    'What arrived is not what was sent, so it was thrown away. Ask for it to be sent again.',
  'file.in.ended.broken':
    'Something arrived that was not in order, so it was thrown away, and no more files are taken from this person in this call. Both of you may leave, open the link again and join anew.',
  'file.in.ended.too-many':
    'There were too many files at once. Wait until some are through, then ask for it to be sent again.',
  'file.in.ended.off': 'The host has switched files off. Ask the host to allow them.',
  'file.in.ended.gone':
    'Its sender is away. It goes on should they come back as they were; else ask for it to be sent again.',

  'file.out.ended.declined': 'Declined. Ask first, then send it again.',
  'file.out.ended.cancelled-here': 'You cancelled it. To send it after all, choose it once more.',
  'file.out.ended.cancelled-there': 'Cancelled on the other side. Ask why, or send it again.',
  'file.out.ended.unreadable':
    'It can no longer be read: it was moved, deleted or locked, perhaps. Choose it once more.',
  'file.out.ended.changed': 'It was changed while it was sent. Send it again as it is now.',
  'file.out.ended.no-space': 'There is not enough space on the other side. Send it again once there is some.',
  'file.out.ended.no-room':
    'The page on the other side can keep no file of this size. Send a smaller one, or ask for a window that is not private.',
  'file.out.ended.different':
    'What arrived there was not what you sent, so it was thrown away. Send it again.',
  'file.out.ended.broken':
    'What arrived there was not in order, so your files are taken no more in this call. Both of you may leave, open the link again and join anew.',
  'file.out.ended.too-many': 'Too many files at once. Wait until some are through, then send it again.',
  'file.out.ended.off': 'The host has switched files off. Ask the host to allow them.',
  'file.out.ended.gone':
    'This person is away. It goes on should they come back as they were; else send it again.',

  'file.news.offer': '{name} offers you a file: {file}',
  'file.news.offers': { one: '{count} file is offered to you', other: '{count} files are offered to you' },
  'file.news.arrived': '{file} is here and can be saved',
  'file.news.arrived-many': {
    one: '{count} file is here and can be saved',
    other: '{count} files are here and can be saved',
  },
  'file.news.delivered': '{file} has reached {name}',
  'file.news.delivered-many': {
    one: '{count} file has reached its recipient',
    other: '{count} files have reached their recipients',
  },
  'file.news.ended': '{file}: {why}',
  'file.news.ended-many': {
    one: '{count} file did not get through',
    other: '{count} files did not get through',
  },
} as const satisfies Record<string, Message>;
