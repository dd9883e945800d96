/** Owns looking at a router from the inside, as a process on a machine behind it: where a socket is seen to be, and who gets in. */

import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

/** No answer is one, too. */
const LISTEN_MS = 600;

const [, , address = '', ...ports] = process.argv;
const [udpOne = 0, udpOther = 0, tcp = 0, https = 0] = ports.map(Number);

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: LISTEN_MS });
    const tell = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', tell(true)).once('error', tell(false)).once('timeout', tell(false));
  });
}

const heard: string[] = [];
const socket = createSocket('udp4', (message) => heard.push(message.toString()));
for (const port of [udpOne, udpOther]) socket.send('who am I?', port, address);
const [tcpOpen, httpsOpen] = await Promise.all([
  isOpen(tcp),
  isOpen(https),
  new Promise((resolve) => setTimeout(resolve, LISTEN_MS)),
]);
socket.close();
console.log(JSON.stringify({ heard, tcpOpen, httpsOpen }));
