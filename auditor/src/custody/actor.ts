import { actingParty, commands, isJsonObject, mandatedActor, PassageError } from '@passage/domain';
import { textIn } from './custody-transaction.js';
import type { Caller, JsonObject, Operation, PartyActor } from '@passage/domain';
import type { Looked } from './custody-rule.js';
import type { CustodyTransaction } from './custody-transaction.js';

const acts = new Map(commands.map((command) => [command.name, command]));

/** Whose act a transaction is, or why it is nobody's. */
export type Standing = { readonly actor?: PartyActor } | { readonly breach: NonNullable<Looked> };

/**
 * Who acts, judged by the registry as it stood before the transaction: an admin by its certificate, a party by the
 * registry, a mandatary by its mandate.
 */
export function standingOf(transaction: Omit<CustodyTransaction, 'actor'>): Standing {
  const { act, caller } = transaction;
  const operation = acts.get(act);
  if (operation === undefined) return breach('an act that the ledger knows', act || 'no name of one');
  if (caller === undefined) return breach('a sender whose certificate can be read', 'none');
  if (operation.by === 'admin') {
    return caller.admin ? {} : breach(`an admin sends ${act}`, `a client of ${caller.mspId}`);
  }
  try {
    return { actor: actorOf(operation, caller, transaction) };
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    return breach(`a party that may send ${act}`, `${error.code}: ${error.message}`);
  }
}

function actorOf(
  { name: command, roles }: Operation,
  caller: Caller,
  { input, before, at }: Omit<CustodyTransaction, 'actor'>,
): PartyActor {
  const mandate = mandateIn(input);
  if (mandate === undefined) return actingParty(caller, before, roles);
  const ucr = textIn(input, 'ucr');
  return mandatedActor(caller, mandate, before, { command, at, ...(ucr !== undefined && { ucr }) }, roles);
}

function mandateIn(input: JsonObject): { readonly party: string; readonly mandate: string } | undefined {
  const behalf = input['onBehalfOf'];
  if (behalf === undefined || !isJsonObject(behalf)) return undefined;
  const [party, mandate] = [textIn(behalf, 'party'), textIn(behalf, 'mandate')];
  return party === undefined || mandate === undefined ? undefined : { party, mandate };
}

function breach(expected: string, found: string): Standing {
  return { breach: { expected, found } };
}
