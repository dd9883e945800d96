/** Owns what a test sees inside a page's call: every connection the page made, and the tone each remote track carries. */

/** What both drivers, Playwright and Puppeteer, can do with a page. */
export interface EvaluatingPage {
  evaluate<Result>(pageFunction: () => Result): Promise<Awaited<Result>>;
}

export interface HeardTone {
  /** The strongest frequency of a remote track, in hertz, to some 6 Hz. */
  readonly frequencyHz: number;
  /** Its level in dB below full scale; -160 in silence. */
  readonly levelDb: number;
}

/** Milliseconds since 1970 with fractions, comparable between the pages of one computer. */
export interface CallTimes {
  /** The first click in the page. */
  readonly clickMs: number | null;
  /** When each connection became connected. */
  readonly connectedMs: readonly number[];
  /** When sound first came from each remote track that came after `listen`. */
  readonly soundMs: readonly number[];
}

export interface CallProbe {
  readonly times: CallTimes;
  /** RTCPeerConnections the page has made so far, closed ones included. */
  made(): number;
  /** Of these, the ones that ever came to stand: what only waits while the host is gone is no connection anew. */
  stood(): number;
  /** RTCPeerConnections that are connected now. */
  connected(): number;
  /** Those that know both sides' descriptions and all their own addresses, and have nobody yet: one just made, or lost, does not wait. */
  waiting(): number;
  /** Ends those that are connected without a word to the others, as a change of address does. */
  cut(): void;
  /** Those that were not closed. */
  connections(): readonly RTCPeerConnection[];
  /** Remote tracks that come over a connection that stands, and are played aloud. */
  voices(): MediaStreamTrack[];
  heard(): HeardTone[];
  /** Listens to each voice from its first moment on; else only `heard` does, for listening costs much. */
  listen(): void;
}

declare global {
  interface Window {
    callProbe: CallProbe;
  }
}

/**
 * Runs in the page before its own scripts. RTCPeerConnection and media elements stay themselves but for a list of the
 * instances. Remote tracks are tapped on the side, silently; one counts as heard only while an element plays it aloud.
 */
