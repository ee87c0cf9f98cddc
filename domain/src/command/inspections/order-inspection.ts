import { legalBasis } from '../../customs/decision.js';
import { customsPolicy } from '../../customs/held-keys.js';
import { units } from '../../customs/hold-record.js';
import { customsReads, customsWrites } from '../../customs/refuse-while-held.js';
import { refuseViolations } from '../../errors/violations.js';
import {
  inspectionKinds,
  type InspectionKind,
  type InspectionRecord,
} from '../../inspection/inspection-record.js';
import { customsRoles } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { instant, partyId, reason, requestId } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { ucr } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import { customsFor, decisionOf, type DecisionInput } from '../customs/customs-decision.js';
import { partyCommand } from '../define.js';
import { requireRegistered } from '../shipments/custody-of.js';
import { resultAt } from './inspection-of.js';

type OrderInspectionInput = DecisionInput & {
  readonly kind: InspectionKind;
  readonly to: string;
  readonly deadline: string;
  readonly units?: readonly string[];
};

/** Customs wants to look at a consignment: at its documents, at an image of it, or at the goods. */
export const orderInspection = partyCommand<OrderInspectionInput>({
  name: 'OrderInspection',
  roles: customsRoles,
  writes: ['customs', 'guard', 'inspection'],
  input: object<OrderInspectionInput>(
    { requestId, ucr, legalBasis, kind: oneOf(inspectionKinds), to: partyId, deadline: instant },
    { reason, units },
  ),
  reads: ({ ucr, to }) => [...customsReads(ucr), keys.party(to)],
  decide(input, actor, view, { timestamp: at }) {
    const { ucr, kind, to, deadline, units } = input;
    const customs = customsFor(ucr, actor, view);
    refuseViolations('The order', deadline > at ? [] : [passed]);
    requireRegistered(to, '/to', view);
    const ordered = decisionOf(input, actor, kind === 'documents' ? '6' : '5', at);
    const inspection = (customs.inspections ?? 0) + 1;
    const choice = units && { choice: { units, by: ordered.by, at } };
    const none = { images: [], readings: [] };
    const record: InspectionRecord = {
      v: 1,
      ucr,
      inspection,
      kind,
      to,
      deadline,
      ordered,
      ...choice,
      ...none,
    };
    const latest = { kind: 'inspection_ordered', inspection, decision: ordered } as const;
    const policy = customsPolicy(customs.customs);
    return {
      writes: [
        ...customsWrites({ ...customs, inspections: inspection, latest }, view),
        entry(keys.inspection(ucr, inspection), record, { policy }),
      ],
      result: resultAt(record, undefined),
    };
  },
});

const passed = { pointer: '/deadline', code: 'VALUE', message: 'must lie in the future' };
