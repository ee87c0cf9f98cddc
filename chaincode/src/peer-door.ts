import { createRequire } from 'node:module';
import type { Context } from 'fabric-contract-api';

export type ChaincodeStub = Context['stub'];

/** Types of protos.ChaincodeMessage and of protos.WriteRecord (fabric-protos, peer/chaincode_shim.proto). */
export const MessageType = {
  PUT_STATE: 9,
  PUT_STATE_METADATA: 21,
  WRITE_BATCH_STATE: 24,
  GET_STATE_MULTIPLE: 25,
} as const;

/** Sends the peer one request of this transaction and gives the payload of its answer. */
export type PeerDoor = (type: number, payload: Uint8Array) => Promise<Uint8Array>;

interface ChaincodeMessage {
  setType(type: number): void;
  setPayload(payload: Uint8Array): void;
  setTxid(txId: string): void;
  setChannelId(channelId: string): void;
}

/** The way on which all of the shim's own requests go (fabric-shim 2.5.8, lib/handler.js). */
interface ShimHandler {
  _askPeerAndListen?(message: ChaincodeMessage, method: string): Promise<Uint8Array>;
}

/** The shim's stream takes messages of its own copy of fabric-protos only. */
const shimRequire = createRequire(createRequire(import.meta.url).resolve('fabric-shim'));
const { peer } = shimRequire('@hyperledger/fabric-protos') as {
  readonly peer: { readonly ChaincodeMessage: new () => ChaincodeMessage };
};

/**
 * A door for requests that Fabric's peers have understood since 3.1 and that the Node shim cannot say yet. The shim lines
 * them up with its own. Undefined behind a stub that is not the shim's, or where another shim has built it differently: then
 * one asks key by key.
 */
export function peerDoor(stub: ChaincodeStub): PeerDoor | undefined {
  const { handler } = stub as unknown as { readonly handler?: ShimHandler };
  if (typeof handler?._askPeerAndListen !== 'function') return undefined;
  return (type, payload) => {
    const message = new peer.ChaincodeMessage();
    message.setType(type);
    message.setPayload(payload);
    message.setTxid(stub.getTxID());
    message.setChannelId(stub.getChannelID());
    // The name matters only for the shim's log, and for methods whose answers it unpacks.
    return handler._askPeerAndListen?.(message, 'SeveralKeys') ?? Promise.reject(new Error('no door'));
  };
}
