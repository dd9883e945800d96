/** Owns the quality of one peer connection, read from two samples of its statistics (W3C WebRTC Statistics). */

import type { StatsReportLike } from '../browser-api.ts';
import { type ConnectionPath, connectionPath, isSamePath } from './connection-path.ts';

export interface ConnectionQuality {
  readonly grade: 'good' | 'weak';
  readonly path: ConnectionPath;
  readonly roundTripMs: number | null;
  /** Share of the person's packets that did not come in the last interval, 0 to 1. */
  readonly loss: number | null;
  readonly jitterMs: number | null;
}

/** What is read at one moment; counters run from the connection's start. */
export interface QualitySample {
  readonly packetsReceived: number;
  readonly packetsLost: number;
  readonly samplesReceived: number;
  readonly samplesConcealed: number;
  readonly roundTripMs: number | null;
  /** How often that was measured; 0 where the browser does not tell. */
  readonly roundTrips: number;
  readonly jitterMs: number | null;
  readonly path: ConnectionPath;
}

/** Above any of these a voice is heard to suffer. */
const WEAK_LOSS = 0.05;
const WEAK_ROUND_TRIP_MS = 300;
const WEAK_CONCEALED = 0.03;
/** Loss is told in whole hundredths, so that noise does not change what is shown. */
const LOSS_STEPS = 100;
/** A time that differs by less from what is told is not told anew. */
const NOISE_MS = 4;
const NOISE_SHARE = 0.1;

export function readQuality(report: StatsReportLike): QualitySample {
  const all = [...report.values()];
  const byId = (id: unknown) => all.find((entry) => entry.id === id);
  const incoming = all.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
  const transport = all.find(({ type }) => type === 'transport');
  // Firefox has no transport entry: its pair says itself that it is the selected one.
  const pair =
    byId(transport?.selectedCandidatePairId) ??
    all.find(({ type, selected }) => type === 'candidate-pair' && selected === true);
  const local = byId(pair?.localCandidateId);
  const remote = byId(pair?.remoteCandidateId);
  return {
    packetsReceived: count(incoming?.packetsReceived),
    packetsLost: count(incoming?.packetsLost),
    samplesReceived: count(incoming?.totalSamplesReceived),
    samplesConcealed: count(incoming?.concealedSamples),
    roundTripMs: milliseconds(pair?.currentRoundTripTime),
    roundTrips: count(pair?.responsesReceived),
    jitterMs: milliseconds(incoming?.jitter),
    path: connectionPath(local, remote),
  };
}

/** @param before the sample of the interval's start; null: there is none of this connection yet */
export function qualityBetween(before: QualitySample | null, after: QualitySample): ConnectionQuality {
  const { roundTripMs, jitterMs, path } = after;
  const received = after.packetsReceived - (before?.packetsReceived ?? 0);
  const lost = Math.max(0, after.packetsLost - (before?.packetsLost ?? 0));
  const loss = received + lost > 0 ? Math.round((lost / (received + lost)) * LOSS_STEPS) / LOSS_STEPS : null;
  const samples = after.samplesReceived - (before?.samplesReceived ?? 0);
  const concealed = after.samplesConcealed - (before?.samplesConcealed ?? 0);
  // The first interval holds the concealment of the time before the first packet.
  const isConcealing = before !== null && samples > 0 && concealed / samples > WEAK_CONCEALED;
  const isWeak = isConcealing || (loss ?? 0) > WEAK_LOSS || (roundTripMs ?? 0) > WEAK_ROUND_TRIP_MS;
  return { grade: isWeak ? 'weak' : 'good', path, roundTripMs, loss, jitterMs };
}

/** Whether the later one tells nothing new: times that are nearly the same are, for each drawing costs the call. */
export function isSameQuality(a: ConnectionQuality | null, b: ConnectionQuality | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.grade === b.grade &&
    isSamePath(a.path, b.path) &&
    a.loss === b.loss &&
    isNearly(a.roundTripMs, b.roundTripMs) &&
    isNearly(a.jitterMs, b.jitterMs)
  );
}

function isNearly(aMs: number | null, bMs: number | null): boolean {
  if (aMs === null || bMs === null) return aMs === bMs;
  return Math.abs(aMs - bMs) <= Math.max(NOISE_MS, aMs * NOISE_SHARE);
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function milliseconds(seconds: unknown): number | null {
  return typeof seconds === 'number' ? Math.round(seconds * 1_000) : null;
}
