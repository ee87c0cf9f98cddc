import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash } from '@hyperledger/fabric-gateway';
import { openKey, readIdentity } from '@passage/enrolment';

interface Profile {
  readonly channel: string;
  readonly chaincode: string;
  readonly organizations: readonly {
    readonly name: string;
    readonly mspId: string;
    readonly peer: { readonly address: string; readonly tlsRootCert: string };
  }[];
}

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
  const profile = JSON.parse(readFileSync(join(dir, 'profile.json'), 'utf8')) as Profile;
  const organization = profile.organizations.find(({ name }) => name === call.organization);
  if (organization === undefined) throw new TypeError(`there is no organisation ${call.organization}`);
  const { mspId, peer } = organization;
  const identity = readIdentity(identityFolder);
  const key = await openKey(identity.key, { pin: () => call.pin ?? '' }, 'existing');
  const client = new Client(
    peer.address,
    credentials.createSsl(readFileSync(resolve(dir, peer.tlsRootCert))),
  );
  const gateway = connect({
    client,
    identity: { mspId, credentials: Buffer.from(identity.cert) },
    signer: (message) => key.sign(message),
    hash: hash.none,
  });
  try {
    const contract = gateway.getNetwork(profile.channel).getContract(profile.chaincode);
    await contract.submitTransaction(call.name, JSON.stringify(call.input));
  } finally {
    gateway.close();
    client.close();
    key.close();
  }
}
