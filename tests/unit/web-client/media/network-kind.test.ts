import { expect, it } from 'vitest';
import { NetworkKind } from '../../../../web-client/media/network-kind.ts';

it('tells when the network is of another kind, but not that it seems faster', () => {
  const information: EventTarget & { type?: string } = new EventTarget();
  information.type = 'wifi';
  let changes = 0;
  const watching = new NetworkKind(information).onChange(() => changes++);
  const change = (type: string) => {
    information.type = type;
    information.dispatchEvent(new Event('change'));
  };
  change('wifi');
  expect(changes).toBe(0);
  change('cellular');
  change('cellular');
  expect(changes).toBe(1);
  watching.dispose();
  change('wifi');
  expect(changes).toBe(1);
});

it('tells nothing where the browser does not', () => {
  expect(() => new NetworkKind(undefined).onChange(() => {}).dispose()).not.toThrow();
});
