import { beforeEach, describe, expect, it } from 'vitest';
import type { ClientMessage } from '../../../../../main/common/protocol/messages.ts';
import { Place } from '../../../../../web-client/core/signaling/place.ts';
import { settle } from '../../../../support/time/manual-time.ts';

let online: boolean;
let sent: ClientMessage[];
let place: Place;
beforeEach(() => {
  online = true;
  sent = [];
  place = new Place(
    {
      want: () => online,
      send: (message) => {
        sent.push(message);
      },
    },
    () => ({ sealName: async (name) => new Uint8Array([name.length]) }),
  );
});

const sentTypes = async () => {
  await settle();
  return sent.splice(0).map(({ type }) => type);
};

describe('the own place', () => {
  it('is asked for once the server can be told', async () => {
    online = false;
    place.take('Ada');
    expect(await sentTypes()).toEqual([]);
    online = true;
    place.handleHello(false);
    expect([place.name, await sentTypes()]).toEqual(['Ada', ['name']]);
  });

  it('is asked for again where the server forgot it, and only there', async () => {
    place.take('Ada');
    expect(await sentTypes()).toEqual(['name']);
    place.handleHello(true);
    expect(await sentTypes()).toEqual([]);
    place.handleHello(false);
    expect(await sentTypes()).toEqual(['name']);
  });

  it('is told anew under another name', async () => {
    place.take('Ada');
    place.giveUp();
    online = false;
    place.take('Eve');
    online = true;
    sent = [];
    place.handleHello(true);
    expect(await sentTypes()).toEqual(['name']);
  });

  it('is given back where the server still keeps it for one who is out', async () => {
    place.handleHello(false);
    expect(await sentTypes()).toEqual([]);
    place.handleHello(true);
    expect(await sentTypes()).toEqual(['leave']);
  });

  it('is not taken by a name that was sealed too late', async () => {
    place.take('Ada');
    place.giveUp();
    expect([place.name, await sentTypes()]).toEqual([null, []]);
  });
});
