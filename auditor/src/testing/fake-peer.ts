import { Server, ServerCredentials } from '@grpc/grpc-js';
import { decode, encode, Envelope, Payload } from '@passage/ledger';
import { DeliverResponse, SeekInfo } from '../source/deliver-messages.js';
import type { ServerDuplexStream } from '@grpc/grpc-js';

/** How a fake peer answers a request for all blocks. */
export interface FakePeerBehaviour {
  readonly blocks: readonly Uint8Array[];
  /** Refuse with this status instead. */
  readonly refuseWith?: number;
  /** End the stream after so many blocks, without a status. */
  readonly breakAfter?: number;
}

export interface FakePeer {
  readonly address: string;
  /** Envelopes that came in. */
  readonly requests: readonly Uint8Array[];
  stop(): void;
}

/** A Deliver service over TLS on a free port, which answers as told. */
export async function startFakePeer(
  tls: { certificate: string; privateKey: string },
  behaviour: FakePeerBehaviour,
): Promise<FakePeer> {
  const requests: Uint8Array[] = [];
  const same = (bytes: Buffer): Buffer => bytes;
  const server = new Server({ 'grpc.max_send_message_length': -1 });
  const definition = {
    Deliver: {
      path: '/protos.Deliver/Deliver',
      requestStream: true,
      responseStream: true,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    },
  };
  server.addService(definition, {
    Deliver(call: ServerDuplexStream<Buffer, Buffer>) {
      call.on('data', (envelope: Buffer) => {
        requests.push(envelope);
        answer(call, envelope, behaviour);
      });
    },
  });
  const keys = { private_key: Buffer.from(tls.privateKey), cert_chain: Buffer.from(tls.certificate) };
  const credentials = ServerCredentials.createSsl(null, [keys]);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('localhost:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return {
    address: `localhost:${port}`,
    requests,
    stop: () => {
      server.forceShutdown();
    },
  };
}

function answer(
  call: ServerDuplexStream<Buffer, Buffer>,
  envelope: Buffer,
  { blocks, refuseWith, breakAfter }: FakePeerBehaviour,
): void {
  const send = (response: { status: number } | { block: Uint8Array }): void => {
    call.write(Buffer.from(encode(DeliverResponse, response)));
  };
  if (refuseWith !== undefined) {
    send({ status: refuseWith });
    return;
  }
  const { start } = decode(SeekInfo, decode(Payload, decode(Envelope, envelope).payload).data);
  const asked = start?.newest === undefined ? blocks : blocks.slice(-1);
  for (const block of asked.slice(0, breakAfter)) send({ block });
  if (breakAfter === undefined || start?.newest !== undefined) send({ status: 200 });
  else call.end();
}
