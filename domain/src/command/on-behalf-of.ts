import { PassageError } from '../errors/passage-error.js';
import { isJsonObject } from '../json/value.js';
import { checkMandate } from '../mandate/judge-mandate.js';
import { isCustoms, mayHold, type Role } from '../party/roles.js';
import { object } from '../shape/composites.js';
import { partyId, requestId } from '../shape/fields.js';
import type { Shape } from '../shape/shape.js';
import { keys, type StateKey } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';
import type { Caller, PartyActor } from './caller.js';
import { actingParty, callingPartyId, ledgerOf } from './registry.js';

/** For whom the caller acts, and by which of its mandates. */
export type OnBehalfOf = { readonly party: string; readonly mandate: string };

/** An input, and for whom it is given where the caller says so in `onBehalfOf`. */
export type Mandated<Input> = { readonly input: Input; readonly onBehalfOf?: OnBehalfOf };

const behalf = object<OnBehalfOf>({ party: partyId, mandate: requestId }, {});

/** The input of an act that may be done by mandate: that of the act, and `onBehalfOf`. */
export function mandatedInput<Input>(shape: Shape<Input>): Shape<Mandated<Input>> {
  return (value, pointer, violations) => {
    const named = isJsonObject(value) && Object.hasOwn(value, 'onBehalfOf') ? value : undefined;
    const { onBehalfOf: who = null, ...rest } = named ?? {};
    const input = shape(named ? rest : value, pointer, violations);
    if (named === undefined) return input && { input };
    const onBehalfOf = behalf(who, `${pointer}/onBehalfOf`, violations);
    return input && onBehalfOf && { input, onBehalfOf };
  };
}

/** The keys that `mandatedActor` reads besides those of the acting party. */
export function mandateReads(caller: Caller, { party, mandate }: OnBehalfOf): readonly StateKey[] {
  return [keys.party(party), keys.mandate(party, callingPartyId(caller), mandate)];
}

/**
 * The party for which the caller acts, once the caller itself is in order and its mandate covers the act. The act is then
 * judged as the mandator's own: by what it owns and holds, in a role of its own. Customs' authority is not handed on.
 *
 * @param act the command's name, the UCR it is about where there is one, and the transaction's time.
 * @param allowed the roles that the act needs; absent where any will do.
 * @throws PassageError as `actingParty`, MANDATE_UNKNOWN, MANDATE_ENDED, MANDATE_SCOPE
 */
export function mandatedActor(
  caller: Caller,
  { party: mandator, mandate: id }: OnBehalfOf,
  view: WorldView,
  act: { readonly command: string; readonly ucr?: string; readonly at: string },
  allowed?: readonly Role[],
): PartyActor {
  const { party: mandatary } = actingParty(caller, view);
  const mandate = view.get(keys.mandate(mandator, mandatary.partyId, id));
  const party = view.get(keys.party(mandator));
  if (mandate === undefined || party === undefined) {
    const details = { mandator, mandatary: mandatary.partyId, mandate: id };
    throw new PassageError('MANDATE_UNKNOWN', `${mandator} has granted no mandate ${id}`, details);
  }
  checkMandate(mandate, act);
  const { roles } = ledgerOf(view);
  const role = party.roles.find(
    (held) => !isCustoms(held) && mayHold(roles, party.mspId, held) && (allowed?.includes(held) ?? true),
  );
  if (role !== undefined) return { party, role };
  throw new PassageError('ROLE_NOT_HELD', `${mandator} holds no role in which it could do this`, {
    partyId: mandator,
    ...(allowed && { needed: allowed }),
  });
}
