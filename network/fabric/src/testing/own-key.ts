import { readFileSync } from 'node:fs';

import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash } from '@hyperledger/fabric-gateway';
import { openKey, profileOrganization, readIdentity } from '@passage/enrolment';

import { CHAINCODE } from '../topology.js';

/** Submits a transaction of the contract with an owner's own key, from the folder that `passage enroll` wrote. */
export async function submitWithOwnKey(
  dir: string,
  identityFolder: string,
  call: {
    readonly organization: string;
    readonly pin?: string;
    readonly name: string;
    readonly input: object;
  },
): Promise<void> {
  const { channel, mspId, peer } = profileOrganization(dir, call.organization);
  const identity = readIdentity(identityFolder);
  const key = await openKey(identity.key, { pin: () => call.pin ?? '' }, 'existing');
  const client = new Client(peer.address, credentials.createSsl(readFileSync(peer.tlsRootCert)));
  const gateway = connect({
    client,
    identity: { mspId, credentials: Buffer.from(identity.cert) },
    signer: (message) => key.sign(message),
    hash: hash.none,
  });
  try {
    const contract = gateway.getNetwork(channel).getContract(CHAINCODE);
    await contract.submitTransaction(call.name, JSON.stringify(call.input));
  } finally {
    gateway.close();
    client.close();
    key.close();
  }
}
