/** Owns what a test hears of a page at its very end: after volumes, gains and limiters, where sound leaves for the loudspeaker. */

import type { EvaluatingPage } from '../call/call-probe.ts';

/** What comes from one element that plays aloud, or from one graph that leads to a loudspeaker. */
export interface Output {
  readonly by: 'element' | 'graph';
  /** The strongest frequency, in hertz, to some 6 Hz. */
  readonly frequencyHz: number;
  /** Its level in dB below full scale; -160 in silence. */
  readonly levelDb: number;
  /** The highest sample, 1 is full scale. */
  readonly peak: number;
  /** deviceId of the loudspeaker; empty: the system's own. */
  readonly speaker: string;
}

/** What left the page by its graphs in their last seconds: of a short sound as well, however busy the page was meanwhile. */
export interface Past {
  /** The highest sample, 1 is full scale. */
  readonly peak: number;
  /** No graph runs now. */
  readonly ended: boolean;
}

export interface OutputProbe {
  outputs(): Output[];
  past(): Past;
  /** AudioContexts the page has made. */
  contexts(): number;
}

declare global {
  interface Window {
    outputProbe: OutputProbe;
  }
}

/** Runs in the page before its own scripts; taps are silent. */
export function installOutputProbe(): void {
  const FFT_SIZE = 8192;
  const SILENCE_DB = -160;
  /** The most that an AnalyserNode keeps. */
  const PAST_SAMPLES = 32_768;
  const PAST_PARTS = 8;

  const RealContext = window.AudioContext;
  const { connect } = AudioNode.prototype;
  const { play } = HTMLMediaElement.prototype;
  const elements = new Set<HTMLMediaElement>();
  const heardStreams = new Map<MediaStream, AnalyserNode>();
  const graphs = new Map<AudioContext, AnalyserNode>();
  const pasts = new Map<AudioContext, AnalyserNode[]>();
  let own: AudioContext | null = null;
  let made = 0;

  const newAnalyser = (context: AudioContext) =>
    new AnalyserNode(context, { fftSize: FFT_SIZE, smoothingTimeConstant: 0 });

  /** Keeps what passes one after another, each what the one before it lets go. */
  function keepPast(node: AudioNode): AnalyserNode[] {
    const { context } = node;
    return Array.from({ length: PAST_PARTS }, (_, part) => {
      const delayTime = (part * PAST_SAMPLES) / context.sampleRate;
      const delay = new DelayNode(context, { delayTime, maxDelayTime: delayTime + 1 });
      const analyser = new AnalyserNode(context, { fftSize: PAST_SAMPLES });
      Reflect.apply(connect, node, [delay]);
      Reflect.apply(connect, delay, [analyser]);
      return analyser;
    });
  }

  function peakOf(analyser: AnalyserNode): number {
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    return samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
  }

  function analyserOf(stream: MediaStream): AnalyserNode {
    own ??= new RealContext();
    void own.resume();
    const analyser = heardStreams.get(stream) ?? newAnalyser(own);
    if (!heardStreams.has(stream)) own.createMediaStreamSource(stream).connect(analyser);
    heardStreams.set(stream, analyser);
    return analyser;
  }

  function measure(by: Output['by'], analyser: AnalyserNode, volume: number, speaker: string): Output {
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    const levelDb = Math.max(...levels);
    const bin = Math.max(levels.indexOf(levelDb), 0);
    return {
      by,
      frequencyHz: (bin * analyser.context.sampleRate) / FFT_SIZE,
      levelDb: Math.max(levelDb + 20 * Math.log10(volume), SILENCE_DB),
      peak: volume * peakOf(analyser),
      speaker,
    };
  }

  window.AudioContext = new Proxy(RealContext, {
    construct(target, parameters, newTarget) {
      made++;
      return Reflect.construct(target, parameters, newTarget);
    },
  });
  AudioNode.prototype.connect = new Proxy(connect, {
    apply(target, node: AudioNode, parameters: unknown[]) {
      const [next] = parameters;
      if (next instanceof AudioDestinationNode && node.context instanceof RealContext) {
        const analyser = newAnalyser(node.context);
        Reflect.apply(connect, node, [analyser]);
        graphs.set(node.context, analyser);
        pasts.set(node.context, keepPast(node));
      }
      return Reflect.apply(target, node, parameters);
    },
  });
  HTMLMediaElement.prototype.play = new Proxy(play, {
    apply(target, element: HTMLMediaElement, parameters) {
      elements.add(element);
      return Reflect.apply(target, element, parameters);
    },
  });

  window.outputProbe = {
    contexts: () => made,
    past: () => ({
      peak: Math.max(0, ...[...pasts.values()].flat().map(peakOf)),
      ended: [...pasts.keys()].every(({ state }) => state !== 'running'),
    }),
    outputs: () => [
      ...[...elements].flatMap(({ paused, muted, volume, srcObject, sinkId }) =>
        paused || muted || !(srcObject instanceof MediaStream)
          ? []
          : [measure('element', analyserOf(srcObject), volume, sinkId)],
      ),
      ...[...graphs].flatMap(([context, analyser]) =>
        context.state === 'running'
          ? [measure('graph', analyser, 1, String((context as { sinkId?: unknown }).sinkId ?? ''))]
          : [],
      ),
    ],
  };
}

/** Everything that leaves the page now; silent outputs are left out. */
export async function heardOutputs(page: EvaluatingPage): Promise<readonly Output[]> {
  const outputs = await page.evaluate(() => window.outputProbe.outputs());
  return outputs.filter(({ levelDb }) => levelDb > -100);
}
