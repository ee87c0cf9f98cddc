import { PassageError } from '../../errors/passage-error.js';
import { readJson } from '../../json/read-json.js';
import type { JsonObject, JsonValue } from '../../json/value.js';
import type { Role } from '../../party/roles.js';
import { openingKey, readOpening, type OpeningRecord } from '../../private/opening-record.js';
import type { PrivateKey, PrivateView, PrivateWrite, Transient } from '../../private/private-state.js';
import { readShape, type Shape } from '../../shape/shape.js';
import type { StateKey } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import type { PartyActor } from '../caller.js';
import { readInput } from '../define.js';
import type { Operation, TransactionInfo } from '../operation.js';
import { actingParty, actingPartyReads, ledgerOf } from '../registry.js';

/** The one name in the transient map. */
export const TRANSIENT = 'openings';

interface PrivateOutcome {
  readonly writes?: readonly PrivateWrite[];
  readonly purges?: readonly PrivateKey[];
  readonly result: JsonObject;
}

/** An act on private collections alone, as its rule states it. */
interface PrivateAct<Input, Secrets> {
  readonly name: string;
  readonly roles?: readonly Role[];
  readonly input: Shape<Input>;
  /** What has to come as transient data. */
  readonly transient: Shape<Secrets>;
  reads?(input: Input): readonly StateKey[];
  privateReads?(
    input: Input,
    who: { readonly mspId: string; readonly partyId: string },
  ): readonly PrivateKey[];
  decide(
    input: Input,
    secrets: Secrets,
    actor: PartyActor & { readonly ledger: string },
    views: { readonly view: WorldView; readonly kept: PrivateView },
    tx: TransactionInfo,
  ): PrivateOutcome;
}

/**
 * An act of a registered party that writes nothing public: no record, not even of the request. So Fabric asks nobody's word but
 * that of the organisation whose collection it writes, and no other peer sees the transient data. Doing it again writes the same.
 */
export function privateCommand<Input, Secrets>(act: PrivateAct<Input, Secrets>): Operation {
  return {
    name: act.name,
    by: 'party',
    ...(act.roles && { roles: act.roles }),
    writes: [],
    prepare(argument, caller, transient) {
      const input = readInput(act.name, act.input, argument);
      const secrets = readTransient(act.name, act.transient, transient);
      const who = { mspId: caller.mspId, partyId: caller.partyId ?? '' };
      return {
        reads: [...actingPartyReads(caller), ...(act.reads?.(input) ?? [])],
        privateReads: act.privateReads?.(input, who) ?? [],
        decide(view, tx, kept) {
          const actor = { ...actingParty(caller, view, act.roles), ledger: ledgerOf(view).ledger };
          const { writes, purges, result } = act.decide(input, secrets, actor, { view, kept }, tx);
          return {
            writes: [],
            ...(writes && { privateWrites: writes }),
            ...(purges && { purges }),
            response: { result, duplicate: false },
          };
        },
      };
    },
  };
}

/** Nothing is said about the values that are wrong, so that no refusal carries one. */
function readTransient<Secrets>(name: string, shape: Shape<Secrets>, transient: Transient): Secrets {
  const what = `The transient data of ${name}`;
  const bytes = transient.get(TRANSIENT);
  const json: JsonValue = bytes === undefined ? null : readJson(bytes, { what, maxBytes: 1024 * 1024 });
  return readShape(what, shape, json);
}

/** The shape of an act that takes no transient data. */
export const nothing: Shape<null> = () => null;

/** A party's copy of an opening. @throws PassageError OPENING_UNKNOWN */
export function copyOf(
  holder: { readonly mspId: string; readonly partyId: string },
  commitment: string,
  kept: PrivateView,
): OpeningRecord {
  const value = kept.get(openingKey(holder, commitment));
  if (value !== undefined) return readOpening(value);
  const message = `${holder.partyId} keeps no opening of ${commitment}`;
  throw new PassageError('OPENING_UNKNOWN', message, { commitment, partyId: holder.partyId });
}
