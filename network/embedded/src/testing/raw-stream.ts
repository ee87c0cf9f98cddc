import { Client, credentials } from '@grpc/grpc-js';
import { decode } from '@passage/ledger';
import type { Decoded } from '@passage/ledger';

import type { Organization } from '../network.js';
import { DeliverResponse } from '../proto/deliver.js';

const same = (message: Buffer): Buffer => message;

/** One call of a streaming method without any client library, to send what no library would. */
export interface RawStream {
  send(message: Uint8Array): void;
  /** Says that nothing more will be sent; the answers may still come. */
  closeSending(): void;
  /** The next answer; undefined at the end of the stream. */
  next(): Promise<Buffer | undefined>;
  /** The same for the methods that deliver blocks. */
  nextDelivery(): Promise<Decoded<typeof DeliverResponse> | undefined>;
  close(): void;
}

/** Opens a stream to a peer's or an orderer's port, which the path of the method decides. */
export function openStream({ ports, tlsRootPem }: Organization, path: string): RawStream {
  const port = path.startsWith('/orderer.') ? ports.orderer : ports.peer;
  const client = new Client(`localhost:${port}`, credentials.createSsl(Buffer.from(tlsRootPem)));
  const call = client.makeBidiStreamRequest(path, same, same);
  const answers = call.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>;
  const next = async (): Promise<Buffer | undefined> => (await answers.next()).value;
  return {
    send: (message) => call.write(Buffer.from(message)),
    closeSending: () => call.end(),
    next,
    nextDelivery: async () => {
      const answer = await next();
      return answer && decode(DeliverResponse, answer);
    },
    close: () => {
      call.on('error', () => undefined);
      call.cancel();
      client.close();
    },
  };
}
