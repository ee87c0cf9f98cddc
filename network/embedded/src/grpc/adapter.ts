import { status } from '@grpc/grpc-js';
import type {
  ServerDuplexStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  UntypedHandleCall,
  sendUnaryData,
} from '@grpc/grpc-js';

import { RpcError, toServerError } from './rpc-error.js';
import type { DuplexMethod, GrpcService, Method, Send, ServerStreamMethod, UnaryMethod } from './service.js';

type WritableCall = ServerWritableStream<Buffer, Buffer> | ServerDuplexStream<Buffer, Buffer>;

/** Our services in the shape that grpc-js wants: a definition with raw (de)serialisers, and its handlers. */
export interface AdaptedService {
  readonly definition: ServiceDefinition;
  readonly implementation: Record<string, UntypedHandleCall>;
}

/** `stopping` fires when the server closes: streams that would stay open for ever end then. */
export function adaptService(service: GrpcService, stopping: AbortSignal): AdaptedService {
  const limit = new Limiter(service);
  const methods = Object.entries(service.methods);
  return {
    definition: Object.fromEntries(
      methods.map(([name, method]) => [name, define(service.name, name, method)]),
    ),
    implementation: Object.fromEntries(
      methods.map(([name, method]) => [name, adapt(method, limit, stopping)]),
    ),
  };
}

/** Made once: with a reason of its own, every abort would make an exception. */
const CLIENT_GONE = new RpcError(status.CANCELLED, 'the client has closed the stream');

const same = (message: Buffer): Buffer => message;
const asBuffer = (message: Uint8Array): Buffer =>
  Buffer.from(message.buffer, message.byteOffset, message.byteLength);

function define(service: string, name: string, { kind }: Method): ServiceDefinition[string] {
  return {
    path: `/${service}/${name}`,
    requestStream: kind === 'duplex',
    responseStream: kind !== 'unary',
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: asBuffer,
    responseDeserialize: same,
  };
}

function adapt(method: Method, limit: Limiter, stopping: AbortSignal): UntypedHandleCall {
  switch (method.kind) {
    case 'unary':
      return (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) =>
        void limit
          .run(() => runUnary(method, call))
          .then(
            (response) => callback(null, asBuffer(response)),
            (error: unknown) => callback(toServerError(error)),
          );
    case 'server-stream':
      return (call: ServerWritableStream<Buffer, Buffer>) =>
        void finish(call, stopping, (send, signal) =>
          limit.run(() => runServerStream(method, call, send, signal)),
        );
    case 'duplex':
      return (call: ServerDuplexStream<Buffer, Buffer>) =>
        void finish(call, stopping, (send, signal) => limit.run(() => runDuplex(method, call, send, signal)));
  }
}

async function runUnary(method: UnaryMethod, call: ServerUnaryCall<Buffer, Buffer>): Promise<Uint8Array> {
  const gone = new AbortController();
  call.on('cancelled', () => gone.abort(CLIENT_GONE));
  return method.handle(call.request, gone.signal);
}

function runServerStream(
  method: ServerStreamMethod,
  call: ServerWritableStream<Buffer, Buffer>,
  send: Send,
  signal: AbortSignal,
): Promise<void> {
  return method.handle(call.request, send, signal);
}

function runDuplex(
  method: DuplexMethod,
  call: ServerDuplexStream<Buffer, Buffer>,
  send: Send,
  signal: AbortSignal,
): Promise<void> {
  // Leaving the loop over the requests early must not tear down the half that still answers.
  const requests = call.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  return method.handle(requests, send, signal);
}

/** Runs a streaming handler and ends the stream with its outcome, unless the client has gone. */
async function finish(
  call: WritableCall,
  stopping: AbortSignal,
  run: (send: Send, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const gone = new AbortController();
  call.on('cancelled', () => gone.abort(CLIENT_GONE));
  const stop = (): void => {
    gone.abort(CLIENT_GONE);
    call.emit('error', toServerError(new RpcError(status.UNAVAILABLE, 'the network is stopping')));
  };
  stopping.addEventListener('abort', stop, { once: true });
  try {
    await run((message) => write(call, asBuffer(message), gone.signal), gone.signal);
    if (!gone.signal.aborted) call.end();
  } catch (error) {
    if (!gone.signal.aborted) call.emit('error', toServerError(error));
  } finally {
    stopping.removeEventListener('abort', stop);
  }
}

/** Writes one message and waits while the client's window is full, so that a slow reader costs no memory here. */
function write(call: WritableCall, message: Buffer, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(CLIENT_GONE);
  if (call.write(message)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const onDrain = (): void => {
      signal.removeEventListener('abort', onGone);
      resolve();
    };
    const onGone = (): void => {
      call.removeListener('drain', onDrain);
      reject(CLIENT_GONE);
    };
    call.once('drain', onDrain);
    signal.addEventListener('abort', onGone, { once: true });
  });
}

/** Fabric's limiter of one service (F:internal/peer/node/grpc_limiters.go): it refuses, it does not queue. */
class Limiter {
  readonly #service: GrpcService;
  #running = 0;

  constructor(service: GrpcService) {
    this.#service = service;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const { name, concurrency } = this.#service;
    if (this.#running >= concurrency) {
      const sentence = `too many requests for ${name}, exceeding concurrency limit (${concurrency})`;
      throw new RpcError(status.UNKNOWN, sentence);
    }
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
    }
  }
}