export function installCallProbe(): void {
  const FFT_SIZE = 8192;
  const SOUND_POLL_MS = 5;
  const SOUND_AMPLITUDE = 0.005;
  const SILENCE_DB = -160;

  interface Tap {
    readonly track: MediaStreamTrack;
    readonly source: AudioNode;
    readonly analyser: AnalyserNode;
  }

  const nowMs = () => performance.timeOrigin + performance.now();
  const times = { clickMs: null as number | null, connectedMs: [] as number[], soundMs: [] as number[] };
  let made = 0;
  let stood = 0;
  let connections: RTCPeerConnection[] = [];
  let tracks: MediaStreamTrack[] = [];
  let taps: Tap[] = [];
  let listening = false;
  let elements: HTMLMediaElement[] = [];
  let context: AudioContext | null = null;

  function tapOf(track: MediaStreamTrack): Tap {
    return taps.find((tap) => tap.track === track) ?? tap(track);
  }

  function tap(track: MediaStreamTrack): Tap {
    context ??= new AudioContext();
    void context.resume();
    const analyser = new AnalyserNode(context, { fftSize: FFT_SIZE, smoothingTimeConstant: 0 });
    const source = context.createMediaStreamSource(new MediaStream([track]));
    source.connect(analyser);
    const made = { track, source, analyser };
    taps.push(made);
    return made;
  }

  function noteFirstSound({ track, analyser }: Tap): void {
    const samples = new Float32Array(1024);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const sounds = samples.some((sample) => Math.abs(sample) > SOUND_AMPLITUDE);
      if (sounds) times.soundMs.push(nowMs());
      if (sounds || track.readyState === 'ended') clearInterval(timer);
    }, SOUND_POLL_MS);
  }

  function forgetClosed(): void {
    connections = connections.filter(({ connectionState }) => connectionState !== 'closed');
    for (const { track, source } of taps) if (track.readyState === 'ended') source.disconnect();
    taps = taps.filter(({ track }) => track.readyState === 'live');
    tracks = tracks.filter(({ readyState }) => readyState === 'live');
    elements = elements.filter(({ srcObject }) => srcObject !== null);
  }

  function watch(connection: RTCPeerConnection): void {
    forgetClosed();
    made++;
    connections.push(connection);
    connection.addEventListener('track', ({ track }) => {
      tracks.push(track);
      if (listening) noteFirstSound(tapOf(track));
    });
    let hasStood = false;
    connection.addEventListener('connectionstatechange', () => {
      if (connection.connectionState !== 'connected') return;
      times.connectedMs.push(nowMs());
      if (!hasStood) stood++;
      hasStood = true;
    });
  }

  function strongestTone({ analyser }: Tap): HeardTone {
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    const levelDb = Math.max(...levels, SILENCE_DB);
    const bin = Math.max(levels.indexOf(levelDb), 0);
    return { frequencyHz: (bin * analyser.context.sampleRate) / FFT_SIZE, levelDb };
  }

  const connected = () => connections.filter(({ connectionState }) => connectionState === 'connected');
  const isReceived = (track: MediaStreamTrack) =>
    connected().some((connection) => connection.getReceivers().some((receiver) => receiver.track === track));
  const isPlayed = (track: MediaStreamTrack) =>
    elements.some(
      ({ paused, muted, volume, srcObject }) =>
        !paused &&
        !muted &&
        volume > 0 &&
        srcObject instanceof MediaStream &&
        srcObject.getTracks().includes(track),
    );
  const voices = () => tracks.filter((track) => isReceived(track) && isPlayed(track));

  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, parameters, newTarget) {
      const connection: RTCPeerConnection = Reflect.construct(target, parameters, newTarget);
      watch(connection);
      return connection;
    },
  });
  HTMLMediaElement.prototype.play = new Proxy(HTMLMediaElement.prototype.play, {
    apply(target, element: HTMLMediaElement, parameters) {
      if (!elements.includes(element)) elements.push(element);
      return Reflect.apply(target, element, parameters);
    },
  });
  const onClick = () => {
    times.clickMs ??= nowMs();
  };
  addEventListener('click', onClick, true);
  window.callProbe = {
    times,
    made: () => made,
    stood: () => stood,
    connected: () => connected().length,
    waiting: () =>
      connections.filter(
        // Firefox throws where a closed one is asked for its descriptions.
        (connection) =>
          connection.signalingState === 'stable' &&
          connection.iceGatheringState === 'complete' &&
          connection.currentRemoteDescription !== null &&
          ['new', 'connecting'].includes(connection.connectionState),
      ).length,
    cut() {
      for (const connection of connected()) {
        connection.close();
        // A browser says nothing of what the page closed itself.
        connection.dispatchEvent(new Event('connectionstatechange'));
      }
    },
    connections: () => connections.filter(({ connectionState }) => connectionState !== 'closed'),
    voices,
    heard: () => voices().map((track) => strongestTone(tapOf(track))),
    listen() {
      listening = true;
    },
  };
}

/** What comes from each person whose connection stands, in no order. */
export function heardTones(page: EvaluatingPage): Promise<readonly HeardTone[]> {
  return page.evaluate(() => window.callProbe.heard());
}

/** RTCPeerConnections the page has made so far, closed ones included. */
export function connectionsMade(page: EvaluatingPage): Promise<number> {
  return page.evaluate(() => window.callProbe.made());
}

/** RTCPeerConnections of the page that ever came to stand. */
export function connectionsEverStood(page: EvaluatingPage): Promise<number> {
  return page.evaluate(() => window.callProbe.stood());
}

/** RTCPeerConnections that are connected now. */
export function connectionsStanding(page: EvaluatingPage): Promise<number> {
  return page.evaluate(() => window.callProbe.connected());
}

export function callTimes(page: EvaluatingPage): Promise<CallTimes> {
  return page.evaluate(() => window.callProbe.times);
}
