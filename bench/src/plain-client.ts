import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { Client, credentials } from '@grpc/grpc-js';
import { connect, signers } from '@hyperledger/fabric-gateway';

/** Certificate and key of an identity, as PEM files. */
export interface IdentityFiles {
  readonly cert: string;
  readonly key: string;
}

/** Where a plain client connects, and to what: from the connection profile. */
export interface Peer {
  readonly mspId: string;
  readonly address: string;
  readonly tlsRootCert: string;
  readonly channel: string;
  readonly chaincode: string;
}

/** A plain client of Fabric's own gateway service: what an application would use without our gateway. */
export interface PlainClient {
  /** Endorses, submits and waits for the commit (fabric-gateway's submitTransaction). */
  submit(transaction: string, input: unknown): Promise<void>;
  close(): void;
}

/** Connects with the official client as its documentation says, its own signer included. */
export function plainClient(peer: Peer, files: IdentityFiles): PlainClient {
  const client = new Client(peer.address, credentials.createSsl(readFileSync(peer.tlsRootCert)));
  const gateway = connect({
    client,
    identity: { mspId: peer.mspId, credentials: readFileSync(files.cert) },
    signer: signers.newPrivateKeySigner(createPrivateKey(readFileSync(files.key))),
  });
  const contract = gateway.getNetwork(peer.channel).getContract(peer.chaincode);
  return {
    submit: async (transaction, input) => {
      await contract.submitTransaction(transaction, JSON.stringify(input));
    },
    close: () => {
      gateway.close();
      client.close();
    },
  };
}
