import { bytes, int32, message, repeated, embedded, string } from '@passage/ledger';

/** A message with the URL of its type, of which gRPC's error details are made. */
export const Any = message('google.protobuf.Any', { typeUrl: string(1), value: bytes(2) });

/** What travels in the trailer `grpc-status-details-bin`. */
export const RpcStatus = message('google.rpc.Status', {
  code: int32(1),
  message: string(2),
  details: repeated(embedded(3, Any)),
});
