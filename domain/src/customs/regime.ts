import { procedures, type Procedure } from '../declaration/declaration-record.js';
import { PassageError } from '../errors/passage-error.js';
import type { Role } from '../party/roles.js';
import type { CustomsRecord } from './customs-record.js';
import { goodsHeld } from './hold.js';
import type { Regime } from './regime-record.js';
import type { CustomsResponse } from './responses.js';

/**
 * Under which procedures goods may be placed, by the one that they are under. Transit, warehousing and transhipment (Revised Kyoto
 * Convention, specific annexes E1, D1, E2) lead on to another one; import for home use (B1) and export (C1) are where goods go in or
 * out, and leave again by re-export, or under transit to the border.
 */
export const regimeTransitions: { readonly [From in Procedure | 'none']: readonly Procedure[] } = {
  none: procedures,
  import: ['re_export'],
  export: ['transit'],
  transit: ['import', 'transit', 'bonded_warehouse', 'transhipment', 're_export'],
  bonded_warehouse: ['import', 'transit', 'bonded_warehouse', 'transhipment', 're_export'],
  transhipment: ['import', 'transit', 'bonded_warehouse', 're_export'],
  re_export: ['transit'],
};

/** Procedures under which duties are suspended: the goods stay under customs control until they are released. */
export const suspensive: readonly Procedure[] = ['transit', 'bonded_warehouse', 'transhipment'];

/** Who may have goods under customs control: those who carry them or keep them for others. */
const keepers: readonly Role[] = [
  'carrier',
  'forwarder',
  'warehouse',
  'terminal_operator',
  'customs_office',
  'customs_officer',
];

/** How a message says that goods are placed under a procedure (UN/EDIFACT 7365). */
export function placingResponse(procedure: Procedure): CustomsResponse {
  return suspensive.includes(procedure) ? '8' : '9';
}

/**
 * Goods are placed under a procedure. A release from the one before does not count for it: customs releases them anew.
 *
 * @throws PassageError GOODS_HELD, REGIME_REFUSED
 */
export function placeUnder(before: CustomsRecord, placed: Regime): CustomsRecord {
  const { v, ucr, customs, holds, inForce, finding, inspections } = before;
  if (inForce.length > 0) throw goodsHeld(ucr, inForce);
  const from = before.regime?.procedure ?? 'none';
  const { procedure } = placed;
  if (!regimeTransitions[from].includes(procedure)) {
    const details = { ucr, from, to: procedure, allowed: regimeTransitions[from] };
    throw new PassageError(
      'REGIME_REFUSED',
      `${ucr} is under ${from}, and does not go under ${procedure}`,
      details,
    );
  }
  return {
    v,
    ucr,
    customs,
    holds,
    inForce,
    regime: placed,
    latest: { kind: 'placed_under_procedure', decision: placed.placed },
    ...(finding && { finding }),
    ...(inspections !== undefined && { inspections }),
  };
}

/** Whether goods are under customs control: under a procedure that suspends duties, and not released from it. */
export function isUnderControl({ regime, release }: Pick<CustomsRecord, 'regime' | 'release'>): boolean {
  return regime !== undefined && suspensive.includes(regime.procedure) && release === undefined;
}

/**
 * Refuses an act that would take goods out of customs control.
 *
 * @param takers the roles of the party that would take the goods; absent where nobody keeps them afterwards.
 * @throws PassageError UNDER_CUSTOMS_CONTROL
 */
export function refuseUnderControl(customs: CustomsRecord, takers: readonly Role[] = []): void {
  if (!isUnderControl(customs) || takers.some((role) => keepers.includes(role))) return;
  const { ucr, regime } = customs;
  const procedure = regime?.procedure ?? '';
  const details = { ucr, procedure, declaration: regime?.declaration ?? '' };
  throw new PassageError('UNDER_CUSTOMS_CONTROL', `${ucr} is under ${procedure} and not released`, details);
}
