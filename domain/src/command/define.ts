import { PassageError } from '../errors/passage-error.js';
import type { JsonObject, JsonValue } from '../json/value.js';
import { mandatableActs } from '../mandate/mandatable-acts.js';
import type { Role } from '../party/roles.js';
import { readShape, type Shape } from '../shape/shape.js';
import type { StateEntry } from '../state/codec.js';
import type { PolicyEntry } from '../state/key-policy.js';
import { keys, type StateKey, type StateKind } from '../state/keys.js';
import type { WorldView } from '../state/world-view.js';
import type { AdminActor, Caller, PartyActor } from './caller.js';
import { earlierResult, rememberRequest, type Request } from './idempotency.js';
import type { Decision, Operation, PreparedOperation, TransactionInfo } from './operation.js';
import { mandatedActor, mandatedInput, mandateReads, type Mandated } from './on-behalf-of.js';
import { actingParty, actingPartyReads, callingPartyId } from './registry.js';

/** What an act comes to: the records it writes and what its caller is told. */
export interface Outcome {
  readonly writes: readonly StateEntry[];
  /** Keys whose policy changes while their record stays as it is. */
  readonly policies?: readonly PolicyEntry[];
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
  /** The keys that `decide` reads, besides those of the registry; `who` is the acting party, or the admin's organisation. */
  reads(input: Input, who: string): readonly StateKey[];
  /** Further keys that depend on the records of the first; see `PreparedOperation`. */
  readsThen?(input: Input, who: string, view: WorldView): readonly StateKey[];
  decide(input: Input, actor: Actor, view: WorldView, tx: TransactionInfo): Outcome;
}

/** An act of a registered party, in one of `roles` where they are given; its mandatary may do it if it is mandatable. */
export function partyCommand<Input extends Requested>(
  act: Act<Input, PartyActor> & { readonly roles?: readonly Role[] },
): Operation {
  const isMandatable = (mandatableActs as readonly string[]).includes(act.name);
  const shape = isMandatable ? mandatedInput(act.input) : plainInput(act.input);
  return {
    name: act.name,
    by: 'party',
    ...(act.roles && { roles: act.roles }),
    writes: [...act.writes, 'request'],
    prepare(argument, caller) {
      const { input, onBehalfOf } = readInput(act.name, shape, argument);
      const request = requestOf(act.name, callingPartyId(caller), input, argument);
      if (onBehalfOf === undefined) {
        const actor = (view: WorldView): PartyActor => actingParty(caller, view, act.roles);
        return prepareAct(act, input, request, callingPartyId(caller), {
          reads: actingPartyReads(caller),
          admit: actor,
          actor,
        });
      }
      return prepareAct(act, input, request, onBehalfOf.party, {
        reads: [...actingPartyReads(caller), ...mandateReads(caller, onBehalfOf)],
        admit: (view) => actingParty(caller, view),
        actor: (view, at) =>
          mandatedActor(caller, onBehalfOf, view, { command: act.name, at, ...ucrOf(input) }, act.roles),
      });
    },
  };
}

function plainInput<Input>(shape: Shape<Input>): Shape<Mandated<Input>> {
  return (value, pointer, violations) => {
    const input = shape(value, pointer, violations);
    return input && { input };
  };
}

/** The consignment that an act is about, by which a mandate may be limited. */
function ucrOf(input: object): { readonly ucr?: string } {
  return 'ucr' in input && typeof input.ucr === 'string' ? { ucr: input.ucr } : {};
}

/** An act of an organisation's admin. */
export function adminCommand<Input extends Requested>(act: Act<Input, AdminActor>): Operation {
  return {
    name: act.name,
    by: 'admin',
    writes: [...act.writes, 'request'],
    prepare(argument, caller) {
      requireAdmin(caller);
      const { mspId } = caller;
      const input = readInput(act.name, act.input, argument);
      const request = requestOf(act.name, `admin:${mspId}`, input, argument);
      const actor = (): AdminActor => ({ mspId });
      return prepareAct(act, input, request, mspId, { reads: [], admit: actor, actor });
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

function requestOf(command: string, who: string, { requestId }: Requested, argument: JsonValue): Request {
  return { key: keys.request(who, requestId), command, argument };
}

/** How a caller comes to act. */
interface Door<Actor> {
  readonly reads: readonly StateKey[];
  /** Throws unless the registry knows the caller. A mandate is looked at later: one that has ended hides no earlier answer. */
  admit(view: WorldView): unknown;
  actor(view: WorldView, at: string): Actor;
}

function prepareAct<Input extends Requested, Actor>(
  act: Act<Input, Actor>,
  input: Input,
  request: Request,
  who: string,
  door: Door<Actor>,
): PreparedOperation {
  return {
    reads: [...door.reads, request.key, ...act.reads(input, who)],
    readsThen: (view) => act.readsThen?.(input, who, view) ?? [],
    decide(view, tx): Decision {
      door.admit(view);
      const earlier = earlierResult(request, view);
      if (earlier !== undefined) return { writes: [], response: { result: earlier, duplicate: true } };
      const { writes, policies, result } = act.decide(input, door.actor(view, tx.timestamp), view, tx);
      return {
        writes: [...writes, rememberRequest(request, result)],
        ...(policies && { policies }),
        response: { result, duplicate: false },
      };
    },
  };
}
