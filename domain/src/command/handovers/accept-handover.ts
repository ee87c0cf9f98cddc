import { refuseUnderControl } from '../../customs/regime.js';
import { customsOf, customsReads, refuseWhileHeld } from '../../customs/refuse-while-held.js';
import { goodsState, type GoodsState } from '../../handover/goods-state.js';
import { acceptHandover as accept, type HandoverStep } from '../../handover/handover.js';
import { usedPickup } from '../../handover/pickup-record.js';
import { statementRef, type StatementRef } from '../../handover/witness-record.js';
import { object } from '../../shape/composites.js';
import { ordinal, requestId } from '../../shape/fields.js';
import { ucr } from '../../shipment/fields.js';
import { entry, type StateEntry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import { answerOutcome, currentHandover, handoverReads, type HandoverRef } from './answer-handover.js';
import { partyCommand } from '../define.js';
import { witnessEntry, witnessReads } from './handover-witness.js';
import { pickupOf } from './pickup-of.js';

type AcceptHandoverInput = HandoverRef & {
  readonly requestId: string;
  /** What was found otherwise than it was stated. */
  readonly differences?: GoodsState;
  readonly witness?: StatementRef;
};

/** The party it was offered to takes the goods over, as they are, unless they are held. */
export const acceptHandover = partyCommand<AcceptHandoverInput>({
  name: 'AcceptHandover',
  writes: ['custody', 'handover', 'witness', 'pickup'],
  input: object<AcceptHandoverInput>(
    { requestId, ucr, handover: ordinal },
    { differences: goodsState, witness: statementRef },
  ),
  reads: (input) => [...handoverReads(input), ...customsReads(input.ucr), ...witnessReads(input.witness)],
  readsThen({ ucr, handover }, _, view) {
    const release = view.get(keys.handover(ucr, handover))?.release;
    return release === undefined ? [] : [keys.pickup(ucr, release)];
  },
  decide(input, { party }, view, { timestamp }) {
    const { witness, differences } = input;
    const step = accept(currentHandover(input, view), party.partyId, timestamp, differences);
    refuseWhileHeld(view, input.ucr);
    refuseUnderControl(customsOf(input.ucr, view), party.roles);
    const { writes, result } = answerOutcome(step);
    return {
      writes: [
        ...writes,
        ...usedRelease(step, timestamp, view),
        ...(witness ? [witnessEntry(witness, input, party.partyId, timestamp, view)] : []),
      ],
      result,
    };
  },
});

/** The release that the handover used up, where it was made by one. @throws PassageError RELEASE_CLOSED */
function usedRelease({ handover }: HandoverStep, at: string, view: WorldView): readonly StateEntry[] {
  const { ucr, release } = handover;
  if (release === undefined) return [];
  const used = usedPickup(pickupOf({ ucr, release }, view), { ...handover, at });
  return [entry(keys.pickup(ucr, release), used)];
}
