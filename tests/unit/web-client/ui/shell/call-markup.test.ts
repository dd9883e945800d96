import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CallMarkup } from '../../../../../web-client/ui/shell/call-markup.ts';

// What the build knows, and a page alone has.
beforeAll(() => {
  vi.stubGlobal('CALL_MARKUP', '/assets/call.html');
  vi.stubGlobal('HTMLElement', FakeElement);
});
afterAll(() => vi.unstubAllGlobals());

class FakeElement {
  readonly children: unknown[];
  readonly dataset = { after: 'room' };
  readonly following: unknown[] = [];
  constructor(...children: unknown[]) {
    this.children = children;
  }
  append(...added: unknown[]): void {
    this.children.push(...added);
  }
  after(added: unknown): void {
    this.following.push(added);
  }
  remove(): void {}
}

it('comes once, and again after a failure: for the stage what is for it, for the room what follows there, the rest beside', async () => {
  const stage = new FakeElement('room');
  const body = new FakeElement('page');
  const room = new FakeElement();
  const root = {
    body,
    getElementById: (id: string) => (id === 'room' ? room : stage),
  } as unknown as Document;
  const people = new FakeElement('people');
  const markup = {
    body: new FakeElement('dialog'),
    querySelector: () => new FakeElement('chat'),
    querySelectorAll: () => [people],
  };
  const asked: string[] = [];
  let answers = false;
  const call = new CallMarkup(root, async (url) => {
    asked.push(url);
    if (!answers) throw new Error('out of reach');
    return markup as unknown as Document;
  });

  await expect(call.come()).rejects.toThrow('out of reach');
  expect([stage.children, body.children]).toEqual([['room'], ['page']]);

  answers = true;
  await Promise.all([call.come(), call.come()]);
  await call.come();
  expect(asked).toEqual(['/assets/call.html', '/assets/call.html']);
  expect([stage.children, body.children]).toEqual([
    ['room', 'chat'],
    ['page', 'dialog'],
  ]);
  expect(room.following).toEqual([people]);
});
