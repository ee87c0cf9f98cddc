import { refuseViolations } from '../../errors/violations.js';
import { defaultExpiry, expiryViolations } from '../../handover/expiry.js';
import { goodsState, type GoodsState } from '../../handover/goods-state.js';
import { offerHandover as offer } from '../../handover/handover.js';
import { checkPickup } from '../../handover/pickup-record.js';
import { statementRef, type StatementRef } from '../../handover/witness-record.js';
import { object } from '../../shape/composites.js';
import { instant, partyId, requestId } from '../../shape/fields.js';
import { requireStanding } from '../../shipment/ending.js';
import { place, ucr } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { custodyOf, requireRegistered } from '../shipments/custody-of.js';
import { partyCommand } from '../define.js';
import { parametersOf } from '../../parameters/in-force.js';
import { witnessEntry, witnessReads } from './handover-witness.js';
import { pickupOf } from './pickup-of.js';

type OfferHandoverInput = {
  readonly requestId: string;
  readonly ucr: string;
  readonly to: string;
  readonly place: string;
  readonly expiresAt?: string;
  readonly stated?: GoodsState;
  readonly witness?: StatementRef;
  /** The release by which the carrier takes the goods. */
  readonly release?: string;
};

/** The custodian offers the goods to another registered party at a place, until a time. */
export const offerHandover = partyCommand<OfferHandoverInput>({
  name: 'OfferHandover',
  writes: ['custody', 'handover', 'witness'],
  input: object<OfferHandoverInput>(
    { requestId, ucr, to: partyId, place },
    { expiresAt: instant, stated: goodsState, witness: statementRef, release: requestId },
  ),
  reads: ({ ucr, to, witness, release }) => [
    keys.custody(ucr),
    keys.party(to),
    ...witnessReads(witness),
    ...(release === undefined ? [] : [keys.pickup(ucr, release)]),
  ],
  readsThen({ ucr }, _, view) {
    const open = view.get(keys.custody(ucr))?.open;
    return open === undefined ? [] : [keys.handover(ucr, open)];
  },
  decide(input, { party }, view, { timestamp }) {
    const { ucr, to, place, stated, witness, release } = input;
    const custody = custodyOf(ucr, view);
    requireStanding(custody);
    const open = custody.open === undefined ? undefined : view.get(keys.handover(ucr, custody.open));
    const parameters = parametersOf(view);
    const expiresAt = input.expiresAt ?? defaultExpiry(timestamp, parameters);
    const step = offer(custody, open, {
      from: party.partyId,
      to,
      place,
      at: timestamp,
      expiresAt,
      ...(stated && { stated }),
      ...(release !== undefined && { release }),
    });
    refuseViolations('The offer', [
      ...(to === party.partyId ? [toOneself] : []),
      ...expiryViolations(expiresAt, timestamp, parameters),
    ]);
    requireRegistered(to, '/to', view);
    if (release !== undefined) {
      checkPickup(pickupOf({ ucr, release }, view), { from: party.partyId, to, at: timestamp });
    }
    const { handover } = step.handover;
    return {
      writes: [
        entry(keys.custody(ucr), step.custody),
        entry(keys.handover(ucr, handover), step.handover),
        ...(step.expired ? [entry(keys.handover(ucr, step.expired.handover), step.expired)] : []),
        ...(witness ? [witnessEntry(witness, step.handover, party.partyId, timestamp, view)] : []),
      ],
      result: { ucr, handover },
    };
  },
});

const toOneself = {
  pointer: '/to',
  code: 'VALUE',
  message: 'must be another party than the one that offers',
};
