import { Metadata, status } from '@grpc/grpc-js';
import type { ServerErrorResponse } from '@grpc/grpc-js';
import { encode, LedgerError } from '@passage/ledger';

import { ErrorDetail } from '../proto/gateway.js';
import { RpcStatus } from '../proto/rpc-status.js';

const DETAIL_TYPE = 'type.googleapis.com/gateway.ErrorDetail';

/** What one endpoint had to say about a failed call. */
export type EndpointError = Pick<ErrorDetail, 'address' | 'mspId' | 'message'>;

/** A refusal that travels to the client as a gRPC status, with the endpoints' own words as its details. */
export class RpcError extends Error {
  readonly code: status;
  readonly details: readonly EndpointError[];

  constructor(code: status, message: string, details: readonly EndpointError[] = []) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
    this.details = details;
  }
}

/**
 * The status that grpc-js sends for anything thrown in a handler. Details go into the trailer
 * `grpc-status-details-bin` (google.rpc.Status), where Fabric's clients look for them. Bytes that could not be read are
 * the caller's fault; whatever is left is ours, and only its sentence leaves the process.
 */
export function toServerError(error: unknown): ServerErrorResponse {
  if (error instanceof RpcError) return withDetails(error);
  if (error instanceof LedgerError) return withDetails(new RpcError(status.INVALID_ARGUMENT, error.message));
  const message = error instanceof Error ? error.message : String(error);
  return withDetails(new RpcError(status.INTERNAL, message));
}

function withDetails({ code, message, details }: RpcError): ServerErrorResponse {
  const metadata = new Metadata();
  if (details.length > 0) {
    const trailer = encode(RpcStatus, {
      code,
      message,
      details: details.map((detail) => ({ typeUrl: DETAIL_TYPE, value: encode(ErrorDetail, detail) })),
    });
    metadata.set('grpc-status-details-bin', Buffer.from(trailer));
  }
  return Object.assign(new Error(message), { code, details: message, metadata });
}
