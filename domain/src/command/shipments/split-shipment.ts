import { guard } from '../../customs/customs-word.js';
import { endedCustoms, succeedingCustoms } from '../../customs/succession.js';
import { refuseViolations } from '../../errors/violations.js';
import { list, object } from '../../shape/composites.js';
import { partyId, requestId } from '../../shape/fields.js';
import { maxParts, type Ending } from '../../shipment/ending.js';
import { ucr } from '../../shipment/fields.js';
import { portions, splitGoods, type Portion } from '../../shipment/portions.js';
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
} from './divisible.js';
import { openedEntries } from './opened-shipment.js';

/** One part: its own reference, and what of which lines goes into it. */
type Part = { readonly ucr: string; readonly lines: readonly Portion[] };

type SplitShipmentInput = {
  readonly requestId: string;
  readonly ucr: string;
  readonly into: readonly Part[];
  /** Parties that were named after the opening, and are to be named in every part. */
  readonly named?: readonly string[];
};

const part = object<Part>({ ucr, lines: portions }, {});

/**
 * A consignment is split into parts with references of their own. Everything goes into the parts, and the consignment ends; who has
 * it, its parties and what customs has said of it are theirs, too.
 */
export const splitShipment = partyCommand<SplitShipmentInput>({
  name: 'SplitShipment',
  roles: ['importer', 'exporter', 'forwarder'],
  writes: ['shipment', 'naming', 'customs', 'guard', 'custody'],
  input: object<SplitShipmentInput>(
    { requestId, ucr, into: list(part, { min: 2, max: maxParts }) },
    { named: list(partyId, { min: 1, max: maxNamed, distinct: true }) },
  ),
  reads: ({ ucr, into, named = [] }) => [
    ...divisibleReads(ucr),
    ...into.flatMap((each) => newUcrReads(each.ucr)),
    ...named.map((partyId) => keys.naming(ucr, partyId)),
  ],
  readsThen: ({ ucr }, _, view) => divisibleReadsThen(ucr, view),
  decide({ ucr, into, named = [] }, { party }, view, { timestamp: at }) {
    const by = party.partyId;
    const { shipment, custody, customs } = divisible(ucr, by, view);
    const parts = into.map((each) => each.ucr);
    refuseRepeated(parts);
    for (const [index, each] of parts.entries()) {
      requireNewUcr(each, by, `/into/${String(index)}/ucr`, view);
    }
    const goods = splitGoods(
      shipment.goods,
      into.map(({ lines }) => lines),
    );
    const ended: Ending = { kind: 'split', into: parts, by, at };
    return {
      writes: [
        entry(keys.custody(ucr), { ...custody, ended }),
        entry(keys.customs(ucr), endedCustoms(customs, ended)),
        guard(customs.customs),
        ...parts.flatMap((each, index) =>
          openedEntries(
            { ...shipment, ucr: each, opener: by, goods: goods[index] ?? [], parents: [ucr], openedAt: at },
            succeedingCustoms(each, customs.customs, [customs]),
            custody.custodian,
          ),
        ),
        ...namedAgain({ named, from: [ucr], into: parts }, { namedBy: by, namedAt: at }, view),
      ],
      result: { ucr, into: parts },
    };
  },
});

/** @throws PassageError INVALID_FIELD */
function refuseRepeated(parts: readonly string[]): void {
  const violations = parts.flatMap((each, index) =>
    parts.indexOf(each) === index
      ? []
      : [
          {
            pointer: `/into/${String(index)}/ucr`,
            code: 'VALUE',
            message: 'is the reference of another part',
          },
        ],
  );
  refuseViolations('The split', violations);
}
