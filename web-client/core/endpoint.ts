/** Owns the page as an endpoint of the call: its keys, fresh at each load, and with them its connections and its mesh. */

import { toBase64Url } from '../../main/common/bytes.ts';
import { parseFingerprint } from '../../main/common/e2ee/identity.ts';
import { Keyring } from '../../main/common/e2ee/keyring.ts';
import type { Disposable } from '../../main/common/lifecycle.ts';
import type { CertificateLike } from './browser-api.ts';
import { Mesh, type MeshHandler } from './mesh/mesh.ts';
import { type ServerList, WarmPeerConnectionFactory } from './peer/peer-connection-factory.ts';
import type { SessionDeps } from './session-deps.ts';

export interface Endpoint extends Disposable {
  /** base64url of the page's id. */
  readonly id: string;
  readonly keyring: Keyring;
  readonly mesh: Mesh;
  /** The servers that help to connect are known, or are others now. */
  prepareConnections(): void;
}

/** Rejects where the browser cannot make a key pair or a DTLS certificate. */
export async function createEndpoint<Certificate extends CertificateLike>(
  deps: SessionDeps<Certificate>,
  servers: ServerList,
  handler: MeshHandler,
): Promise<Endpoint> {
  const certificate = await deps.generateCertificate();
  const fp = certificate.getFingerprints().find(({ algorithm }) => algorithm?.toLowerCase() === 'sha-256');
  const fpBytes = parseFingerprint(fp?.value ?? '');
  if (fpBytes === null) throw new Error('certificate without a sha-256 fingerprint');
  const keyring = await Keyring.create(deps, deps.link.secret, fpBytes);
  const id = toBase64Url(keyring.identity.id);
  const connections = new WarmPeerConnectionFactory({ ...deps, certificate, servers });
  const mesh = new Mesh(keyring, id, { ...deps, connections, voiceCodecs: deps.voiceCodecs() }, handler);
  return {
    id,
    keyring,
    mesh,
    prepareConnections: () => connections.prepare(),
    dispose() {
      mesh.dispose();
      connections.dispose();
    },
  };
}
