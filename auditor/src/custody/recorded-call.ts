import { fabricAttributes, readInvocation, recover } from '@passage/ledger';
import type { Caller } from '@passage/domain';
import type { ChannelConfig, TransactionVerdict } from '@passage/ledger';
import type { RecordedCall } from './custody-transaction.js';

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
