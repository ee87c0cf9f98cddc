import {
  SerializedIdentity,
  decode,
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
  const { index, txId, code, timestamp, writes } = verdict;
  const creator = creatorOf(verdict, msps);
  const time = timestamp && isoTime(timestamp);
  const call = verdict.chaincode === chaincode ? callOf(verdict) : undefined;
  return {
    position: index,
    transactionId: txId,
    code,
    ...(time !== undefined && { timestamp: time }),
    ...(creator && { creator }),
    ...(call && { call }),
    writes: writes
      .filter((write) => write.namespace === chaincode)
      .map(({ key, value }) => ({ key, ...(value !== undefined && { value }) })),
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
