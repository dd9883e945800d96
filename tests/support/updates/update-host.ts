/** Owns a real update server on loopback, which answers each path as a test says and remembers who asked for what. */

import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type UpdateAnswer = Buffer | ((response: ServerResponse) => void);

export const FEED_PATH = '/releases/secret-call-updates.txt';

export class UpdateHost {
  readonly #answers = new Map<string, UpdateAnswer>();
  readonly #server = createServer(({ url = '', headers }, response) => {
    this.asked.push(url);
    this.headers.push(headers);
    const answer = this.#answers.get(url);
    if (answer === undefined) response.writeHead(404).end('not here');
    else if (typeof answer === 'function') answer(response);
    else response.writeHead(200, { 'content-length': answer.length }).end(answer);
  });
  readonly asked: string[] = [];
  readonly headers: IncomingHttpHeaders[] = [];

  static async start(): Promise<UpdateHost> {
    const host = new UpdateHost();
    await new Promise<void>((resolve) => host.#server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get feed(): URL {
    return new URL(FEED_PATH, this.origin);
  }

  answer(path: string, answer: UpdateAnswer): void {
    this.#answers.set(path, answer);
  }

  /** Of a file beside the feed. */
  serve(name: string, answer: UpdateAnswer): void {
    this.answer(`/releases/${name}`, answer);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A part of the content, under the length of all of it; then the line is cut. */
export const cutOff =
  (content: Buffer): UpdateAnswer =>
  (response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, content.length / 2), () => response.destroy());
  };

export const sendTo =
  (address: string): UpdateAnswer =>
  (response) =>
    void response.writeHead(302, { location: address }).end();

/** More and more, without an end. */
export const endless: UpdateAnswer = (response) => {
  const chunk = Buffer.alloc(65_536, 'x');
  const pour = () => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', pour);
  };
  response.writeHead(200);
  pour();
};
