/** Owns proof that the app hears how the call stands and who comes, once each, and has its say in it. */

import { beforeEach, expect, it } from 'vitest';
import { toBase64Url } from '../../../main/common/bytes.ts';
import type { CallBridge, CallEvent } from '../../../main/common/call-api/bridge.ts';
import type { CallNotice, CallReport } from '../../../main/common/call-api/commands.ts';
import { Emitter } from '../../../main/common/emitter.ts';
import { PUBLIC_KEY_BYTES, RESUME_BYTES } from '../../../main/common/protocol/limits.ts';
import { ok } from '../../../main/common/result.ts';
import { ResumeToken } from '../../../web-client/core/signaling/resume-token.ts';
import type { RoomState } from '../../../web-client/core/state/room-state.ts';
import { type AppTab, connectApp, keepOwnResume } from '../../../web-client/in-app.ts';
import type { PageIntents } from '../../../web-client/ui/intents.ts';
import { KeptValues } from '../../support/page/kept-values.ts';
import { person, ROOM } from '../../support/page/room-states.ts';

const JOINED: RoomState = { ...ROOM, call: 'joined', others: 1, participants: [person('Anna')] };

let reports: CallReport[];
let notices: CallNotice[];
let done: string[];
let changes: Emitter<{ change: RoomState | null }>;
let tab: { -readonly [Name in keyof AppTab]: AppTab[Name] };
let send: (event: CallEvent) => void;

const show = (room: RoomState | null) => {
  tab.room = room;
  tab.inCall = room?.call === 'joined';
  changes.emit('change', room);
};

beforeEach(() => {
  reports = [];
  notices = [];
  done = [];
  changes = new Emitter();
  tab = {
    inCall: false,
    room: ROOM,
    onChange: (listener) => changes.on('change', listener),
    setInvite: (invite) => void done.push(`invite ${invite}`),
    // Of all of them the app uses these.
    intents: {
      leave: () => void done.push('leave'),
      setMicrophoneMuted: (muted: boolean) => void done.push(`muted ${muted}`),
    } as unknown as PageIntents,
  };
  const bridge: Partial<CallBridge> = {
    invite: async () => 'https://call.example/#S.T',
    report: async (report) => {
      reports.push(report);
      return ok(null);
    },
    notify: async (notice) => {
      notices.push(notice);
      return ok(null);
    },
    onEvent: (listener) => {
      send = listener;
      return () => {};
    },
  };
  connectApp(bridge as CallBridge, tab);
});

it('reports each change of the call once', () => {
  show(JOINED);
  show({ ...JOINED, soundBlocked: true });
  show(null);
  expect(reports).toEqual([
    { call: 'out', microphone: 'none', others: 0 },
    { call: 'joined', microphone: 'none', others: 1 },
    { call: 'out', microphone: 'none', others: 0 },
  ]);
});

it('tells who comes while one is in, also without a name, and not who was there', () => {
  show(JOINED);
  show({ ...JOINED, participants: [person('Anna'), person('Ben')] });
  show({ ...JOINED, participants: [person('Anna'), person('Ben'), person('Cat', { name: null })] });
  show({ ...JOINED, participants: [person('Anna')] });
  show(null);
  expect(notices).toEqual([
    { kind: 'joined', name: 'Ben' },
    { kind: 'joined', name: '' },
  ]);
});

it('does what the app says', async () => {
  show({ ...JOINED, microphone: { phase: 'live', muted: false } as RoomState['microphone'] });
  await Promise.resolve();
  for (const event of [
    { type: 'toggle-microphone' },
    { type: 'invite', invite: null },
    { type: 'leave' },
  ] as const)
    send(event);
  expect(done).toEqual(['invite https://call.example/#S.T', 'muted true', 'invite null', 'leave']);
});

it('has the page come to the own room’s host by what the app drew, whatever the page had kept, and to no other', async () => {
  const hostKey = toBase64Url(new Uint8Array(PUBLIC_KEY_BYTES).fill(4));
  const token = toBase64Url(new Uint8Array(RESUME_BYTES).fill(7));
  const [tabStorage, lastingStorage] = [new KeptValues(), new KeptValues()];
  new ResumeToken([lastingStorage]).keep('A'.repeat(43), hostKey);
  await keepOwnResume({ resume: async () => ({ token, hostKey }) }, tabStorage);
  const resume = new ResumeToken([tabStorage, lastingStorage]);
  expect(resume.read(hostKey)).toBe(token);
  expect(resume.read('another')).toBeNull();
});

it('leaves another room’s page, and one whose app does not answer, with what it has', async () => {
  const tabStorage = new KeptValues();
  await keepOwnResume({ resume: async () => null }, tabStorage);
  await keepOwnResume({ resume: () => Promise.reject(new Error('gone')) }, tabStorage);
  expect(new ResumeToken([tabStorage]).peek()).toBeNull();
});
