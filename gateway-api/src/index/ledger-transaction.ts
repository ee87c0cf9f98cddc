import { isForged } from '@passage/domain';
import {
  SerializedIdentity,
  TxValidationCode,
  decode,
  endorsingOrganizations,
  fabricAttributes,
  readCertificatePem,
  readInvocation,
  recover,
} from '@passage/ledger';
import type { MspManager, TransactionVerdict } from '@passage/ledger';

import type { Creator, VerifiedTransaction } from './verified-block.js';

type Timestamp = NonNullable<TransactionVerdict['timestamp']>;

/**
 * What the index needs of a judged transaction. Parts that cannot be read are left out: hostile bytes hide nothing. `msps`
 * are those that judged it: they know its creator already.
 */
export function transactionOf(
  verdict: TransactionVerdict,
  chaincode: string,
  msps: MspManager,
): VerifiedTransaction {
  const { index, txId, code, timestamp } = verdict;
  const creator = creatorOf(verdict, msps);
  const time = timestamp && isoTime(timestamp);
  const isOurs = verdict.chaincode === chaincode && judgedByItsCall.has(code);
  const call = isOurs ? callOf(verdict) : undefined;
  return {
    position: index,
    transactionId: txId,
    code,
    ...(time !== undefined && { timestamp: time }),
    ...(creator && { creator }),
    ...(call && { call }),
    ...genuineAndForged(verdict, chaincode, msps),
  };
}

/**
 * Codes of transactions whose form and creator stand, so that what they called is theirs. Of others nothing is told: how far they
 * were read depends on where they failed.
 */
const judgedByItsCall: ReadonlySet<number> = new Set([
  TxValidationCode.VALID,
  TxValidationCode.ENDORSEMENT_POLICY_FAILURE,
  TxValidationCode.MVCC_READ_CONFLICT,
  TxValidationCode.PHANTOM_READ_CONFLICT,
]);

/** What the transaction wrote under our chaincode, apart from what it had no right to say. */
function genuineAndForged(
  { transaction, writes }: TransactionVerdict,
  chaincode: string,
  msps: MspManager,
): Pick<VerifiedTransaction, 'writes' | 'forged'> {
  const ours = writes
    .filter((write) => write.namespace === chaincode)
    .map(({ key, value }) => ({ key, ...(value !== undefined && { value }) }));
  if (!ours.some(({ key, value }) => value && isForged(key, value, []))) return { writes: ours };
  const endorsers = transaction ? endorsingOrganizations(transaction, msps) : [];
  const forged = ours.filter(({ key, value }) => value && isForged(key, value, endorsers));
  return {
    writes: ours.filter((write) => !forged.includes(write)),
    forged: forged.map(({ key }) => ({ key, endorsers })),
  };
}

/** Party, role and key holder as the CA wrote them into the creator's certificate. */
function creatorOf({ creator }: TransactionVerdict, msps: MspManager): Creator | undefined {
  if (creator === undefined) return undefined;
  return recover(
    () => {
      const { mspid, idBytes } = decode(SerializedIdentity, creator);
      const certificate = msps.findIdentity(creator)?.certificate ?? readCertificatePem(idBytes);
      const attributes = fabricAttributes(certificate);
      const party = attributes.get('passage.party');
      const role = attributes.get('passage.role');
      const keyHeldBy = attributes.get('passage.keyHeldBy');
      return {
        mspId: mspid,
        ...(party !== undefined && { party }),
        ...(role !== undefined && { role }),
        ...(keyHeldBy !== undefined && { keyHeldBy }),
      };
    },
    () => undefined,
  );
}

function callOf({ transaction }: TransactionVerdict): VerifiedTransaction['call'] {
  if (transaction === undefined) return undefined;
  return recover(
    () => {
      const [command, argument] = readInvocation(transaction.visiblePayload).input.args;
      if (command === undefined) return undefined;
      return {
        command: Buffer.from(command).toString('utf8'),
        argument: Buffer.from(argument ?? []).toString('utf8'),
      };
    },
    () => undefined,
  );
}

/** ISO 8601 UTC with milliseconds; finer digits are cut, as the chaincode does. */
function isoTime({ seconds, nanos }: Timestamp): string | undefined {
  const time = new Date(seconds * 1000 + Math.floor(nanos / 1_000_000));
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
