import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client, credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { expect } from 'chai';
import { decode, utf8 } from '@passage/ledger';

import type { Organization, RunningServices } from '../network.js';
import { organizationsFixture } from '../pki/organizations-fixture.js';
import { ErrorDetail } from '../proto/gateway.js';
import { RpcStatus } from '../proto/rpc-status.js';
import { RpcError } from './rpc-error.js';
import { startGrpcServer } from './server.js';
import type { GrpcService } from './service.js';

const same = (message: Buffer): Buffer => message;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** Largest number of messages that the fast sender had handed over before anybody read. */
let handedOver = 0;
let gone = false;
const releases: (() => void)[] = [];

const SERVICE: GrpcService = {
  name: 'test.Service',
  concurrency: 2,
  methods: {
    Echo: { kind: 'unary', handle: (request) => Promise.resolve(request) },
    Refuse: {
      kind: 'unary',
      handle: () =>
        Promise.reject(new RpcError(status.ABORTED, 'no', [{ address: 'a', mspId: 'm', message: 'why' }])),
    },
    Break: { kind: 'unary', handle: () => Promise.reject(new Error('a fault of ours')) },
    Wait: {
      kind: 'unary',
      handle: (request, signal) =>
        new Promise((resolve) => {
          releases.push(() => resolve(request));
          signal.addEventListener('abort', () => {
            gone = true;
            resolve(request);
          });
        }),
    },
    Flood: {
      kind: 'server-stream',
      handle: async (_request, send) => {
        for (handedOver = 0; handedOver < 300; handedOver++) await send(new Uint8Array(100_000));
      },
    },
    Shout: {
      kind: 'duplex',
      handle: async (requests, send) => {
        for await (const request of requests) {
          if (text(request) === 'stop') return;
          await send(utf8(text(request).toUpperCase()));
        }
        await send(utf8('the end'));
      },
    },
  },
};

describe('gRPC server', function () {
  this.timeout(30_000);
  let organization: Organization;
  let server: RunningServices;
  let client: Client;
  let port: number;

  before(async () => {
    [organization] = (await organizationsFixture()).organizations as [Organization];
    // Below the ports that systems give to outgoing connections: one of those may be in use by nobody's choice.
    port = randomInt(30_000, 32_700);
    server = await startGrpcServer(port, organization.serverTls, [SERVICE]);
    client = new Client(`localhost:${port}`, credentials.createSsl(Buffer.from(organization.tlsRootPem)), {
      'grpc.max_receive_message_length': -1,
      'grpc.max_send_message_length': -1,
    });
  });
  after(async () => {
    client.close();
    await server.close();
  });

  const call = (method: string, request = 'x'): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      client.makeUnaryRequest(
        `/test.Service/${method}`,
        same,
        same,
        Buffer.from(request),
        (error, answer) => {
          if (error === null) resolve(answer ?? Buffer.alloc(0));
          else reject(error);
        },
      );
    });
  const refusal = (method: string): Promise<ServiceError> =>
    call(method).then(
      () => Promise.reject(new Error('not refused')),
      (error: unknown) => error as ServiceError,
    );

  it('passes bytes through as they are', async () => {
    expect(text(await call('Echo', 'raw'))).to.equal('raw');
    expect(await call('Echo', 'x'.repeat(6_000_000))).to.have.length(6_000_000);
  });

  it('sends the endpoints’ words in the trailer where Fabric’s clients look for them', async () => {
    const error = await refusal('Refuse');
    expect(error).to.include({ code: status.ABORTED, details: 'no' });
    const [trailer] = error.metadata.get('grpc-status-details-bin');
    const { code, message, details } = decode(RpcStatus, trailer as Buffer);
    expect({ code, message }).to.deep.equal({ code: status.ABORTED, message: 'no' });
    expect(details[0]?.typeUrl).to.equal('type.googleapis.com/gateway.ErrorDetail');
    expect(decode(ErrorDetail, details[0]?.value ?? new Uint8Array())).to.deep.equal({
      address: 'a',
      mspId: 'm',
      message: 'why',
    });
  });

  it('answers a fault with its sentence alone', async () => {
    expect(await refusal('Break')).to.include({ code: status.INTERNAL, details: 'a fault of ours' });
  });

  it('refuses more calls at once than the service may have, and no longer when one has ended', async () => {
    const first = call('Wait');
    const second = call('Wait');
    await sleep(100);
    const error = await refusal('Echo');
    expect(error.code).to.equal(status.UNKNOWN);
    expect(error.details).to.equal('too many requests for test.Service, exceeding concurrency limit (2)');
    for (const release of releases.splice(0)) release();
    await Promise.all([first, second]);
    await call('Echo');
  });

  it('tells a handler that its client has gone', async () => {
    gone = false;
    const waiting = client.makeUnaryRequest(
      '/test.Service/Wait',
      same,
      same,
      Buffer.alloc(0),
      () => undefined,
    );
    await sleep(100);
    waiting.cancel();
    await sleep(100);
    expect(gone).to.equal(true);
  });

  it('holds back a sender whose client does not read', async () => {
    const stream = client.makeServerStreamRequest('/test.Service/Flood', same, same, Buffer.alloc(0));
    stream.on('error', () => undefined);
    // The client library holds back only after its first message has been read.
    const answers = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    let received = await lengthOf(answers);
    await sleep(300);
    const before = handedOver;
    await sleep(300);
    expect(handedOver).to.equal(before);
    expect(handedOver).to.be.lessThan(300);
    for (let length = await lengthOf(answers); length > 0; length = await lengthOf(answers))
      received += length;
    expect(received).to.equal(30_000_000);
  });

  it('answers after the client has closed its half, and ends when the handler does', async () => {
    const stream = client.makeBidiStreamRequest('/test.Service/Shout', same, same);
    for (const word of ['a', 'b']) stream.write(Buffer.from(word));
    stream.end();
    const answers: string[] = [];
    for await (const answer of stream as AsyncIterable<Buffer>) answers.push(text(answer));
    expect(answers).to.deep.equal(['A', 'B', 'the end']);
  });

  it('ends a stream although the client has not closed its half', async () => {
    const stream = client.makeBidiStreamRequest('/test.Service/Shout', same, same);
    for (const word of ['a', 'stop']) stream.write(Buffer.from(word));
    const answers: string[] = [];
    for await (const answer of stream as AsyncIterable<Buffer>) answers.push(text(answer));
    expect(answers).to.deep.equal(['A']);
  });
});

/** Length of the next answer; 0 at the end. */
async function lengthOf(answers: AsyncIterator<Buffer>): Promise<number> {
  const step = await answers.next();
  return step.done === true ? 0 : step.value.length;
}
