/** Owns the English texts of the settings, which are loaded when they or the check before joining are first opened. */

import type { Message } from '../../main/common/translate.ts';

export const settingsEn = {
  'settings.title': 'Settings',
  'settings.close': 'Close',

  'devices.microphone': 'Microphone',
  'devices.microphone-number': 'Microphone {number}',
  'devices.speaker': 'Speaker',
  'devices.speaker-number': 'Speaker {number}',
  'devices.system': 'As the system chooses',
  'devices.missing': 'The one you chose (not connected)',
  'devices.system-speaker': 'The speaker is the one your system has chosen.',
  'devices.denied': 'Allow the microphone in the site settings beside the address, then try again.',
  'devices.absent': 'Plug in a microphone or a headset, then try again.',
  'devices.busy': 'Close the program that uses the microphone, then try again.',
  'devices.failed': 'Check that the microphone works elsewhere, then try again.',
  'devices.refused': 'So the one before goes on: you are still heard through it.',
  'devices.retry': 'Try again',
  'devices.test': 'Play a test sound',
  'devices.start': 'Check the microphone',
  'devices.level': 'Microphone level',
  'devices.percent': '{percent} %',
  'devices.say': 'Say something: the bar follows your voice.',
  'devices.heard': 'Your microphone works.',
  'devices.silent': 'Nothing comes from this microphone. Is it switched off, or is another one meant?',
  'devices.asking': 'Answer the question of your browser.',

  'sound.section': 'Sound',
  'sound.echo': 'Echo cancellation',
  'sound.echo.text': 'Keeps the others from hearing themselves through your speaker.',
  'sound.noise': 'Noise suppression',
  'sound.noise.text': 'Takes out fans, keys and the street.',
  'sound.gain': 'Automatic volume',
  'sound.gain.text': 'Evens out a voice that is near or far.',
  'sound.music': 'Music mode',
  'sound.music.text': 'Sends the sound as it is: all three are off. Wear headphones.',
  'sound.cues': 'Sounds for events',
  'sound.cues.text': 'When somebody joins, leaves or writes.',

  'talking.title': 'Talking',
  'talking.push': 'Push to talk',
  'talking.push.text': 'You are heard only while you hold a key.',
  'talking.key': 'Key to talk',
  'talking.key-change': 'Change',
  'talking.key-name': 'Change the key to talk, now “{key}”',
  'talking.key-wait': 'Press a key…',
  'talking.key-refused':
    'This key is needed for other things. Press another one, or Esc to keep the old one.',
  'everywhere.switch': 'Push to talk everywhere',
  'everywhere.text':
    'A key that works while another program is in front, too. The app listens for it during a call only, and takes note of no other key.',
  'everywhere.mode': 'While you hold it',
  'everywhere.talk': 'I am heard',
  'everywhere.mute': 'I am muted',
  'everywhere.key': 'Key',
  'everywhere.writes':
    'The other program gets this key as well, and types it. Right Ctrl or F9, for example, type nothing.',
  'everywhere.no-display':
    'It needs an X11 session, and none is there. In this window, “Push to talk” works.',
  'everywhere.wayland':
    'Wayland shows keys to nobody but the program in front. Log in to an X11 (Xorg) session for it; in this window, “Push to talk” works.',
  'everywhere.no-permission':
    'macOS has to allow it: open System Settings, Privacy & Security, Accessibility, and switch Secret Call on there.',
  'everywhere.unknown-key': 'Outside this window this key cannot be told from others. Choose another one.',
  'everywhere.failed':
    'The key is not heard. Switch this off and on again; on Linux, install libXt and libXtst first if they are missing.',

  'talking.keys': 'Keyboard shortcuts',
  'talking.keys.mute': 'Microphone on or off, in the call',
  'talking.keys.talk': 'Talk while held, in the call',
  'talking.keys.close': 'Close what is open',

  'connection.title': 'Connection',
  'connection.hide': 'Hide my address',
  'connection.hide.text':
    'The others in the call see the address of the host’s TURN server in place of yours. Who was told yours before still knows it, and the host’s own servers see it all the same.',
  'connection.hide.none': 'Off in this call: its host has no TURN server to hide your address behind.',
  'connection.hide.stuck':
    'The host of this call has no TURN server to hide your address behind. You are connected to nobody until you switch this off.',
  'connection.hide.host': 'The host hides everybody’s address in this call.',
  'connection.stun': 'STUN server',
  'connection.stun.text':
    'Tells this page its own network address, and sees that address. Empty: the servers that the host has set.',
  'connection.save': 'Save',
  'connection.saved': 'Saved: this server is asked from the next connection on.',
  'connection.cleared': 'Saved: the host’s servers are asked again.',
  'connection.not-stun': 'This is no STUN address. It looks like stun:stun.example.org:3478.',
  'connection.turn': 'This is a TURN server. Only the host can set one; here stands a STUN server.',
  'connection.host': 'The server’s name is missing or has a character too many: stun:stun.example.org:3478.',
  'connection.port': 'The port is a number from 1 to 65535.',

  'appearance.title': 'Appearance',
  'appearance.language': 'Language',
  'appearance.language.browser': 'Auto',
  'appearance.language.en': 'English',
  'appearance.language.ru': 'Русский',
  'appearance.theme': 'Theme',
  'appearance.theme.system': 'Auto',
  'appearance.theme.dark': 'Dark',
  'appearance.theme.light': 'Light',

  'settings.unkept':
    'Your browser does not let this page keep settings. What you choose holds until you close or reload the page.',
  'settings.reset': 'Reset to defaults',
  'settings.was-reset': 'All settings are as they were at first.',
} as const satisfies Record<string, Message>;

export type SettingsKey = keyof typeof settingsEn;
