import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client, credentials } from '@grpc/grpc-js';
import { connect, signers } from '@hyperledger/fabric-gateway';
import { messageOf } from '@passage/enrolment';

import type { Network } from './administrator.js';
import { FabricError } from './errors.js';
import { readPair } from './files.js';
import { CHAINCODE, CHANNEL, type Organization } from './topology.js';

/** Peers learn of one another by gossip, and launch the chaincode at the first call: a busy machine needs its time. */
const PATIENCE_MS = 60_000;

const POLL_MS = 100;

const CALL_MS = 15_000;

/** Every contract of Fabric's Node runtime answers it, whatever the ledger holds. */
const QUESTION = 'org.hyperledger.fabric:GetMetadata';

/**
 * Proves at the gateway of each organisation of ours that all endorse, or as many as the policy asks for. At each, because
 * after one is ready another may still answer that no combination of peers will do.
 *
 * @throws FabricError ENDORSEMENT_UNPROVED with the last answer
 */
export async function proveEndorsement(network: Network): Promise<void> {
  await Promise.all(network.own.map((organization) => proveAt(network, organization)));
}

async function proveAt(
  { paths, organizations, together }: Network,
  organization: Organization,
): Promise<void> {
  const { name, mspId, tlsName, port } = organization;
  const files = paths.organization(name);
  const { cert, key } = readPair(files.member('admin').identity);
  const root = readFileSync(files.tlsCaCert);
  const client = new Client(`${tlsName}:${port.peer}`, credentials.createSsl(root));
  const gateway = connect({
    client,
    identity: { mspId, credentials: Buffer.from(cert) },
    signer: signers.newPrivateKeySigner(createPrivateKey(key)),
    endorseOptions: () => ({ deadline: Date.now() + CALL_MS }),
  });
  const contract = gateway.getNetwork(CHANNEL).getContract(CHAINCODE);
  // Others may be down in their own time: then as many as the policy asks for will do.
  const asked = together ? { endorsingOrganizations: organizations.map((one) => one.mspId) } : {};
  const deadline = performance.now() + PATIENCE_MS;
  try {
    for (;;) {
      try {
        await contract.newProposal(QUESTION, asked).endorse();
        return;
      } catch (error) {
        if (performance.now() > deadline) throw unproved(name, together, error);
        await sleep(POLL_MS);
      }
    }
  } finally {
    gateway.close();
    client.close();
  }
}

function unproved(name: string, together: boolean, error: unknown): FabricError {
  const details = error instanceof Error && 'details' in error ? ` ${JSON.stringify(error.details)}` : '';
  return new FabricError(
    'ENDORSEMENT_UNPROVED',
    `no endorsement by ${together ? 'all' : 'enough'} organisations through the gateway of peer-${name} within ${PATIENCE_MS / 1000} s: ` +
      `${messageOf(error)}${details}`,
    { cause: error },
  );
}
