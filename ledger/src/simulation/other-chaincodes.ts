import { decode, encode } from '../codec/index.js';
import { ChaincodeInput, ChaincodeSpec } from '../proto/index.js';

/** Another chaincode that one asks for while it runs. */
export interface ChaincodeRequest {
  readonly chaincode: string;
  readonly channel: string;
  /** protos.ChaincodeInput bytes. */
  readonly input: Uint8Array;
  /** Whether it is to be initialised. */
  readonly isInit: boolean;
}

/**
 * Reads what INVOKE_CHAINCODE asks for: `name:version/channel`, of which the version counts for nothing and the channel may be left
 * out (F:core/chaincode/handler.go, ParseName).
 *
 * @param payload protos.ChaincodeSpec bytes
 * @param own the channel of whoever asks
 */
export function readChaincodeRequest(payload: Uint8Array, own: string): ChaincodeRequest {
  const { chaincodeId, input } = decode(ChaincodeSpec, payload);
  const [, chaincode = '', channel = ''] = NAME.exec(chaincodeId?.name ?? '') ?? [];
  const isInit = input?.isInit ?? false;
  return {
    chaincode,
    channel: channel === '' ? own : channel,
    input: encode(ChaincodeInput, { args: input?.args ?? [], isInit }),
    isInit,
  };
}

const NAME = /^([^:/]*)(?::[^/]*)?(?:\/(.*))?$/s;

/** Why a chaincode that already runs for a transaction cannot be called in it, by itself or further on (F:…/transaction_contexts.go). */
export function runsAlready(txId: string, channel: string): Error {
  return new Error(`execute failed: error sending: txid: ${txId}(${channel}) exists`);
}
