import { bool, bytes, embedded, enumeration, int32, map, message, repeated, string } from '../codec/index.js';
import type { Decoded } from '../codec/index.js';

/** Language of a chaincode, which Fabric carries in every invocation and ignores. */
export const ChaincodeSpecType = { UNDEFINED: 0, GOLANG: 1, NODE: 2, CAR: 3, JAVA: 4 } as const;

export const ChaincodeID = message(
  'protos.ChaincodeID',
  {
    path: string(1),
    name: string(2),
    version: string(3),
  },
  (next) => ({ path: next.string(1), name: next.string(2), version: next.string(3) }),
);
export type ChaincodeID = Decoded<typeof ChaincodeID>;

export const ChaincodeInput = message('protos.ChaincodeInput', {
  args: repeated(bytes(1)),
  decorations: map(2, string, bytes),
  isInit: bool(3),
});
export type ChaincodeInput = Decoded<typeof ChaincodeInput>;

export const ChaincodeSpec = message('protos.ChaincodeSpec', {
  type: enumeration(1),
  chaincodeId: embedded(2, ChaincodeID),
  input: embedded(3, ChaincodeInput),
  timeout: int32(4),
});
export type ChaincodeSpec = Decoded<typeof ChaincodeSpec>;

export const ChaincodeInvocationSpec = message('protos.ChaincodeInvocationSpec', {
  chaincodeSpec: embedded(1, ChaincodeSpec),
});
export type ChaincodeInvocationSpec = Decoded<typeof ChaincodeInvocationSpec>;

export const ChaincodeEvent = message(
  'protos.ChaincodeEvent',
  {
    chaincodeId: string(1),
    txId: string(2),
    eventName: string(3),
    payload: bytes(4),
  },
  (next) => ({
    chaincodeId: next.string(1),
    txId: next.string(2),
    eventName: next.string(3),
    payload: next.bytes(4),
  }),
);
export type ChaincodeEvent = Decoded<typeof ChaincodeEvent>;
