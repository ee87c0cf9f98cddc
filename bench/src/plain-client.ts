import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client, credentials } from '@grpc/grpc-js';
import {
  connect,
  hash,
  GatewayError,
  type Network,
  signers,
  type SubmitError,
} from '@hyperledger/fabric-gateway';
import { lowSSigner } from '@passage/gateway-api';
import { decode, ProcessedTransaction } from '@passage/ledger';

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
  /** The same; tells the block in which the peer has it. */
  commit(transaction: string, input: unknown): Promise<number>;
  /** What one peer answers. */
  evaluate(transaction: string, input: unknown): Promise<string>;
  close(): void;
}

/** Who signs: the client library's own code, in JavaScript, or Node's OpenSSL, as our gateway does. */
export type Signing = 'library' | 'node';

/** Connects with the official client as its documentation says, its own signer included unless told otherwise. */
export function plainClient(peer: Peer, files: IdentityFiles, signing: Signing = 'library'): PlainClient {
  const client = new Client(peer.address, credentials.createSsl(readFileSync(peer.tlsRootCert)));
  const key = readFileSync(files.key, 'utf8');
  const gateway = connect({
    client,
    identity: { mspId: peer.mspId, credentials: readFileSync(files.cert) },
    ...(signing === 'library'
      ? { signer: signers.newPrivateKeySigner(createPrivateKey(key)) }
      : { signer: lowSSigner(key), hash: hash.none }),
  });
  const contract = gateway.getNetwork(peer.channel).getContract(peer.chaincode);
  return {
    submit: async (transaction, input) => {
      try {
        await contract.submitTransaction(transaction, JSON.stringify(input));
      } catch (error) {
        if (!isProcessedAlready(error)) throw error;
        await untilCommitted(gateway.getNetwork(peer.channel), error.transactionId);
      }
    },
    commit: async (transaction, input) => {
      const sent = await contract.submitAsync(transaction, { arguments: [JSON.stringify(input)] });
      const { successful, code, blockNumber } = await sent.getStatus();
      if (!successful) throw new RangeError(`${sent.getTransactionId()} has the code ${String(code)}`);
      return Number(blockNumber);
    },
    evaluate: async (transaction, input) =>
      Buffer.from(await contract.evaluateTransaction(transaction, JSON.stringify(input))).toString('utf8'),
    close: () => {
      gateway.close();
      client.close();
    },
  };
}

/**
 * The gateway sends to every orderer. One that has delivered the block before its own copy comes refuses the copy, and with two
 * such the submit fails although the transaction is on the ledger.
 */
function isProcessedAlready(error: unknown): error is SubmitError {
  return (
    error instanceof GatewayError &&
    'transactionId' in error &&
    error.details.some(({ message }) => message.includes('request already processed'))
  );
}

/** Waits until the peer has the transaction. @throws Error where it is not valid */
async function untilCommitted(network: Network, transactionId: string): Promise<void> {
  const ledger = network.getContract('qscc');
  for (const deadline = performance.now() + 10_000; ;) {
    try {
      const bytes = await ledger.evaluateTransaction('GetTransactionByID', network.getName(), transactionId);
      const { validationCode } = decode(ProcessedTransaction, bytes);
      if (validationCode !== 0)
        throw new RangeError(`${transactionId} has the code ${String(validationCode)}`);
      return;
    } catch (error) {
      if (error instanceof RangeError || performance.now() > deadline) throw error;
      await sleep(20);
    }
  }
}
