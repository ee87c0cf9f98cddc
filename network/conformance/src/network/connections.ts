import { Client, credentials } from '@grpc/grpc-js';
import { connect, type Gateway, hash } from '@hyperledger/fabric-gateway';
import { decode } from '@passage/ledger';
import type { Decoded } from '@passage/ledger';
import { DeliverResponse, type Signer } from '@passage/network-embedded/testing';

import type { NetworkUnderTest, OrganizationName, TestedOrganization } from './under-test.js';

/** Longer than anything takes that is going to end well. */
const PATIENCE_MS = 40_000;

const same = (message: Buffer): Buffer => message;

/** One call of a streaming method without a client library. */
export interface RawStream {
  send(message: Uint8Array): void;
  /** The next answer, as it came; undefined at the end. */
  next(): Promise<Buffer | undefined>;
  nextDelivery(): Promise<Decoded<typeof DeliverResponse> | undefined>;
  close(): void;
}

/** One connection to each peer and orderer, and Fabric's own client on them for whoever wants to speak. */
export class Connections {
  readonly #network: NetworkUnderTest;
  readonly #clients = new Map<string, Client>();
  readonly #gateways = new Map<OrganizationName, Map<Signer, Gateway>>();

  constructor(network: NetworkUnderTest) {
    this.#network = network;
  }

  /** Fabric's client as `user` at an organisation's gateway. It signs whole messages: our keys hash by themselves. */
  gateway(at: OrganizationName, user: Signer): Gateway {
    const here = this.#gateways.get(at) ?? new Map<Signer, Gateway>();
    this.#gateways.set(at, here);
    const deadline = (): { deadline: number } => ({ deadline: Date.now() + PATIENCE_MS });
    const gateway =
      here.get(user) ??
      connect({
        client: this.#client(this.#network.organization(at), 'peerAddress'),
        identity: { mspId: user.mspId, credentials: Buffer.from(user.certificatePem) },
        hash: hash.none,
        signer: (message) => Promise.resolve(user.sign(message)),
        evaluateOptions: deadline,
        endorseOptions: deadline,
        submitOptions: deadline,
        commitStatusOptions: deadline,
      });
    here.set(user, gateway);
    return gateway;
  }

  /** Opens a stream to a peer's or an orderer's port, which the path of the method decides. */
  stream(at: OrganizationName, path: string): RawStream {
    const node = path.startsWith('/orderer.') ? 'ordererAddress' : 'peerAddress';
    const call = this.#client(this.#network.organization(at), node).makeBidiStreamRequest(path, same, same);
    const answers = call.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>;
    const next = async (): Promise<Buffer | undefined> => (await answers.next()).value;
    return {
      send: (message) => call.write(Buffer.from(message)),
      next,
      nextDelivery: async () => {
        const answer = await next();
        return answer && decode(DeliverResponse, answer);
      },
      close: () => {
        call.on('error', () => undefined);
        call.cancel();
      },
    };
  }

  close(): void {
    for (const here of this.#gateways.values()) for (const gateway of here.values()) gateway.close();
    for (const client of this.#clients.values()) client.close();
  }

  #client(organization: TestedOrganization, node: 'peerAddress' | 'ordererAddress'): Client {
    const address = organization[node];
    const open =
      this.#clients.get(address) ??
      new Client(address, credentials.createSsl(organization.tlsRoot), {
        'grpc.max_receive_message_length': -1,
        'grpc.max_send_message_length': -1,
      });
    this.#clients.set(address, open);
    return open;
  }
}
