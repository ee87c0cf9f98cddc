import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, type Contract, signers } from '@hyperledger/fabric-gateway';
import { readPair } from '../files.js';
import { needMember } from '../own-organization.js';
import { fabricPaths } from '../paths.js';
import {
  CHAINCODE,
  CHANNEL,
  type Joining,
  type Organization,
  type OrganizationName,
  topology,
} from '../topology.js';

/** An organisation's administrator at its own peer, with the stock client. */
export interface AdministratorClient {
  readonly contract: Contract;
  /** The peer's own chaincode that tells of the chain. */
  readonly chain: Contract;
  close(): void;
}

/** Connects to the network of all in `dir`. */
export function administratorClient(
  dir: string,
  basePort: number,
  name: OrganizationName,
  joined: readonly Joining[] = [],
): AdministratorClient {
  const organization = topology(basePort, joined).find((one) => one.name === name);
  if (organization === undefined) throw new TypeError(`there is no organisation ${name}`);
  return connected(dir, organization, `${organization.tlsName}:${String(organization.port.peer)}`);
}

/** Connects as the organisation whose folder it is, where its connection profile says. */
export function memberClient(dir: string): AdministratorClient {
  const paths = fabricPaths(dir);
  const { organizations } = JSON.parse(readFileSync(paths.profile, 'utf8')) as {
    readonly organizations: readonly { readonly peer: { readonly address: string } }[];
  };
  return connected(dir, needMember(paths), organizations[0]?.peer.address ?? '');
}

function connected(dir: string, { name, mspId }: Organization, target: string): AdministratorClient {
  const files = fabricPaths(dir).organization(name);
  const { cert, key } = readPair(files.member('admin').identity);
  const client = new Client(target, credentials.createSsl(readFileSync(files.tlsCaCert)));
  const gateway = connect({
    client,
    identity: { mspId, credentials: Buffer.from(cert) },
    signer: signers.newPrivateKeySigner(createPrivateKey(key)),
  });
  const network = gateway.getNetwork(CHANNEL);
  return {
    contract: network.getContract(CHAINCODE),
    chain: network.getContract('qscc'),
    close: () => {
      gateway.close();
      client.close();
    },
  };
}
