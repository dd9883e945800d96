/** Owns what else the relay's machine needs: its service, its container, its firewall, its certificate, and what puts all in place. */

import type { RelayAnswers } from './answers.ts';
import { MACHINE_FOLDER, RELAY_PORTS, STUN_PORT, TLS_PORT } from './coturn-conf.ts';

const SERVICE = 'secret-call-turn';
const IMAGE = 'docker.io/coturn/coturn:4.6.2';
const SCRIPT = ['#!/bin/sh', 'set -eu'] as const;

const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;

export function serviceUnit(): string {
  return lines(
    '[Unit]',
    'Description=Relay for the voices of Secret Call (coturn)',
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    'User=turnserver',
    'Group=turnserver',
    `ExecStart=/usr/bin/turnserver -c ${MACHINE_FOLDER}/turnserver.conf`,
    'Restart=on-failure',
    'LimitNOFILE=65536',
    // Port 443, and nothing else of what root may.
    ...['AmbientCapabilities', 'CapabilityBoundingSet'].map((name) => `${name}=CAP_NET_BIND_SERVICE`),
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    // coturn's own database, which stays empty.
    'ReadWritePaths=/var/lib/turn',
    ...['ProtectHome', 'PrivateTmp', 'PrivateDevices', 'ProtectClock', 'ProtectControlGroups'].map(yes),
    ...['ProtectHostname', 'ProtectKernelLogs', 'ProtectKernelModules', 'ProtectKernelTunables'].map(yes),
    ...['LockPersonality', 'MemoryDenyWriteExecute', 'RestrictNamespaces', 'RestrictRealtime'].map(yes),
    'ProtectProc=invisible',
    'RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK AF_UNIX',
    'SystemCallArchitectures=native',
    'SystemCallFilter=@system-service',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  );
}

const yes = (name: string) => `${name}=yes`;

/** For who has Docker or Podman there already. It reads the same folder. */
export function composeFile(): string {
  return lines(
    'services:',
    '  turn:',
    `    image: ${IMAGE}`,
    `    container_name: ${SERVICE}`,
    `    command: ["-c", "${MACHINE_FOLDER}/turnserver.conf"]`,
    '    # A relay has thousands of ports.',
    '    network_mode: host',
    '    user: root',
    '    cap_drop: [ALL]',
    '    cap_add: [NET_BIND_SERVICE]',
    '    security_opt: ["no-new-privileges:true"]',
    '    restart: unless-stopped',
    '    volumes:',
    `      - ${MACHINE_FOLDER}:${MACHINE_FOLDER}:ro`,
  );
}

export function firewallScript(): string {
  const open = [
    [`${STUN_PORT}/udp`, 'the relay'],
    [`${STUN_PORT}/tcp`, 'the relay where UDP is blocked'],
    [`${TLS_PORT}/tcp`, 'the relay where all but the web is blocked'],
    [`${RELAY_PORTS.first}:${RELAY_PORTS.last}/udp`, 'what is relayed'],
    ['80/tcp', 'the certificate, once in two months'],
  ];
  return lines(
    ...SCRIPT,
    '# The same has to be open in the firewall of whoever rents the machine out, if there is one.',
    'command -v ufw >/dev/null || exit 0',
    ...open.map(([port, what]) => `ufw allow ${port} comment '${what}'`),
  );
}

/** Certbot runs it as root whenever there is a new certificate, and says where that lies. */
export function renewHook(): string {
  return lines(
    ...SCRIPT,
    `install -o root -g turnserver -m 0640 "$RENEWED_LINEAGE/fullchain.pem" "$RENEWED_LINEAGE/privkey.pem" ${MACHINE_FOLDER}/`,
    '# coturn reads its certificate anew on this signal; calls go on.',
    `systemctl kill --kill-who=main --signal=SIGUSR2 ${SERVICE} 2>/dev/null \\`,
    `  || docker kill --signal=SIGUSR2 ${SERVICE} 2>/dev/null || true`,
  );
}

export function installScript({ domain, email }: RelayAnswers): string {
  const whose = email === null ? '--register-unsafely-without-email' : `--email '${email}'`;
  const own = `-o root -g turnserver -m`;
  return lines(
    ...SCRIPT,
    '# As root, on Debian or Ubuntu. It may be run again: it puts the same in place.',
    'cd "$(dirname "$0")"',
    'apt-get update',
    'DEBIAN_FRONTEND=noninteractive apt-get install -y coturn certbot',
    '# The one that comes with the package has another configuration.',
    'systemctl disable --now coturn',
    `install -d ${own} 0750 ${MACHINE_FOLDER}`,
    `install ${own} 0640 turnserver.conf ${MACHINE_FOLDER}/`,
    `install -o root -g root -m 0755 renew-hook.sh ${MACHINE_FOLDER}/`,
    `install -o root -g root -m 0644 ${SERVICE}.service /etc/systemd/system/`,
    'sh firewall.sh',
    'systemctl daemon-reload',
    `systemctl enable ${SERVICE}`,
    `systemctl restart ${SERVICE}`,
    '# Now it relays; with the certificate over TLS, too.',
    `certbot certonly --standalone --non-interactive --agree-tos ${whose} \\`,
    `  --deploy-hook ${MACHINE_FOLDER}/renew-hook.sh -d '${domain}'`,
    `systemctl restart ${SERVICE}`,
  );
}
