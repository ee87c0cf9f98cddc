import { goodsHeld } from '../../customs/hold.js';
import { customsOf } from '../../customs/refuse-while-held.js';
import type { DeclarationFacts, DeclarationRecord } from '../../declaration/declaration-record.js';
import { PassageError } from '../../errors/passage-error.js';
import { requireOwnId } from '../../shape/owned-id.js';
import type { ShipmentRecord } from '../../shipment/shipment-record.js';
import { entry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { PartyActor } from '../caller.js';
import type { Outcome } from '../define.js';

/** @throws PassageError DECLARATION_UNKNOWN */
export function knownDeclaration(declaration: string, view: WorldView): DeclarationRecord {
  const record = view.get(keys.declaration(declaration));
  if (record !== undefined) return record;
  throw new PassageError('DECLARATION_UNKNOWN', `No declaration ${declaration} was lodged`, { declaration });
}

/** The keys of a declaration's consignment; none where there is no such declaration. */
export function consignmentReads(declaration: string, view: WorldView): readonly StateKey[] {
  const ucr = view.get(keys.declaration(declaration))?.ucr;
  return ucr === undefined ? [] : [keys.shipment(ucr), keys.customs(ucr)];
}

/**
 * A declaration that its declarant may still change: neither while customs holds the goods, nor once it has released them.
 *
 * @throws PassageError ID_NOT_YOURS, DECLARATION_UNKNOWN, GOODS_HELD, GOODS_RELEASED
 */
export function changeableDeclaration(
  declaration: string,
  { party }: PartyActor,
  view: WorldView,
): DeclarationRecord {
  requireOwnId(declaration, party.partyId, '/declaration');
  const record = knownDeclaration(declaration, view);
  const { ucr } = record;
  const customs = customsOf(ucr, view);
  if (customs.inForce.length > 0) throw goodsHeld(ucr, customs.inForce);
  if (customs.release !== undefined)
    throw new PassageError('GOODS_RELEASED', `${ucr} was released already`, { ucr });
  return record;
}

/** The facts of an input. @throws PassageError GOODS_MISMATCH where the consignment has no goods of a line's kind */
export function declaredFacts(
  { procedure, office, lines, commitments }: DeclarationFacts,
  shipment: Pick<ShipmentRecord, 'ucr' | 'goods'> | undefined,
): DeclarationFacts {
  for (const [index, { hs, hsEdition }] of lines.entries()) {
    if (shipment?.goods.some((line) => line.hs === hs && line.hsEdition === hsEdition) === true) continue;
    const details = { hs, hsEdition, pointer: `/lines/${String(index)}` };
    throw new PassageError('GOODS_MISMATCH', `The consignment has no goods of ${hs} (${hsEdition})`, details);
  }
  return { procedure, office, lines, ...(commitments && { commitments }) };
}

/** What a step of the declarant writes. */
export function declarationOutcome(record: DeclarationRecord): Outcome {
  const { declaration, version } = record;
  return { writes: [entry(keys.declaration(declaration), record)], result: { declaration, version } };
}
