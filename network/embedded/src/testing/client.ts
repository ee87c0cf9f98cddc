import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { Client, credentials } from '@grpc/grpc-js';
import { connect, signers } from '@hyperledger/fabric-gateway';
import type { Gateway, Identity } from '@hyperledger/fabric-gateway';

import type { Organization } from '../network.js';
import type { NetworkPaths } from '../paths.js';
import { createKey, issue, loadAuthority } from '../pki/certificates.js';

/** A certificate of an organisation and its key: who a test acts as. */
export interface User {
  readonly identity: Identity;
  readonly key: KeyObject;
}

/** An ordinary client of the organisation, with a certificate of its CA; one made long ago has expired. */
export async function createUser(
  organization: Organization,
  paths: NetworkPaths,
  now = new Date(),
): Promise<User> {
  const files = paths.organization(organization.name);
  const authority = await loadAuthority(
    readFileSync(files.caCert, 'utf8'),
    readFileSync(files.caKey, 'utf8'),
  );
  const key = await createKey();
  const subject = { commonName: 'a-client', unit: 'client', organization: organization.name };
  const certificate = await issue(
    authority,
    subject,
    key.publicKey,
    { kind: 'identity', attributes: {} },
    now,
  );
  return {
    identity: { mspId: organization.mspId, credentials: Buffer.from(certificate) },
    key: createPrivateKey(key.pem),
  };
}

/** Fabric's own client, connected to one organisation's gateway; made as its documentation says. */
export interface Connection {
  readonly gateway: Gateway;
  readonly client: Client;
  close(): void;
}

export function connectTo(organization: Organization, user: User): Connection {
  const tls = credentials.createSsl(Buffer.from(organization.tlsRootPem));
  const client = new Client(`localhost:${organization.ports.peer}`, tls, {
    'grpc.max_receive_message_length': -1,
  });
  const deadline = (): { deadline: number } => ({ deadline: Date.now() + 20_000 });
  const gateway = connect({
    client,
    identity: user.identity,
    signer: signers.newPrivateKeySigner(user.key),
    evaluateOptions: deadline,
    endorseOptions: deadline,
    submitOptions: deadline,
    commitStatusOptions: deadline,
  });
  return {
    gateway,
    client,
    close: () => {
      gateway.close();
      client.close();
    },
  };
}
