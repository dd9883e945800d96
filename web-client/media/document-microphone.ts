/** Owns the microphone that the document asked for, inside a tap on Join that came before the page's script (early.ts). */

/** What was asked for, and the browser's answer. */
export interface AskedByDocument {
  readonly constraints: MediaStreamConstraints;
  readonly stream: Promise<MediaStream>;
}

declare global {
  interface Window {
    askedByDocument?: AskedByDocument;
  }
}

/** The browser's microphones, of which who first asks for the same has the answer that is already on its way. */
export class DocumentMicrophone implements Pick<MediaDevices, 'getUserMedia'> {
  readonly #devices: Pick<MediaDevices, 'getUserMedia'>;
  /** null once it was looked at. */
  #readAsked: (() => AskedByDocument | undefined) | null;

  /** @param readAsked called once, when the page runs: until then the document may still ask */
  constructor(devices: Pick<MediaDevices, 'getUserMedia'>, readAsked: () => AskedByDocument | undefined) {
    this.#devices = devices;
    this.#readAsked = readAsked;
  }

  getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
    const asked = this.#take();
    const ask = () => this.#devices.getUserMedia(constraints);
    if (asked === null) return ask();
    const same = JSON.stringify(asked.constraints) === JSON.stringify(constraints);
    return same ? asked.stream : close(asked).then(ask);
  }

  /** Closes what nobody took. */
  async giveUp(): Promise<void> {
    const asked = this.#take();
    if (asked !== null) await close(asked);
  }

  #take(): AskedByDocument | null {
    const asked = this.#readAsked?.() ?? null;
    this.#readAsked = null;
    return asked;
  }
}

/** As soon as it is open. */
async function close({ stream }: AskedByDocument): Promise<void> {
  const opened = await stream.catch(() => null);
  for (const track of opened?.getTracks() ?? []) track.stop();
}
