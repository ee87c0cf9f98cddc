import { PassageError } from '../../errors/passage-error.js';
import { statementRef, type StatementRef } from '../../handover/witness-record.js';
import { isCustoms } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { ordinal, requestId } from '../../shape/fields.js';
import { ucr } from '../../shipment/fields.js';
import { keys } from '../../state/keys.js';
import { currentHandover, handoverReads, type HandoverRef } from './answer-handover.js';
import { partyCommand } from '../define.js';
import { witnessEntry, witnessReads } from './handover-witness.js';

type AttachWitnessInput = HandoverRef & { readonly requestId: string; readonly witness: StatementRef };

/** A side of a handover, or customs, attaches a device's statement to it, whether it still waits or is long done. */
export const attachWitness = partyCommand<AttachWitnessInput>({
  name: 'AttachWitness',
  writes: ['witness'],
  input: object<AttachWitnessInput>({ requestId, ucr, handover: ordinal, witness: statementRef }, {}),
  reads: (input) => {
    const { ucr, handover, witness } = input;
    const attached = keys.witness(ucr, handover, witness.kid, witness.seq);
    return [...handoverReads(input), ...witnessReads(witness), attached];
  },
  decide(input, { party, role }, view, { timestamp }) {
    const { from, to } = currentHandover(input, view).handover;
    const { ucr, handover, witness } = input;
    if (![from, to].includes(party.partyId) && !isCustoms(role)) {
      const message = `${party.partyId} is no side of handover ${String(handover)} of ${ucr}`;
      throw new PassageError('MAY_NOT_WITNESS', message, { ucr, handover, from, to });
    }
    const { kid, seq } = witness;
    const written = witnessEntry(witness, input, party.partyId, timestamp, view);
    if (view.get(keys.witness(ucr, handover, kid, seq)) !== undefined) {
      throw new PassageError('WITNESS_ATTACHED', 'The statement is attached to the handover already', {
        ucr,
        handover,
        kid,
        seq,
      });
    }
    return { writes: [written], result: { ucr, handover } };
  },
});
