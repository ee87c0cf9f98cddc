import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client, credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { connect, GatewayError, hash } from '@hyperledger/fabric-gateway';
import type { Gateway } from '@hyperledger/fabric-gateway';
import {
  BlockMetadataIndex,
  channelConfigOf,
  decode,
  enumeration,
  message,
  Metadata,
  OrdererBlockMetadata,
  readBlock,
  string,
  uint64,
} from '@passage/ledger';
import type { ChannelConfig } from '@passage/ledger';

import type { CertificateHolder } from '../ca/token.js';
import { EnrolmentError, messageOf } from '../errors.js';

/** A gRPC endpoint; `tlsRootCert` is a PEM file. */
export interface Endpoint {
  readonly address: string;
  readonly tlsRootCert: string;
}

/** One organisation's way to the channel. */
export interface ChannelPlace {
  readonly channel: string;
  readonly mspId: string;
  readonly peer: Endpoint;
  readonly orderer: Endpoint;
}

const CALL_MS = 15_000;
const IN_FORCE_MS = 60_000;
const POLL_MS = 200;

const BROADCAST = '/orderer.AtomicBroadcast/Broadcast';
const SUCCESS = 200;

/** common/ledger.proto, as far as it is needed. */
const BlockchainInfo = message('common.BlockchainInfo', { height: uint64(1) });

/** orderer/ab.proto */
const BroadcastResponse = message('orderer.BroadcastResponse', { status: enumeration(1), info: string(2) });

/** The channel as one identity reaches it: through its own organisation's peer and orderer. */
export class Channel {
  readonly place: ChannelPlace;
  readonly #peer: Client;
  readonly #gateway: Gateway;

  constructor(place: ChannelPlace, holder: CertificateHolder) {
    this.place = place;
    this.#peer = dial(place.peer);
    this.#gateway = connect({
      client: this.#peer,
      identity: { mspId: place.mspId, credentials: Buffer.from(holder.cert) },
      signer: (bytes) => holder.sign(bytes),
      hash: hash.none,
      evaluateOptions: () => ({ deadline: Date.now() + CALL_MS }),
    });
  }

  /**
   * Asks the peer for the channel's height, which any identity of a member may: so the answer is whether the network takes
   * this certificate. Returns the words of a refusal. Throws CHANNEL_UNREACHABLE.
   */
  async refusal(): Promise<string | undefined> {
    try {
      await this.#query('GetChainInfo');
      return undefined;
    } catch (error) {
      if (!(error instanceof GatewayError) || isUnreachable(error)) throw unreachable(this.place.peer, error);
      return [...new Set(error.details.map((detail) => detail.message))].join('; ') || error.message;
    }
  }

  /** The configuration in force, as the organisation's own peer has it. Throws CHANNEL_UNREACHABLE. */
  async config(): Promise<ChannelConfig> {
    try {
      const { height } = decode(BlockchainInfo, await this.#query('GetChainInfo'));
      const newest = readBlock(await this.#query('GetBlockByNumber', String(height - 1)));
      const signatures = decode(Metadata, newest.metadata[BlockMetadataIndex.SIGNATURES] ?? new Uint8Array());
      const { lastConfig } = decode(OrdererBlockMetadata, signatures.value);
      const block = await this.#query('GetBlockByNumber', String(lastConfig?.index ?? 0));
      return channelConfigOf(readBlock(block));
    } catch (error) {
      throw unreachable(this.place.peer, error);
    }
  }

  /** Hands an envelope to the organisation's orderer. Throws CHANNEL_REFUSED or CHANNEL_UNREACHABLE. */
  async broadcast(envelope: Uint8Array): Promise<void> {
    const orderer = dial(this.place.orderer);
    try {
      const answer = decode(BroadcastResponse, await this.#answer(orderer, envelope));
      if (answer.status === SUCCESS) return;
      const words = `the orderer answered ${String(answer.status)}: ${answer.info}`;
      throw new EnrolmentError('CHANNEL_REFUSED', words);
    } finally {
      orderer.close();
    }
  }

  /** Waits until the peer's configuration is as wanted. Throws CHANNEL_UNREACHABLE when it takes longer than a minute. */
  async waitFor(isWanted: (config: ChannelConfig) => boolean): Promise<void> {
    const patience = Date.now() + IN_FORCE_MS;
    while (!isWanted(await this.config())) {
      if (Date.now() > patience) {
        const peer = this.place.peer.address;
        throw new EnrolmentError(
          'CHANNEL_UNREACHABLE',
          `the peer at ${peer} has not received the new configuration`,
        );
      }
      await sleep(POLL_MS);
    }
  }

  close(): void {
    this.#gateway.close();
    this.#peer.close();
  }

  #query(name: string, ...args: readonly string[]): Promise<Uint8Array> {
    const { channel } = this.place;
    return this.#gateway
      .getNetwork(channel)
      .getContract('qscc')
      .evaluateTransaction(name, channel, ...args);
  }

  #answer(orderer: Client, envelope: Uint8Array): Promise<Buffer> {
    const same = (bytes: Buffer): Buffer => bytes;
    return new Promise((done, failed) => {
      const options = { deadline: Date.now() + CALL_MS };
      const call = orderer.makeBidiStreamRequest(BROADCAST, same, same, options);
      call.once('data', (answer: Buffer) => {
        done(answer);
        call.end();
      });
      call.on('error', (error: ServiceError) => {
        failed(unreachable(this.place.orderer, error));
      });
      call.write(Buffer.from(envelope));
    });
  }
}

function dial({ address, tlsRootCert }: Endpoint): Client {
  return new Client(address, credentials.createSsl(readFileSync(tlsRootCert)), {
    'grpc.max_receive_message_length': -1,
  });
}

/** gRPC's UNAVAILABLE and DEADLINE_EXCEEDED: nobody has answered. */
function isUnreachable({ code }: GatewayError): boolean {
  return code === (status.UNAVAILABLE as number) || code === (status.DEADLINE_EXCEEDED as number);
}

function unreachable({ address }: Endpoint, cause: unknown): EnrolmentError {
  if (cause instanceof EnrolmentError) return cause;
  return new EnrolmentError('CHANNEL_UNREACHABLE', `${address} cannot be used: ${messageOf(cause)}`, {
    cause,
  });
}
