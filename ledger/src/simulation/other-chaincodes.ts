import { decode } from '../codec/index.js';
import { ChaincodeSpec } from '../proto/index.js';

/** Who calls. */
interface Caller {
  readonly channel: string;
  readonly chaincode: string;
  readonly txId: string;
}

/**
 * Why a call of another chaincode fails, in Fabric's words (F:core/chaincode/handler.go, HandleInvokeChaincode). On a channel
 * with one chaincode, which cannot call itself within its own transaction, every such call does.
 *
 * @param payload a ChaincodeSpec; its name may carry a channel behind a slash
 */
export function callFailure(payload: Uint8Array, { channel, chaincode, txId }: Caller): string {
  const { chaincodeId } = decode(ChaincodeSpec, payload);
  const [name = '', asked] = (chaincodeId?.name ?? '').split('/');
  const target = asked ?? channel;
  if (target !== channel) return `Failed to get policy manager for channel [${target}]`;
  if (name === chaincode) return `execute failed: error sending: txid: ${txId}(${channel}) exists`;
  const where = `invalid invocation: [channel ${channel}] failed to get chaincode container info for ${name}`;
  return `execute failed: ${where}: chaincode ${name} not found`;
}
