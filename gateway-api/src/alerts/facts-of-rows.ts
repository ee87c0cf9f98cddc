import {
  calibrationPeriods,
  decodeRecord,
  judgedKeyOf,
  keys,
  readStatement,
  statementFact,
  statementIdOf,
  whereaboutsOfPlace,
} from '@passage/domain';
import type {
  DeviceRecord,
  DeviceStep,
  EquivocationFact,
  KeyFact,
  OfferFact,
  StatementFact,
} from '@passage/domain';

import type { IndexReader } from '../index/reader.js';
import type { RecordedStatement } from '../index/statement-reader.js';

/** The fact that a recorded statement is. */
export function factOf(row: RecordedStatement): StatementFact {
  return statementFact(readStatement(row.jws), {
    at: { block: row.block, position: row.position, item: row.item },
    ledgerTime: timeOf(row.ledger_time),
    owner: row.owner,
    mspId: row.msp_id,
    late: row.late === 1,
  });
}

/** What became of a device's key, from every record that the ledger had of it. */
export async function keyFactOf(reader: IndexReader, kid: string, kind: string): Promise<KeyFact> {
  const steps = await deviceSteps(reader, kid);
  const first = (holds: (record: DeviceRecord) => boolean) => steps.find(({ record }) => holds(record));
  const revoked = first(({ status }) => status === 'revoked');
  const epochs = steps.flatMap(({ record: { epoch } }) => (epoch ? [epoch] : []));
  return {
    kid,
    kind,
    ...(revoked && { revoked: revoked.at }),
    ...judgedKeyOf(steps),
    equivocations: await equivocationsOf(reader, kid),
    calibrations: calibrationPeriods(steps.map(({ record }) => record)),
    epochs: [...new Map(epochs.map((epoch) => [epoch.number, epoch])).values()],
  };
}

/** What was proven against a key. The two statements are named by the proof's record, for its argument may hold anything. */
async function equivocationsOf(reader: IndexReader, kid: string): Promise<readonly EquivocationFact[]> {
  const proofs = await reader.devices.equivocations(kid).all();
  const facts = proofs.map(async ({ seq }) => {
    const key = keys.equivocation(kid, seq);
    return (await reader.chain.history(key))
      .slice(0, 1)
      .map(({ value, block, position, transaction_id }) => ({
        seq,
        at: { block, position, item: 0 },
        transactionId: transaction_id,
        statementIds: decodeRecord(key, Buffer.from(value)).statements.map((id) => statementIdOf({ id })),
      }));
  });
  return (await Promise.all(facts)).flat();
}

/** Every record that the ledger had of a device's key, oldest first. */
export async function deviceSteps(reader: IndexReader, kid: string): Promise<readonly DeviceStep[]> {
  const key = keys.device(kid);
  return (await reader.chain.history(key)).map(({ block, position, value }) => ({
    at: { block, position, item: 0 },
    record: decodeRecord(key, Buffer.from(value)),
  }));
}

/** The handovers of a shipment that were offered, with when they were answered. */
export async function offersOf(reader: IndexReader, ucr: string): Promise<readonly OfferFact[]> {
  const handovers = await reader.handovers.ofShipment(ucr).all();
  return Promise.all(
    handovers.map(async (row) => {
      const [offered] = await reader.chain.history(keys.handover(ucr, row.number));
      const { block, position, transaction_id } = offered ?? row;
      return {
        ucr,
        handover: row.number,
        transactionId: transaction_id,
        at: { block, position, item: 0 },
        offered: timeOf(row.offered_at),
        ...(row.closed_at !== null && { answered: timeOf(row.closed_at) }),
        where: whereaboutsOfPlace(row.place) ?? {},
      };
    }),
  );
}

/** Milliseconds of a time that the ledger wrote; 0 before its first transaction. */
export function timeOf(text: string | null): number {
  return text === null ? 0 : Date.parse(text);
}
