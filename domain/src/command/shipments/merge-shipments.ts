import { at as pointAt } from '../../acts/at-pointer.js';
import { guard } from '../../customs/customs-word.js';
import { endedCustoms, succeedingCustoms } from '../../customs/succession.js';
import { PassageError } from '../../errors/passage-error.js';
import { list, object } from '../../shape/composites.js';
import { partyId, requestId } from '../../shape/fields.js';
import { maxParts, type Ending } from '../../shipment/ending.js';
import { ucr } from '../../shipment/fields.js';
import { mergeGoods } from '../../shipment/merge-goods.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import {
  divisible,
  divisibleReads,
  divisibleReadsThen,
  maxNamed,
  namedAgain,
  newUcrReads,
  requireNewUcr,
  type Divisible,
} from './divisible.js';
import { openedEntries } from './opened-shipment.js';

type MergeShipmentsInput = {
  readonly requestId: string;
  /** The reference of what they become. */
  readonly ucr: string;
  readonly from: readonly string[];
  /** Parties that were named in one of them after its opening, and are to be named in what they become. */
  readonly named?: readonly string[];
};

/** Consignments that are alike in all but their goods become one with a reference of its own, and end. */
export const mergeShipments = partyCommand<MergeShipmentsInput>({
  name: 'MergeShipments',
  roles: ['importer', 'exporter', 'forwarder'],
  writes: ['shipment', 'naming', 'customs', 'guard', 'custody'],
  input: object<MergeShipmentsInput>(
    { requestId, ucr, from: list(ucr, { min: 2, max: maxParts, distinct: true }) },
    { named: list(partyId, { min: 1, max: maxNamed, distinct: true }) },
  ),
  reads: ({ ucr, from, named = [] }) => [
    ...newUcrReads(ucr),
    ...from.flatMap((each) => [
      ...divisibleReads(each),
      ...named.map((partyId) => keys.naming(each, partyId)),
    ]),
  ],
  readsThen: ({ from }, _, view) => from.flatMap((each) => divisibleReadsThen(each, view)),
  decide({ ucr, from, named = [] }, { party }, view, { timestamp: at }) {
    const by = party.partyId;
    const sources = from.map((each, index) =>
      pointAt(`/from/${String(index)}`, () => divisible(each, by, view)),
    );
    requireNewUcr(ucr, by, '/ucr', view);
    const { shipment, custody, customs } = alike(sources);
    const goods = mergeGoods(sources.map((source) => source.shipment.goods));
    const ended: Ending = { kind: 'merged', into: [ucr], by, at };
    const standings = sources.map((source) => source.customs);
    return {
      writes: [
        ...sources.flatMap((source) => [
          entry(keys.custody(source.shipment.ucr), { ...source.custody, ended }),
          entry(keys.customs(source.shipment.ucr), endedCustoms(source.customs, ended)),
        ]),
        guard(customs.customs),
        ...openedEntries(
          { ...shipment, ucr, opener: by, goods, parents: from, openedAt: at },
          succeedingCustoms(ucr, customs.customs, standings),
          custody.custodian,
        ),
        ...namedAgain({ named, from, into: [ucr] }, { namedBy: by, namedAt: at }, view),
      ],
      result: { ucr, from },
    };
  },
});

/** What has to be the same of all of them. */
function commonOf({ shipment, custody, customs }: Divisible): Readonly<Record<string, unknown>> {
  const { origin, departure, transportMode, parties } = shipment;
  return {
    custodian: custody.custodian,
    customs: customs.customs,
    released: customs.release !== undefined,
    procedure: customs.regime?.procedure,
    origin,
    departure,
    transportMode,
    parties,
  };
}

/** The first of them, once all are like it. @throws PassageError MERGE_MISMATCH */
function alike([first, ...others]: readonly Divisible[]): Divisible {
  if (first === undefined) throw new TypeError('a merge has two sources at least');
  const common = commonOf(first);
  for (const other of others) {
    const its = commonOf(other);
    const differs = Object.keys(common).filter((name) => !isSame(common[name], its[name]));
    if (differs.length === 0) continue;
    const ucrs = [first.shipment.ucr, other.shipment.ucr];
    const message = `${ucrs.join(' and ')} differ in ${differs.join(', ')}`;
    throw new PassageError('MERGE_MISMATCH', message, { ucrs, differs });
  }
  return first;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
