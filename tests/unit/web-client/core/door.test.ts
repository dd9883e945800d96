/** Holds a page to what it shows and does where the host lets not everybody in. */

import { afterEach, describe, expect, it } from 'vitest';
import { CallWorld } from '../../../support/call/call-world.ts';

let world: CallWorld;
afterEach(() => world.end());

/** Anna is in, and Boris has pressed Join. */
async function atTheDoor() {
  world = new CallWorld();
  const anna = await world.join('Anna');
  world.server.command({ type: 'lobby', on: true });
  const boris = world.open('Boris');
  boris.session.join('Boris');
  await world.until('Boris waits', () => boris.state.door === 'waiting');
  return { anna, boris };
}

describe('in a lobby', () => {
  it('waits as one who is coming in, connected to nobody, and is in once let in', async () => {
    const { anna, boris } = await atTheDoor();
    expect(boris.state).toMatchObject({ call: 'joining', door: 'waiting' });
    const said: string[] = [];
    world.server.fromPage = (message) => {
      said.push(message.type);
      return message;
    };
    await world.pass(5_000);
    expect([anna.people, boris.heard.size, said.filter((type) => type !== 'ping')]).toEqual([[], 0, []]);
    world.server.command({ type: 'admit', participant: boris.id });
    await world.until('both are connected', () => world.allSealed());
    expect(boris.state).toMatchObject({ call: 'joined', door: null });
  });

  it('keeps the turn over a lost socket, and says so again', async () => {
    const { boris } = await atTheDoor();
    const clara = world.open('Clara');
    clara.session.join('Clara');
    await world.until('Clara waits', () => clara.state.door === 'waiting');
    world.server.drop(world.server.sideOf(boris.id));
    await world.until('Boris is back', () => boris.state.signaling.phase === 'online');
    await world.pass(200);
    expect(boris.state).toMatchObject({ call: 'joining', door: 'waiting' });
    expect(world.server.waiting).toEqual([boris.id, clara.id]);
  });

  it('waits no more after Cancel, and closes the microphone', async () => {
    const { boris } = await atTheDoor();
    boris.session.leave();
    await world.until('nobody waits', () => world.server.waiting.length === 0);
    expect(boris.state).toMatchObject({ call: 'out', door: null, microphone: { phase: 'off' } });
    expect(boris.tracks.every(({ stopped }) => stopped)).toBe(true);
  });

  it('does not wait again after a reload in the call', async () => {
    const { boris } = await atTheDoor();
    world.server.command({ type: 'admit', participant: boris.id });
    await world.until('Boris is in', () => boris.state.call === 'joined');
    boris.session.dispose();
    const again = world.open('Boris', boris.storage);
    again.session.join('Boris');
    await world.until('Boris is in again', () => again.state.call === 'joined');
    expect(again.states.some(({ door }) => door !== null)).toBe(false);
  });

  it.each([
    ['refused', 'refuse'],
    ['locked', 'lock'],
  ] as const)('is out where it is %s, with the microphone closed, and may ask again', async (door, type) => {
    const { boris } = await atTheDoor();
    world.server.command(type === 'lock' ? { type } : { type, participant: boris.id });
    await world.until('Boris is told', () => boris.state.door === door);
    expect(boris.state).toMatchObject({ call: 'out', microphone: { phase: 'off' } });
    world.server.command({ type: 'unlock' });
    world.server.command({ type: 'lobby', on: false });
    boris.session.join('Boris');
    expect(boris.state.door).toBeNull();
    await world.until('both are connected', () => world.allSealed());
  });

  it('believes no such word after the page has given up joining, nor one that the host did not say', async () => {
    const { anna, boris } = await atTheDoor();
    world.server.send(world.server.sideOf(anna.id), { type: 'waiting' });
    world.server.command({ type: 'lock' });
    await world.until('Boris is told', () => boris.state.door === 'locked');
    world.server.send(world.server.sideOf(boris.id), { type: 'waiting' });
    await world.pass(100);
    expect([anna.state.call, anna.state.door, boris.state.door]).toEqual(['joined', null, 'locked']);
    // Unproven it is a lost socket.
    const side = world.server.sideOf(anna.id);
    side.socket.receive(JSON.stringify({ type: 'locked' }));
    await world.until('Anna has lost it', () => anna.state.signaling.phase === 'retrying');
    expect(anna.state.call).toBe('joined');
  });
});
