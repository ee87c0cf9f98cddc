import { fabricAttributes, readInvocation, recover } from '@passage/ledger';
import type { Caller } from '@passage/domain';
import type { ChannelConfig, TransactionVerdict } from '@passage/ledger';
import type { Kept } from './record-view.js';

/** A transaction of the chaincode as the chain has it: who called what, and what was written. */
export interface RecordedCall {
  readonly txId: string;
  /** Name of the act. */
  readonly act: string;
  readonly argument: Uint8Array;
  /** Who asked, by the certificate; undefined where it cannot be read. */
  readonly caller: Caller | undefined;
  /** The transaction's timestamp: ISO 8601 UTC with milliseconds. */
  readonly at: string;
  /** What each key was left with; nothing where it was deleted. */
  readonly writes: readonly { readonly key: string; readonly kept?: Kept }[];
}

const NOTHING = new Uint8Array();

/** A valid transaction as the custody rules take it. Where another chaincode made ours write, there is no act. */
export function recordedCall(
  { txId, chaincode, creator, timestamp, transaction }: TransactionVerdict,
  ours: string,
  writes: RecordedCall['writes'],
  { msps }: ChannelConfig,
): RecordedCall {
  const args = recover(
    () => (transaction ? readInvocation(transaction.visiblePayload).input.args : []),
    () => [],
  );
  const [act = NOTHING, argument = NOTHING] = chaincode === ours ? args : [];
  return {
    txId,
    act: Buffer.from(act).toString('utf8'),
    argument,
    caller: creator && callerOf(creator, msps),
    at:
      timestamp === undefined ? '' : new Date(timestamp.seconds * 1000 + timestamp.nanos / 1e6).toISOString(),
    writes,
  };
}

/** Who asks, as the chaincode reads it from the certificate; undefined where no organisation knows it. */
function callerOf(creator: Uint8Array, msps: ChannelConfig['msps']): Caller | undefined {
  const identity = msps.findIdentity(creator);
  if (identity === undefined) return undefined;
  const attributes = fabricAttributes(identity.certificate);
  const partyId = attributes.get('passage.party');
  const role = attributes.get('passage.role');
  return {
    mspId: identity.mspId,
    admin: identity.role === 'admin',
    ...(partyId !== undefined && { partyId }),
    ...(role !== undefined && { role }),
  };
}
