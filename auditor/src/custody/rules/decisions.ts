import { isCustoms, keys, requireStranger } from '@passage/domain';
import { isSame, lawful, unless } from '../custody-rule.js';
import { changesOf, partyOf } from '../custody-transaction.js';
import type { CustomsRecord, Decision } from '@passage/domain';
import type { CustodyRule, Looked } from '../custody-rule.js';
import type { Change, CustodyTransaction } from '../custody-transaction.js';
import { lookForSecond } from './second-officer.js';

/** Where goods stand with customs: decided by an officer in his own name, never about goods of his own. */
export const decisions: CustodyRule = {
  check: 'holds',
  look: (transaction) =>
    changesOf(transaction, 'customs').flatMap((change) =>
      isDecision(change, transaction)
        ? lookAtDecision(change, transaction)
        : [lookAtSilence(change, transaction)],
    ),
};

/** Acts that free goods or prepare it: nobody takes them on goods that he is a party to. */
const freeing: ReadonlySet<string> = new Set([
  'ReleaseHold',
  'ReleaseGoods',
  'PlaceUnderProcedure',
  'JudgeInspection',
  'ReviewInspection',
  'DisposeInspection',
]);

/** Whether customs says something new; what a consignment takes over from those before it is nothing new. */
function isDecision({ before, after }: Change<'customs'>, transaction: CustodyTransaction): boolean {
  const succeeds = before === undefined && parentsOf(after, transaction).length > 0;
  return after.latest !== undefined && !succeeds && !isSame(before?.latest, after.latest);
}

function lookAtDecision(
  { before, after }: Change<'customs'>,
  transaction: CustodyTransaction,
): readonly Looked[] {
  const { ucr, latest } = after;
  return [
    latest && lookAtOfficer(ucr, latest.decision, transaction),
    ...(freeing.has(transaction.act) ? [lookAtOwnGoods(ucr, transaction)] : []),
    unless(before?.ended === undefined, `no decision on ${ucr}, which has ended`, transaction.act),
    lookAtHolds(before?.inForce ?? [], before?.holds ?? 0, after, transaction),
    lookAtRelease(before, after),
  ];
}

/** Without a decision nothing changes, but that a consignment begins, or ends in others; what follows takes a release over. */
function lookAtSilence({ before, after }: Change<'customs'>, transaction: CustodyTransaction): Looked {
  const { ended, ...rest } = after;
  const { ucr, release, regime, inForce, finding } = after;
  if (before !== undefined) {
    const same = isSame(after, before) || (ended !== undefined && isSame(rest, before));
    return unless(same, `no decision on ${ucr}: its standing stays`, 'it was changed');
  }
  const were = parentsOf(after, transaction).flatMap(
    (parent) => transaction.before.get(keys.customs(parent)) ?? [],
  );
  const refused = were.some((parent) => parent.finding?.result === 'non_conforming');
  const inherited =
    (release === undefined || were.some((parent) => isSame(parent.release, release))) &&
    (regime === undefined || were.some((parent) => isSame(parent.regime, regime))) &&
    (!refused || finding?.result === 'non_conforming');
  return unless(inherited && inForce.length === 0, `${ucr} stands as those before it stood`, 'otherwise');
}

/** The consignments that went on in this one. */
function parentsOf({ ucr }: CustomsRecord, { after }: CustodyTransaction): readonly string[] {
  return after.get(keys.shipment(ucr))?.parents ?? [];
}

/** Whoever decides says so in his own name and role, now: an officer, or an agency about a permit of its own. */
export function lookAtOfficer(
  ucr: string,
  { by, role, at }: Decision,
  transaction: CustodyTransaction,
): Looked {
  const { act, actor, at: now } = transaction;
  const agency = ['PlaceHold', 'ReleaseHold'].includes(act) && role === 'permit_agency';
  const named = isSame([by, role, at], [partyOf(transaction), actor?.role ?? '', now]);
  const expected = `${act} on ${ucr} by an officer, sent by ${partyOf(transaction)} as ${actor?.role ?? 'nothing'}`;
  return unless(named && (isCustoms(role) || agency), expected, `${by} as ${role} at ${at}`);
}

/** Who decides is no party to the goods. */
export function lookAtOwnGoods(ucr: string, transaction: CustodyTransaction): Looked {
  const officer = partyOf(transaction);
  const { before } = transaction;
  return lawful(`${officer} is no party to ${ucr}`, () => {
    requireStranger(officer, {
      shipment: before.get(keys.shipment(ucr)),
      custody: before.get(keys.custody(ucr)),
      naming: before.get(keys.naming(ucr, officer)),
    });
  });
}

/** Holds are counted, and each stays in force until it is lifted. */
function lookAtHolds(
  inForce: CustomsRecord['inForce'],
  holds: number,
  after: CustomsRecord,
  { act, after: left }: CustodyTransaction,
): Looked {
  const placed = act === 'PlaceHold' || act === 'DetainGoods' ? [holds + 1] : [];
  const stay = inForce
    .map(({ hold }) => hold)
    .filter((hold) => !isLifted(left.get(keys.hold(after.ucr, hold))));
  const expected = [...stay, ...placed];
  const found = after.inForce.map(({ hold }) => hold);
  const right = isSame(found, expected) && after.holds === holds + placed.length;
  return unless(
    right,
    `holds in force on ${after.ucr}: ${expected.join(', ') || 'none'}`,
    found.join(', ') || 'none',
  );
}

function isLifted(hold: { readonly lifted?: Decision } | undefined): boolean {
  return hold?.lifted !== undefined;
}

/** A release comes once, while nothing is held; after a finding it takes two officers. */
function lookAtRelease(before: CustomsRecord | undefined, { ucr, release }: CustomsRecord): Looked {
  if (isSame(before?.release, release)) return undefined;
  if (release === undefined || before?.release !== undefined)
    return { expected: `the release of ${ucr} stays`, found: release ? 'another one' : 'none' };
  if (before !== undefined && before.inForce.length > 0)
    return { expected: `no release of ${ucr} while it is held`, found: `${release.by} released it` };
  return lookForSecond(ucr, before?.finding, release, before?.proposedRelease);
}
