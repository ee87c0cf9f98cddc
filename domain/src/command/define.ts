import { PassageError } from '../errors/passage-error.js';
import type { JsonObject, JsonValue } from '../json/value.js';
import type { Role } from '../party/roles.js';
import { readShape, type Shape } from '../shape/shape.js';
import type { StateEntry } from '../state/codec.js';
import { keys, type StateKey, type StateKind } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';
import type { AdminActor, Caller, PartyActor } from './caller.js';
import { earlierResult, rememberRequest, type Request } from './idempotency.js';
import type { Decision, Operation, PreparedOperation, TransactionInfo } from './operation.js';
import { actingParty, actingPartyReads, callingPartyId } from './registry.js';

/** What an act comes to: the records it writes and what its caller is told. */
export interface Outcome {
  readonly writes: readonly StateEntry[];
  readonly result: JsonObject;
}

/** Every command's input carries the caller's key against doing it twice. */
interface Requested {
  readonly requestId: string;
}

/** An act as its rule states it. Registry checks and idempotency are added by `partyCommand` and `adminCommand`. */
interface Act<Input extends Requested, Actor> {
  readonly name: string;
  readonly writes: readonly StateKind[];
  readonly input: Shape<Input>;
  /** The keys that `decide` reads, besides those of the registry. */
  reads(input: Input): readonly StateKey[];
  decide(input: Input, actor: Actor, view: WorldView, tx: TransactionInfo): Outcome;
}

/** An act of a registered party, in one of `roles` where they are given. */
export function partyCommand<Input extends Requested>(
  act: Act<Input, PartyActor> & { readonly roles?: readonly Role[] },
): Operation {
  return {
    name: act.name,
    by: 'party',
    ...(act.roles && { roles: act.roles }),
    writes: [...act.writes, 'request'],
    prepare(argument, caller) {
      const who = callingPartyId(caller);
      const actor = (view: WorldView): PartyActor => actingParty(caller, view, act.roles);
      return prepareAct(act, argument, who, actingPartyReads(caller), actor);
    },
  };
}

/** An act of an organisation's admin. */
export function adminCommand<Input extends Requested>(act: Act<Input, AdminActor>): Operation {
  return {
    name: act.name,
    by: 'admin',
    writes: [...act.writes, 'request'],
    prepare(argument, caller) {
      requireAdmin(caller);
      return prepareAct(act, argument, `admin:${caller.mspId}`, [], () => ({ mspId: caller.mspId }));
    },
  };
}

/** @throws PassageError NOT_ADMIN */
export function requireAdmin(caller: Caller): void {
  if (!caller.admin) {
    throw new PassageError('NOT_ADMIN', `The caller is not an admin of ${caller.mspId}`, {
      mspId: caller.mspId,
    });
  }
}

/** Reads the input of a transaction. @throws PassageError INVALID_FIELD with every violation */
export function readInput<Input>(name: string, shape: Shape<Input>, argument: JsonValue): Input {
  return readShape(`The input of ${name}`, shape, argument);
}

function prepareAct<Input extends Requested, Actor>(
  act: Act<Input, Actor>,
  argument: JsonValue,
  who: string,
  registryReads: readonly StateKey[],
  actorIn: (view: WorldView) => Actor,
): PreparedOperation {
  const input = readInput(act.name, act.input, argument);
  const request: Request = { key: keys.request(who, input.requestId), command: act.name, argument };
  return {
    reads: [...registryReads, request.key, ...act.reads(input)],
    decide(view, tx): Decision {
      const actor = actorIn(view);
      const earlier = earlierResult(request, view);
      if (earlier !== undefined) return { writes: [], response: { result: earlier, duplicate: true } };
      const { writes, result } = act.decide(input, actor, view, tx);
      return {
        writes: [...writes, rememberRequest(request, result)],
        response: { result, duplicate: false },
      };
    },
  };
}
