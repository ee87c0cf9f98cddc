import { keys, transform } from '@passage/domain';
import { lawful, unless } from '../custody-rule.js';
import { changesOf } from '../custody-transaction.js';
import type { CertificateRecord, LotRecord, Share, TransformationRecord } from '@passage/domain';
import type { CustodyRule, Looked } from '../custody-rule.js';
import type { Change, CustodyTransaction } from '../custody-transaction.js';

/** What lots lose is what was shipped or made of them, origin by origin, and certificates speak of no more than there is. */
export const lots: CustodyRule = {
  check: 'quantities',
  look: (transaction) => [
    ...changesOf(transaction, 'lot').flatMap((change) => [
      lookAtStock(change.after),
      lookAtUse(change, transaction),
      lookAtCertified(change, transaction),
    ]),
    ...changesOf(transaction, 'drawdown').map(({ key, after }) => {
      const lot = transaction.after.get(keys.lot(after.lot));
      return unless(lot?.shipped === after.number, `${key} is the latest of its lot`, String(lot?.shipped));
    }),
    ...changesOf(transaction, 'transformation').flatMap(({ after }) => lookAtOutputs(after, transaction)),
    ...changesOf(transaction, 'certificate').map((change) => lookAtCertificate(change, transaction)),
  ],
};

/** The shares of a lot add up to it, and certificates of it do not exceed it. */
function lookAtStock({ lot, quantity, remaining, shares, certified }: LotRecord): Looked {
  const made = shares.reduce((sum, share) => sum + share.quantity, 0);
  const left = shares.reduce((sum, share) => sum + share.remaining, 0);
  const within = shares.every((share) => share.remaining <= share.quantity) && certified <= quantity;
  const expected = `${lot}: shares of ${String(quantity)}, ${String(remaining)} left, at most as much certified`;
  return unless(
    made === quantity && left === remaining && within,
    expected,
    `${String(made)}, ${String(left)} left, ${String(certified)} certified`,
  );
}

/** What is gone of each origin went with consignments or into other lots, in this transaction. */
function lookAtUse({ before, after }: Change<'lot'>, transaction: CustodyTransaction): Looked {
  const { lot } = after;
  const shipped = changesOf(transaction, 'drawdown').filter((each) => each.after.lot === lot);
  const transformed = changesOf(transaction, 'transformation').flatMap((each) => each.after.inputs);
  const used = totals([
    ...shipped.flatMap((each) => each.after.shares),
    ...transformed.filter((input) => input.lot === lot).flatMap(({ shares }) => shares),
  ]);
  const gone = totals(
    after.shares.map(({ origin, quantity, remaining }) => {
      const was = before?.shares.find((share) => share.origin === origin)?.remaining;
      return { origin, quantity: (was ?? (before === undefined ? quantity : 0)) - remaining };
    }),
  );
  const counted = after.shipped === (before?.shipped ?? 0) + shipped.length;
  return unless(
    gone === used && counted,
    `${lot} loses what was used of it: ${used || 'nothing'}`,
    gone || 'nothing',
  );
}

/** Quantities by origin, in the order of the origins; what is nought is left out. */
function totals(shares: readonly Share[]): string {
  const sums = new Map<string, number>();
  for (const { origin, quantity } of shares) sums.set(origin, (sums.get(origin) ?? 0) + quantity);
  return [...sums]
    .filter(([, quantity]) => quantity !== 0)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([origin, quantity]) => `${origin} ${String(quantity)}`)
    .join(', ');
}

/** What is under certificates grows by those that were issued, and shrinks by what withdrawn ones had left. */
function lookAtCertified({ before, after }: Change<'lot'>, transaction: CustodyTransaction): Looked {
  const ofLot = changesOf(transaction, 'certificate').filter((each) => each.after.lot === after.lot);
  const change = ofLot.reduce((sum, certificate) => {
    if (certificate.before === undefined) return sum + certificate.after.quantity;
    const ends = certificate.before.status !== 'withdrawn' && certificate.after.status === 'withdrawn';
    return ends ? sum - certificate.after.remaining : sum;
  }, 0);
  const expected = (before?.certified ?? 0) + change;
  return unless(
    after.certified === expected,
    `${String(expected)} of ${after.lot} under certificates`,
    String(after.certified),
  );
}

/** Outputs get the origins of what went in, as the domain blends them; what no output claims is lost. */
function lookAtOutputs(record: TransformationRecord, transaction: CustodyTransaction): readonly Looked[] {
  const { transformation, measure, conversions } = record;
  const lotOf = (lot: string): LotRecord | undefined =>
    transaction.before.get(keys.lot(lot)) ?? transaction.after.get(keys.lot(lot));
  const used = record.inputs.flatMap(({ lot, quantity, shares }) => {
    const known = lotOf(lot);
    const taken = shares.map((share) => ({ ...share, remaining: share.quantity }));
    return known === undefined ? [] : [{ lot: { ...known, remaining: quantity, shares: taken }, quantity }];
  });
  const made = record.outputs.flatMap((lot) => transaction.after.get(keys.lot(lot)) ?? []);
  const blended = lawful(`the inputs and outputs of ${transformation} balance`, () => {
    transform({ measure, conversions, inputs: used, outputs: made }, { originsPerLot: Infinity });
  });
  const named = unless(
    used.length === record.inputs.length && made.length === record.outputs.length,
    `the lots of ${transformation}`,
    `${String(used.length)} of its inputs and ${String(made.length)} of its outputs`,
  );
  if (blended !== undefined || named !== undefined) return [blended, named];
  const stocks = transform(
    { measure, conversions, inputs: used, outputs: made },
    { originsPerLot: Infinity },
  ).made;
  return made.map(({ lot, shares }) => {
    const [expected, found] = [stocks.get(lot)?.shares ?? [], shares].map((each) => totals(each));
    return unless(expected === found, `${lot} of ${transformation} made of ${expected ?? ''}`, found ?? '');
  });
}

/** A certificate is drawn down by what goes with consignments under it, and by nothing else. */
function lookAtCertificate(
  { before, after }: Change<'certificate'>,
  transaction: CustodyTransaction,
): Looked {
  const { certificate, quantity, remaining } = after;
  const drawn = changesOf(transaction, 'drawdown').filter((each) => each.after.certificate === certificate);
  const sum = drawn.reduce((total, each) => total + each.after.quantity, 0);
  const expected = (before?.remaining ?? quantity) - sum;
  const valid = sum === 0 || isUsable(before, transaction.at);
  return unless(
    expected >= 0 && remaining === expected && valid,
    `${certificate}: ${String(Math.max(expected, 0))} of ${String(before?.remaining ?? quantity)} left, while it is valid`,
    `${String(remaining)} left, ${before?.status ?? 'new'}`,
  );
}

function isUsable(certificate: CertificateRecord | undefined, at: string): boolean {
  return certificate?.status === 'valid' && certificate.validUntil > at;
}
