/** Sends one message; resolves when the stream can take the next one, and rejects when the client is gone. */
export type Send = (message: Uint8Array) => Promise<void>;

/** One request, one answer. The signal fires when the client gives up or its deadline passes. */
export interface UnaryMethod {
  readonly kind: 'unary';
  readonly handle: (request: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>;
}

/** One request, any number of answers; the stream ends when the handler settles. */
export interface ServerStreamMethod {
  readonly kind: 'server-stream';
  readonly handle: (request: Uint8Array, send: Send, signal: AbortSignal) => Promise<void>;
}

/**
 * Any number of requests and of answers. The requests end when the client closes its half; the answers end when the
 * handler settles, not before: `peer chaincode invoke --waitForEvent` closes its half at once and then waits for blocks.
 */
export interface DuplexMethod {
  readonly kind: 'duplex';
  readonly handle: (requests: AsyncIterable<Uint8Array>, send: Send, signal: AbortSignal) => Promise<void>;
}

export type Method = UnaryMethod | ServerStreamMethod | DuplexMethod;

/** A gRPC service over raw message bytes: handlers decode what they need and keep the rest as it came. */
export interface GrpcService {
  /** Full protobuf name, for instance `gateway.Gateway`. */
  readonly name: string;
  /** Calls in progress at once; above that a call is refused as Fabric's limiter does. */
  readonly concurrency: number;
  readonly methods: Readonly<Record<string, Method>>;
}
