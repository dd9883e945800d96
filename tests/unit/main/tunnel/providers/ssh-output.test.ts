/** Checks the readers of ssh's and localhost.run's lines against the real ones. */

import { describe, expect, it } from 'vitest';
import { classifySshError, parseAnnouncement } from '../../../../../main/tunnel/providers/ssh-output.ts';

const NAME = '0f1e2d3c4b5a69.lhr.life';
const URL = `https://${NAME}`;
const SENTENCE = `${NAME} tunneled with tls termination, ${URL}`;

describe('parseAnnouncement', () => {
  it.each([
    ['the sentence', SENTENCE],
    ['the sentence with a carriage return', `${SENTENCE}\r`],
    ['the sentence in colour', `\u001b[32m${SENTENCE}\u001b[0m`],
    [
      'a CloudEvent',
      `{"specversion":"1.0","id":"localhost/${NAME}","type":"v1.tcpip_forward.register.accepted",` +
        `"source":"ssh://localhost.run/","data":"${SENTENCE}"}`,
    ],
    [
      'a forward event',
      `{"connection_id":"c0ffee","event":"tcpip-forward","message":"${SENTENCE}","address":"${NAME}","status":"success"}`,
    ],
  ])('reads %s', (_name, line) => {
    expect(parseAnnouncement(line)).toBe(URL);
  });

  it.each(['my-name.localhost.run', 'my-name.lhr.rocks'])('reads %s', (name) => {
    expect(parseAnnouncement(`${name} tunneled with tls termination, https://${name}`)).toBe(
      `https://${name}`,
    );
  });

  it.each([
    '',
    '===============================================================================',
    'Welcome to localhost.run!',
    'Follow your favourite reverse tunnel at [https://twitter.com/localhost_run].',
    '**You need a SSH key to access this service.**',
    "If you get a permission denied follow Gitlab's most excellent howto: https://docs.gitlab.com/ee/ssh/",
    'To set up and manage custom domains go to https://admin.localhost.run/',
    'authn: authenticated as anonymous user',
    'create an account and add your key for a longer lasting domain name. see https://localhost.run/docs/forever-free/ for more information.',
    '█▀▀▀▀▀█ ▀▄█▀ █▀▀▀▀▀█',
    `${NAME} tunneled with tls termination, https://other.lhr.life`,
    `${NAME} tunneled with tls termination, http://${NAME}`,
    `${NAME} tunneled with tls termination, ${URL}/path`,
    `${NAME} tunneled with tls termination, ${URL}@evil.example`,
    `see ${SENTENCE}`,
    `${SENTENCE} and more`,
    'evil.example tunneled with tls termination, https://evil.example',
    'lhr.life tunneled with tls termination, https://lhr.life',
    'a.lhr.life.evil.example tunneled with tls termination, https://a.lhr.life.evil.example',
    'a.b.lhr.life tunneled with tls termination, https://a.b.lhr.life',
    'alhr.life tunneled with tls termination, https://alhr.life',
    '-a.lhr.life tunneled with tls termination, https://-a.lhr.life',
    'A.LHR.LIFE tunneled with tls termination, https://A.LHR.LIFE',
    '{',
    '{}',
    'null',
    '[]',
    `{"type":"v1.tcpip_forward.register.refused","data":"${SENTENCE}"}`,
    `{"type":"v1.tcpip_forward.register.accepted","data":["${SENTENCE}"]}`,
    `{"event":"tcpip-forward","address":"${NAME}","status":"failure"}`,
    `{"event":"tcpip-forward","address":"evil.example","status":"success"}`,
    `{"event":"tcpip-forward","status":"success"}`,
    `{"event":"authn","address":"${NAME}","status":"success"}`,
  ])('ignores %s', (line) => {
    expect(parseAnnouncement(line)).toBeNull();
  });
});

describe('classifySshError', () => {
  it.each([
    ['@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @', 'host-key-mismatch'],
    ['Host key verification failed.', 'host-key-mismatch'],
    [
      'No ED25519 host key is known for localhost.run and you have requested strict checking.',
      'host-key-mismatch',
    ],
    [
      'Unable to negotiate with 192.0.2.1 port 22: no matching host key type found. Their offer: rsa-sha2-512',
      'host-key-mismatch',
    ],
    [
      'ssh: Could not resolve hostname localhost.run: Temporary failure in name resolution',
      'network-unreachable',
    ],
    ['ssh: Could not resolve hostname localhost.run: No such host is known. ', 'network-unreachable'],
    ['ssh: connect to host localhost.run port 22: Network is unreachable', 'network-unreachable'],
    ['ssh: connect to host localhost.run port 22: No route to host', 'network-unreachable'],
    ["ssh: connect to host localhost.run port 22: Can't assign requested address", 'network-unreachable'],
    ['ssh: connect to host localhost.run port 22: Connection timed out', 'tunnel-timeout'],
    ['ssh: connect to host localhost.run port 22: Operation timed out', 'tunnel-timeout'],
    ['Connection timed out during banner exchange', 'tunnel-timeout'],
    ['Timeout, server localhost.run not responding.', 'tunnel-timeout'],
    ['No user exists for uid 54321', 'ssh-no-account'],
    ["You don't exist, go away!", 'ssh-no-account'],
    ['command-line line 0: invalid quotes', 'ssh-unusable'],
    ['command-line: line 0: Bad configuration option: updatehostkeys', 'ssh-unusable'],
    ['unknown option -- Q', 'ssh-unusable'],
    [
      'ssh: error while loading shared libraries: libcrypto.so.3: cannot open shared object file: No such file or directory',
      'ssh-unusable',
    ],
    ['dyld[123]: Library not loaded: /usr/lib/libz.1.dylib', 'ssh-unusable'],
    ['Error: remote port forwarding failed for listen port 80', 'tunnel-refused'],
    ['nokey@localhost.run: Permission denied (publickey).', 'tunnel-refused'],
    ['ssh: connect to host localhost.run port 22: Connection refused', 'tunnel-refused'],
    ['kex_exchange_identification: Connection closed by remote host', 'tunnel-refused'],
    ['kex_exchange_identification: read: Connection reset by peer', 'tunnel-refused'],
  ])('reads %s', (line, code) => {
    expect(classifySshError(line)).toBe(code);
  });

  it.each([
    '',
    'Welcome to localhost.run!',
    '** your connection id is 203.0.113.7:50412, please mention it if you send me a message about an issue. **',
    'Pseudo-terminal will not be allocated because stdin is not a terminal.',
  ])('makes nothing of %j', (line) => {
    expect(classifySshError(line)).toBeNull();
  });
});
