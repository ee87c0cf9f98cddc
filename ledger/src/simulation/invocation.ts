import { utf8 } from '../codec/index.js';
import { sequenceKey } from '../lifecycle/index.js';
import { LIFECYCLE_NAMESPACE } from '../state/index.js';
import type { ChaincodeDefinition } from '../lifecycle/index.js';
import type { StateEntry } from '../state/index.js';

/** Where a chaincode whose definition asks for it notes that it was initialised (F:core/chaincode/chaincode_support.go). */
const INITIALIZED = '\u0000\u{10ffff}initialized';

/** Where definitions stood before there was a lifecycle. */
const LEGACY_NAMESPACE = 'lscc';

/** The state as a simulation sees it: whatever is done here is recorded. */
export interface RecordedState {
  read(namespace: string, key: string): StateEntry | undefined;
  write(key: string, value: Uint8Array): void;
}

/**
 * Whether a call may reach a chaincode that is defined, and notes that it is initialised where the call does that
 * (F:core/chaincode/chaincode_support.go, CheckInvocation).
 *
 * @throws Error in Fabric's words
 */
export function checkInitialized(
  state: RecordedState,
  chaincode: string,
  { version, initRequired }: Pick<ChaincodeDefinition, 'version' | 'initRequired'>,
  isInit: boolean,
): void {
  const isNeeded = initRequired && textOf(state.read(chaincode, INITIALIZED)) !== version;
  const refused = (why: string): Error => new Error(`invalid invocation: chaincode '${chaincode}' ${why}`);
  if (!isInit) {
    if (isNeeded) throw refused('has not been initialized for this version, must call as init first');
    return;
  }
  if (!initRequired) throw refused('does not require initialization but called as init');
  if (!isNeeded) throw refused('is already initialized but called as init');
  state.write(INITIALIZED, utf8(version));
}

/**
 * Looks for a chaincode that the channel does not define in both places where it could stand
 * (F:core/chaincode/lifecycle/endorsement_info.go, F:core/scc/lscc/lscc.go).
 *
 * @returns what Fabric answers a chaincode that calls it
 */
export function missingChaincode(
  state: Pick<RecordedState, 'read'>,
  chaincode: string,
  channel: string,
): Error {
  state.read(LIFECYCLE_NAMESPACE, sequenceKey(chaincode));
  state.read(LEGACY_NAMESPACE, chaincode);
  const where = `invalid invocation: [channel ${channel}] failed to get chaincode container info for ${chaincode}`;
  return new Error(`execute failed: ${where}: chaincode ${chaincode} not found`);
}

function textOf(entry: StateEntry | undefined): string | undefined {
  return entry && new TextDecoder().decode(entry.value);
}
