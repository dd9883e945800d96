/** Owns what a page's connections tell of the ways to them, and what they are told of the ways to others. */

import type { EvaluatingPage } from './call-probe.ts';

/** Of one connection. */
interface ConnectionRecord {
  /** Candidates that this page's browser found, empty ones left out. */
  readonly found: string[];
  /** Candidates that were handed to it, empty ones included. */
  readonly candidates: string[];
  readonly descriptions: string[];
  /** What the browser said of those it did not take. */
  readonly refused: string[];
}

export interface IceProbe {
  newest(): ConnectionRecord;
  /** As if no connection carried any more, and the browser did nothing to mend it. */
  refuse(): void;
}

declare global {
  interface Window {
    iceProbe: IceProbe;
  }
}

/** Runs in the page before its own scripts. Connections stay themselves. */
export function installIceProbe(): void {
  const records = new Map<RTCPeerConnection, ConnectionRecord>();

  function recordOf(connection: RTCPeerConnection): ConnectionRecord {
    const known = records.get(connection);
    if (known !== undefined) return known;
    const record: ConnectionRecord = { found: [], candidates: [], descriptions: [], refused: [] };
    records.set(connection, record);
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.candidate) record.found.push(candidate.candidate);
    });
    return record;
  }
  async function watch({ refused }: ConnectionRecord, answer: Promise<void>): Promise<void> {
    await answer.catch((error: unknown) => refused.push(String(error)));
    return answer;
  }

  const { addIceCandidate, setRemoteDescription, setLocalDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.addIceCandidate = new Proxy(addIceCandidate, {
    apply(target, connection: RTCPeerConnection, parameters: [RTCIceCandidateInit]) {
      const record = recordOf(connection);
      record.candidates.push(parameters[0].candidate ?? '');
      return watch(record, Reflect.apply(target, connection, parameters));
    },
  });
  RTCPeerConnection.prototype.setRemoteDescription = new Proxy(setRemoteDescription, {
    apply(target, connection: RTCPeerConnection, parameters: [RTCSessionDescriptionInit]) {
      const record = recordOf(connection);
      record.descriptions.push(parameters[0].sdp ?? '');
      return watch(record, Reflect.apply(target, connection, parameters));
    },
  });
  RTCPeerConnection.prototype.setLocalDescription = new Proxy(setLocalDescription, {
    apply(target, connection: RTCPeerConnection, parameters) {
      recordOf(connection);
      return Reflect.apply(target, connection, parameters);
    },
  });
  window.iceProbe = {
    newest: () =>
      [...records.values()].at(-1) ?? { found: [], candidates: [], descriptions: [], refused: [] },
    refuse() {
      for (const connection of [...records.keys()]) {
        connection.setLocalDescription = () => Promise.reject(new Error('refused'));
        Object.defineProperty(connection, 'connectionState', { value: 'failed', configurable: true });
        connection.dispatchEvent(new Event('connectionstatechange'));
      }
    },
  };
}

/** Where a candidate leads: component, transport, address in lower case, port. */
function placeOf(candidate: string): string {
  const [, component = '', transport = '', , address = '', port = ''] = candidate.toLowerCase().split(' ');
  const full = address.includes('::') ? withAllGroups(address) : address;
  return [component, transport, full, port].join(' ');
}

function withAllGroups(address: string): string {
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean));
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail].join(':');
}

export interface IceReading {
  /** Places that were found, each once, but for active TCP, where nobody can knock; and that were handed to the browser. */
  readonly found: readonly string[];
  readonly taken: readonly string[];
  readonly ended: boolean;
  readonly descriptions: readonly string[];
  readonly refused: readonly string[];
}

/** Of the page's newest connection. */
export async function readIceProbe(page: EvaluatingPage): Promise<IceReading> {
  const { found, candidates, ...rest } = await page.evaluate(() => window.iceProbe.newest());
  const places = (texts: readonly string[]) => [...new Set(texts.filter(Boolean).map(placeOf))].sort();
  const told = found.filter((candidate) => !/ tcptype active\b/.test(candidate));
  return { ...rest, found: places(told), taken: places(candidates), ended: candidates.includes('') };
}
