/** Owns the English texts of a relay's set-up, the page for whoever sets it up among them. */

export const turnSetupEn = {
  usage: `npm run turn-setup -- --domain NAME --out DIR [--address PUBLIC[/PRIVATE]] [--email ADDRESS]

Writes a relay (TURN) of your own for calls between networks that let nothing else through.

  --domain NAME              the relay's name, such as turn.example.org; it will lead to the machine
  --out DIR                  where the files go; what an earlier run wrote there is renewed, and its secret kept
  --address PUBLIC[/PRIVATE] only where the machine does not have its public address itself, as in some clouds
  --email ADDRESS            where the certificate authority may write to when something is wrong`,
  'answer.unknown': 'This does not belong here: {option}',
  'answer.no-domain': 'The relay needs a name: --domain turn.example.org',
  'answer.no-out': 'Where do the files go? --out DIR',
  'answer.domain':
    '"{option}" is no name a certificate can be had for. It takes a full name, such as turn.example.org, without https:// or a port.',
  'answer.address':
    '"{option}" is no address. It takes an IP address, and behind a slash the one the machine has inside: 203.0.113.7/10.0.0.5.',
  'answer.email': '"{option}" is no e-mail address.',
  'folder.not-empty':
    'There are other files in {folder}, and none were touched. Name a new folder, or one that this command has written.',
  'folder.bad-secret':
    'The file turn-secret in {folder} holds no secret that a relay takes. Nothing was changed. Put the right one back, or name a new folder for a new one.',
  'folder.unseen-characters':
    'The path of {folder} has characters that cannot be seen, a line break perhaps. Name another folder.',
  'folder.not-writable': 'Could not write to {folder}. Nothing was changed.',
  'folder.disk-full':
    'The disk with {folder} is full. Nothing was changed. Make some room, or name another folder.',
  'kept-secret': 'The secret is the one of before: hosts that have it go on with it.',
  written: `The relay's files are in {folder}. What to do with them stands in README.md there, in five steps.
Keep {secretFile} to yourself: whoever has it can use the relay.`,
  guide: `# A relay of your own: {domain}

Voices go straight between people wherever two networks let them. Where they do not (a strict router on both sides, UDP
blocked), they go through this relay, and nowhere else.

**What it sees:** the addresses of those who talk through it, when, and how much. **What it does not see:** a voice, a name, a
message; all it passes on is encrypted between the browsers.

## 1. Rent a machine

The smallest there is: one processor, 512 MB, Debian or Ubuntu, an IPv4 address of its own, and traffic included. Hetzner, OVHcloud,
Scaleway, Netcup, Vultr and many others rent one out for a few euros a month. Near the people who talk is better than cheap:
what is relayed goes there and back. A voice takes about 50 kbit/s each way for each listener.

## 2. Let the name lead there

At whoever keeps your domain, add an A record (and AAAA, where the machine has IPv6): \`{domain}\` → the machine's address.

## 3. Copy and start

\`\`\`sh
ssh root@{domain} rm -rf secret-call-turn
scp -r {out} root@{domain}:secret-call-turn
ssh root@{domain} sh secret-call-turn/install.sh
\`\`\`

The first line makes way where there is a copy already. The last one installs coturn and certbot, opens the firewall (ufw, where
there is one), starts the service \`secret-call-turn\` and gets a certificate, which renews itself. All may be run again. Where the
machine's provider has a firewall of its own, open there as well: {stunPort} (UDP and TCP), {tlsPort} (TCP), {ports} (UDP), and 80 (TCP) for the certificate.

With Docker instead: put \`turnserver.conf\` and the certificate's two files into \`/etc/secret-call-turn/\` and run \`docker compose up -d\`.

## 4. Tell the host

In the app, where that has written these files: *Add it to the TURN servers*, and then *Test now* in the settings. Later, or where the command
has written them: *Settings*, *Set up a relay of your own*, with the same answers and this folder, which keeps its secret.

In a terminal:

\`\`\`sh
npm run host -- --turn {udp} --turn "{tcp}" \\
  --turn "{tls}" --turn-secret-file {secretPath}
\`\`\`

The secret stays with the host: each guest gets a name and a password made from it, which end by themselves.

## 5. Keep it

\`systemctl status secret-call-turn\` says whether it runs, \`journalctl -u secret-call-turn\` what it had to complain about.
\`apt-get upgrade\` now and then. For a new secret, have the files written into a new folder, and copy and start as above.

What the relay refuses: whoever has no credentials from your host; and to be led to the machine itself, to private networks behind it,
to link-local and multicast addresses, or to a provider's inner services. So a guest can look into nothing through it.
`,
};
