import type { ContentFact, PackagesFact, SealedFact } from '../facts/facts.js';
import { comparePositions, isBefore } from '../facts/ledger-position.js';
import { unitUri } from '../identifiers/transport-unit.js';
import { step, type Alert } from './alert.js';

/** What is known of packing: what units had in them, which seals closed them, how many packages there are. */
export interface PackingFacts {
  readonly contents: readonly ContentFact[];
  readonly sealed: readonly SealedFact[];
  readonly packages: readonly PackagesFact[];
}

/**
 * Packing that cannot be as it was said: a unit was packed or unpacked through a closed seal; the whole of a consignment lies in one
 * unit while some of it lies in another; more packages lie in units than the consignment has. The ledger takes such an act, because
 * judging it would take one count for the consignment, and all its events would conflict.
 */
export function packingAlerts({ contents, sealed, packages }: PackingFacts): readonly Alert[] {
  const ordered = [...contents].sort((one, other) => comparePositions(one.at, other.at));
  const known = new Map<string, ContentFact>();
  return ordered.flatMap((fact) => {
    const pair = `${fact.unit}/${fact.ucr}`;
    const before = known.get(pair);
    known.set(pair, fact);
    const inside = [...known.values()].filter(({ ucr, goods }) => ucr === fact.ucr && goods !== undefined);
    return [
      ...touched(before, fact).flatMap((unit) => throughSeals(unit, fact, sealed)),
      ...(hasMore(before, fact) ? [...twice(fact, inside), ...tooMany(fact, inside, packages)] : []),
    ];
  });
}

/** The units that somebody had to open for what changed. */
function touched(before: ContentFact | undefined, fact: ContentFact): readonly string[] {
  const goods = isSame(before?.goods, fact.goods) ? [] : [fact.unit];
  const carriers = before?.within === fact.within ? [] : [before?.within, fact.within];
  return [...goods, ...carriers.filter((unit) => unit !== undefined)];
}

function isSame(one: ContentFact['goods'], other: ContentFact['goods']): boolean {
  return (one === undefined) === (other === undefined) && one?.packages === other?.packages;
}

function throughSeals(unit: string, fact: ContentFact, sealed: readonly SealedFact[]): readonly Alert[] {
  return sealed
    .filter(
      (seal) =>
        seal.unit === unit &&
        isBefore(seal.from, fact.at) &&
        (seal.until === undefined || isBefore(fact.at, seal.until)),
    )
    .map((seal) => ({
      kind: 'packed_while_sealed',
      subject: unitUri(unit),
      at: fact.at,
      path: [
        step('object', unitUri(unit)),
        step('object', fact.ucr),
        step('transaction', fact.transactionId),
        step('seal', seal.seal),
        step('transaction', seal.transactionId),
      ],
      details: { seal: seal.seal },
    }));
}

function hasMore(before: ContentFact | undefined, { goods }: ContentFact): boolean {
  if (goods === undefined || isSame(before?.goods, goods)) return false;
  return (goods.packages ?? Infinity) > (before?.goods ? (before.goods.packages ?? Infinity) : 0);
}

/** The whole of it here, and some of it there. */
function twice(fact: ContentFact, inside: readonly ContentFact[]): readonly Alert[] {
  const others = inside.filter(({ unit }) => unit !== fact.unit);
  const isWhole = ({ goods }: ContentFact): boolean => goods !== undefined && goods.packages === undefined;
  return (isWhole(fact) ? others : others.filter(isWhole)).map((other) => ({
    kind: 'in_two_units',
    subject: fact.ucr,
    at: fact.at,
    path: [
      step('object', fact.ucr),
      step('transaction', fact.transactionId),
      step('object', unitUri(other.unit)),
      step('transaction', other.transactionId),
    ],
    details: { units: [fact.unit, other.unit] },
  }));
}

function tooMany(
  { ucr, at, transactionId }: ContentFact,
  inside: readonly ContentFact[],
  declared: readonly PackagesFact[],
): readonly Alert[] {
  const packages = declared.find((each) => each.ucr === ucr)?.packages;
  const packed = inside.reduce((sum, { goods }) => sum + (goods?.packages ?? 0), 0);
  if (packages === undefined || packed <= packages) return [];
  return [
    {
      kind: 'over_packed',
      subject: ucr,
      at,
      path: [step('object', ucr), step('transaction', transactionId)],
      details: { packed, packages },
    },
  ];
}
