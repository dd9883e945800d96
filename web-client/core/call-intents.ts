/** Owns what a person can want from the call. None of it fails: what cannot be done shows in RoomState. */

import type { AudioSettings } from './state/audio-state.ts';
import type { RecordCommand } from './state/recording-state.ts';
import type { ParticipantState } from './state/room-state.ts';

/** A short soft sound. */
export type Cue = 'joined' | 'left' | 'message' | 'mention' | 'test' | 'recording' | 'recording-ended';

/** How one joins: with the microphone open, with it muted, or without one. */
export type JoinMode = 'talk' | 'muted' | 'listen';

/** A key to talk: the page's own, or the one that works while another program has the focus. */
export type TalkKey = 'page' | 'everywhere';

/** How one stands in a call, as far as another load of the page takes it up. */
export interface CallStanding {
  /** By the button; a key to talk may be held over it. */
  readonly muted: boolean;
  readonly handUp: boolean;
  /** Of those whose sound was changed here. */
  readonly playback: readonly Pick<ParticipantState, 'id' | 'mutedHere' | 'volume'>[];
}

export interface FileIntents {
  /** Offers files to somebody who is in, or (null) to everyone. */
  sendFiles(files: readonly File[], to: string | null): void;
  /** @param key of the file, here and below */
  acceptFile(key: string): void;
  declineFile(key: string): void;
  pauseFile(key: string, paused: boolean): void;
  cancelFile(key: string): void;
  /** Gives a file that is whole to the person: as a download, or in the folder of downloads. */
  saveFile(key: string): void;
  showSavedFile(key: string): void;
  /** Takes what has ended off the list; what was kept of it is deleted. */
  dismissFile(key: string): void;
  /** A picture of an image that is whole; the caller closes it. null: there is none. */
  previewOf(key: string): Promise<ImageBitmap | null>;
}

export interface CallIntents extends FileIntents {
  /** The page was loaded anew in the call: as one stood there one is to stand again, once one is in. */
  restore(standing: CallStanding): void;
  /** The person turns to what joins: the code of a call is fetched, if it is still to come. */
  prepare(): void;
  /** To be called inside a tap, so that the browser plays sound. */
  join(name: string, mode: JoinMode): void;
  leave(): void;
  dismissFull(): void;
  /** Opens the microphone before joining, to see its level; the browser may ask. */
  openMicrophone(): void;
  /** Closes it again. In the call it does nothing. */
  closeMicrophone(): void;
  setMicrophoneMuted(muted: boolean): void;
  /** A key to talk is held: what is muted is open until all are let go. */
  setTalkKeyHeld(held: boolean, key?: TalkKey): void;
  /** The key to be muted is held: nothing is heard until it is let go. */
  setMuteKeyHeld(held: boolean): void;
  retryMicrophone(): void;
  setAudioSettings(settings: AudioSettings): void;
  /** Plays a short sound through the chosen speaker. */
  testSpeaker(): void;
  /** Plays a cue through the chosen speaker; whether cues are wanted is for who calls to know. */
  playCue(cue: Cue): void;
  /** A STUN server of one's own in place of the host's; null: the host's. */
  setStunServer(url: string | null): void;
  /** Whether nobody is to learn the own network address from now on: what stands goes by the host's TURN servers alone as well. */
  setAddressHidden(hidden: boolean): void;
  setMutedHere(id: string, muted: boolean): void;
  /** 0 to 2; remembered for the name as long as the page. */
  setVolume(id: string, volume: number): void;
  /** Shows an emoji to all for a few seconds. */
  react(emoji: string): void;
  setHandUp(up: boolean): void;
  /** To everyone who is in; what is blank or too long does nothing. */
  sendChat(text: string): void;
  /** @param key of the message */
  setChatReaction(key: string, emoji: string, on: boolean): void;
  /** The person compared the verification code with somebody. */
  verify(id: string, matches: boolean): void;
  record(command: RecordCommand): void;
  /** To be called inside a tap while `soundBlocked`. */
  unlockSound(): void;
}
