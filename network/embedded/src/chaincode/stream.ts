import { Client, credentials } from '@grpc/grpc-js';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { ChaincodeID, decode, encode } from '@passage/ledger';
import type { Encodable } from '@passage/ledger';

import type { TlsMaterial } from '../network.js';
import {
  ChaincodeAdditionalParams,
  ChaincodeMessage,
  MessageType,
  messageTypeName,
} from '@passage/ledger/simulation';

/** Where a chaincode server listens, and what a peer shows and expects when it dials it. */
export interface ChaincodeTarget {
  /** `localhost:<port>`. */
  readonly address: string;
  /** Roots that the server's certificate must chain to. */
  readonly tlsRootPem: string;
  /** The peer's client certificate. */
  readonly clientTls: TlsMaterial;
}

/** An open conversation with a chaincode that has registered and was told READY. */
export interface ChaincodeStream {
  send(message: Encodable<ChaincodeMessage>): void;
  close(): void;
}

/** What the stream's owner hears of. */
export interface StreamListener {
  onMessage(message: ChaincodeMessage, stream: ChaincodeStream): void;
  /** The conversation is over, whoever ended it. Called once, and only after the stream was ready. */
  onEnd(): void;
}

/** A connection of its own for each dial: a shared one would wait out its back-off before it tries again. */
const OPTIONS = {
  'grpc.use_local_subchannel_pool': 1,
  'grpc.max_receive_message_length': -1,
  'grpc.max_send_message_length': -1,
  // Counts of messages for a debugging service that is not served.
  'grpc.enable_channelz': 0,
};

/** The peer's defaults (F:sampleconfig/core.yaml, chaincode.runtimeParams). */
const ADDITIONAL_PARAMS = {
  useWriteBatch: true,
  maxSizeWriteBatch: 1000,
  useGetMultipleKeys: true,
  maxSizeGetMultipleKeys: 1000,
};

const REGISTER_TIMEOUT_MS = 10_000;

const same = (message: Buffer): Buffer => message;
/** The same memory as a Buffer. */
const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/**
 * Dials a chaincode server (fabric-shim's `server` command) and goes through its greeting: the chaincode sends REGISTER,
 * the peer answers REGISTERED and READY (F:core/chaincode/handler.go, HandleRegister).
 *
 * @throws Error with the connection's own words if the chaincode cannot be reached or does not register in time.
 */
export function openChaincodeStream(
  target: ChaincodeTarget,
  listener: StreamListener,
): Promise<ChaincodeStream> {
  const client = dial(target);
  const call = client.makeBidiStreamRequest('/protos.Chaincode/Connect', same, same);
  return new Promise((resolve, reject) => {
    let ready = false;
    const stream: ChaincodeStream = {
      send: (message) => call.write(asBuffer(encode(ChaincodeMessage, message))),
      close: () => {
        call.cancel();
        client.close();
      },
    };
    const fail = (error: Error): void => {
      clearTimeout(timer);
      stream.close();
      if (ready) listener.onEnd();
      else reject(error);
      ready = false;
    };
    const timer = setTimeout(
      () => fail(new Error('the chaincode did not register in time')),
      REGISTER_TIMEOUT_MS,
    );
    const onFirst = (message: ChaincodeMessage): void => {
      clearTimeout(timer);
      greet(message, stream);
      ready = true;
      resolve(stream);
    };
    listen(call, (message) => (ready ? listener.onMessage(message, stream) : onFirst(message)), fail);
  });
}

function dial({ address, tlsRootPem, clientTls }: ChaincodeTarget): Client {
  const tls = credentials.createSsl(
    Buffer.from(tlsRootPem),
    Buffer.from(clientTls.keyPem),
    Buffer.from(clientTls.certificatePem),
  );
  return new Client(address, tls, OPTIONS);
}

/** Decodes what comes in. A message that cannot be read or that comes out of turn ends the stream, as on a peer. */
function listen(
  call: ClientDuplexStream<Buffer, Buffer>,
  onMessage: (message: ChaincodeMessage) => void,
  onEnd: (error: Error) => void,
): void {
  call.on('data', (raw: Buffer) => {
    try {
      onMessage(decode(ChaincodeMessage, raw));
    } catch (error) {
      onEnd(error instanceof Error ? error : new Error(String(error)));
    }
  });
  call.once('error', onEnd);
  call.on('error', () => undefined);
  call.once('end', () => onEnd(new Error('the chaincode closed the stream')));
}

function greet({ type, payload }: ChaincodeMessage, stream: ChaincodeStream): void {
  if (type !== MessageType.REGISTER) {
    throw new Error(`the chaincode sent ${messageTypeName(type)} before it registered`);
  }
  const { name } = decode(ChaincodeID, payload);
  if (name === '') throw new Error('error in handling register chaincode, chaincodeID name is empty');
  stream.send({ type: MessageType.REGISTERED });
  stream.send({ type: MessageType.READY, payload: encode(ChaincodeAdditionalParams, ADDITIONAL_PARAMS) });
}
