import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, type Contract, signers } from '@hyperledger/fabric-gateway';
import { readPair } from '../files.js';
import { fabricPaths } from '../paths.js';
import { CHAINCODE, CHANNEL, type OrganizationName, topology } from '../topology.js';

/** An organisation's administrator at its own peer, with the stock client. */
export interface AdministratorClient {
  readonly contract: Contract;
  close(): void;
}

/** Connects to the network in `dir`. */
export function administratorClient(
  dir: string,
  basePort: number,
  name: OrganizationName,
): AdministratorClient {
  const organization = topology(basePort).find((one) => one.name === name);
  if (organization === undefined) throw new TypeError(`there is no organisation ${name}`);
  const files = fabricPaths(dir).organization(name);
  const { cert, key } = readPair(files.member('admin').identity);
  const client = new Client(
    `${organization.tlsName}:${organization.port.peer}`,
    credentials.createSsl(readFileSync(files.tlsCaCert)),
  );
  const gateway = connect({
    client,
    identity: { mspId: organization.mspId, credentials: Buffer.from(cert) },
    signer: signers.newPrivateKeySigner(createPrivateKey(key)),
  });
  return {
    contract: gateway.getNetwork(CHANNEL).getContract(CHAINCODE),
    close: () => {
      gateway.close();
      client.close();
    },
  };
}
