import { customsPolicy } from '../../customs/held-keys.js';
import { legalBasis } from '../../customs/decision.js';
import { placeHold as place } from '../../customs/hold.js';
import { permit, units, type HoldKind } from '../../customs/hold-record.js';
import { customsReads } from '../../customs/refuse-while-held.js';
import { detained, holdingResponses, type CustomsResponse } from '../../customs/responses.js';
import { refuseViolations, type Violation } from '../../errors/violations.js';
import { customsRoles } from '../../party/roles.js';
import { object } from '../../shape/composites.js';
import { reason, requestId } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { ucr } from '../../shipment/fields.js';
import { entry } from '../../state/codec.js';
import { keys, type StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { PartyActor } from '../caller.js';
import { carriedReads, customsFor, decisionOf, holdWrites, type DecisionInput } from './customs-decision.js';
import { parametersOf } from '../../parameters/in-force.js';
import { partyCommand, type Outcome } from '../define.js';
import type { TransactionInfo } from '../operation.js';

type DetainInput = DecisionInput & {
  readonly units?: readonly string[];
  readonly carriedBy?: readonly string[];
};

type PlaceHoldInput = DetainInput & { readonly response: CustomsResponse; readonly permit?: string };

/** Customs, or an agency whose permit is missing, holds a consignment or units of it. */
export const placeHold = partyCommand<PlaceHoldInput>({
  name: 'PlaceHold',
  roles: [...customsRoles, 'permit_agency'],
  writes: ['customs', 'guard', 'hold', 'custody', 'containment'],
  input: object<PlaceHoldInput>(
    { requestId, ucr, legalBasis, response: oneOf(holdingResponses) },
    { reason, units, carriedBy: units, permit },
  ),
  reads: ({ ucr }) => customsReads(ucr),
  readsThen: heldReads,
  decide(input, actor, view, tx) {
    const violation = permitViolation(input, actor);
    refuseViolations('The hold', violation ? [violation] : []);
    return held(input, 'hold', input.response, actor, view, tx);
  },
});

/** Customs detains a consignment or units of it. */
export const detainGoods = partyCommand<DetainInput>({
  name: 'DetainGoods',
  roles: customsRoles,
  writes: ['customs', 'guard', 'hold', 'custody', 'containment'],
  input: object<DetainInput>({ requestId, ucr, legalBasis }, { reason, units, carriedBy: units }),
  reads: ({ ucr }) => customsReads(ucr),
  readsThen: heldReads,
  decide: (input, actor, view, tx) => held(input, 'detention', detained, actor, view, tx),
});

function heldReads(
  { ucr, units = [], carriedBy = [] }: DetainInput,
  _: string,
  view: WorldView,
): readonly StateKey[] {
  return carriedReads(ucr, view, [...units, ...carriedBy]);
}

function held(
  input: DetainInput & { readonly permit?: string },
  kind: HoldKind,
  response: CustomsResponse,
  actor: PartyActor,
  view: WorldView,
  { timestamp }: TransactionInfo,
): Outcome {
  const { ucr, units, carriedBy, permit } = input;
  refuseViolations('The hold', units && carriedBy ? [wholeAndParts] : []);
  const before = customsFor(ucr, actor, view);
  const placed = decisionOf(input, actor, response, timestamp);
  const { customs, hold } = place(before, parametersOf(view), {
    kind,
    placed,
    ...(units && { units }),
    ...(carriedBy && { carriedBy }),
    ...(permit !== undefined && { permit }),
  });
  const policy = customsPolicy(customs.customs);
  const written = entry(keys.hold(ucr, hold.hold), hold, { policy });
  return { ...holdWrites(before, { customs, hold: written }, view), result: { ucr, hold: hold.hold } };
}

/** What is held by units is not held as a whole, and `carriedBy` is about the whole. */
const wholeAndParts: Violation = {
  pointer: '/carriedBy',
  code: 'VALUE',
  message: 'is said of a consignment that is held as a whole: name either units or carriedBy',
};

/** An agency says which permit is missing; customs' own holds rest on no permit. */
function permitViolation({ permit }: PlaceHoldInput, { role }: PartyActor): Violation | undefined {
  if ((role === 'permit_agency') === (permit !== undefined)) return undefined;
  return permit === undefined
    ? { pointer: '/permit', code: 'MISSING', message: 'is missing: an agency says which permit it waits for' }
    : { pointer: '/permit', code: 'VALUE', message: 'is said by a permit agency alone' };
}
