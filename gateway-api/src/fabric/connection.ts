import { readFileSync } from 'node:fs';

import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash } from '@hyperledger/fabric-gateway';
import type { CallOptions } from '@grpc/grpc-js';
import type { Gateway } from '@hyperledger/fabric-gateway';
import type { Organization } from '@passage/enrolment';

import type { ActingIdentity } from '../enrolment/identities.js';

/** fabric-gateway sets no deadlines of its own; a lost orderer leader could hold a call for minutes. */
const EVALUATE_MS = 15_000;
const ENDORSE_MS = 30_000;
const SUBMIT_MS = 15_000;

/** One gRPC connection to the organisation's own peer, shared by every identity that signs through this gateway. */
export class PeerConnection {
  readonly #client: Client;
  readonly #gateways = new Map<string, { cert: string; gateway: Gateway }>();

  constructor(peer: Organization['peer']) {
    this.#client = new Client(peer.address, credentials.createSsl(readFileSync(peer.tlsRootCert)), {
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
      'grpc.keepalive_time_ms': 60_000,
      'grpc.max_reconnect_backoff_ms': 2_000,
    });
  }

  /** The connection itself, for whoever signs elsewhere. */
  get client(): Client {
    return this.#client;
  }

  /** fabric-gateway's client for an identity, made once for each certificate. */
  gateway(identity: ActingIdentity): Gateway {
    const known = this.#gateways.get(identity.name);
    if (known?.cert === identity.cert) return known.gateway;
    const gateway = connect({
      client: this.#client,
      identity: { mspId: identity.mspId, credentials: Buffer.from(identity.cert) },
      signer: identity.sign,
      hash: hash.none,
      evaluateOptions: within(EVALUATE_MS),
      endorseOptions: within(ENDORSE_MS),
      submitOptions: within(SUBMIT_MS),
    });
    this.#gateways.set(identity.name, { cert: identity.cert, gateway });
    return gateway;
  }

  close(): void {
    this.#client.close();
  }
}

function within(ms: number): () => CallOptions {
  return () => ({ deadline: Date.now() + ms });
}
