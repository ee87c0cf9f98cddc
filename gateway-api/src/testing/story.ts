import { randomUUID } from 'node:crypto';

import type { Caller } from '../auth/caller.js';
import type { Answer, Door } from './answer.js';
import { mutation } from './mutation.js';
import { idsAt, listAt, membersAt } from './read.js';
import type { Members } from './read.js';
import { TestDevice } from './test-device.js';
import { UCR, admin, carrier, importer } from './test-gateway.js';

/** Throws the first error of an answer, so that a test stops where it went wrong. */
export function fine({ data, errors }: Answer): Members {
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}

/** Sends one act, under a request id of its own unless the input has one. */
export function send(
  gateway: Door,
  caller: Caller,
  name: string,
  input: object,
  fields = 'receipt { block }',
): Promise<Answer> {
  const variables = { input: { requestId: randomUUID(), ...input } };
  return gateway.ask(mutation(name, fields), caller, variables);
}

/** The same, for an act that has to succeed: what the mutation answers. */
export async function act(...sending: Parameters<typeof send>): Promise<Members> {
  const [, , name] = sending;
  return membersAt(fine(await send(...sending)), name);
}

/** Code of an answer's first error. */
export function codeOf({ errors }: Answer): unknown {
  return errors?.[0]?.extensions['code'];
}

export async function registerParty(gateway: Door, partyId: string, role: string): Promise<void> {
  await act(gateway, admin, 'registerParty', { partyId, name: `Party ${partyId}`, roles: [role] });
}

/** Registers the party that a caller acts as, by the word of its organisation. */
export async function registerCaller(gateway: Door, { subject, org, party, role }: Caller): Promise<void> {
  const input = { partyId: party, name: party, roles: [role] };
  await act(gateway, { subject, org, admin: true }, 'registerParty', input);
}

export async function registerDevice(
  gateway: Door,
  owner: Caller,
  kind = 'xray_scanner',
): Promise<TestDevice> {
  const device = new TestDevice();
  const proof = device.proof({ owner: owner.party ?? '', kind });
  await act(gateway, owner, 'registerDevice', { kind, proof });
  return device;
}

/** Opens a shipment of the importer's that the carrier has; `changes` replace members of the input. */
export async function openShipment(
  gateway: Door,
  changes: { readonly ucr?: string; readonly requestId?: string; readonly goods?: readonly object[] } = {},
): Promise<Answer> {
  const input = {
    requestId: `open-${changes.ucr ?? UCR}`,
    ucr: UCR,
    goods: [{ hs: '850760', hsEdition: '2022' }],
    origin: 'CN',
    departure: 'CN',
    transportMode: '1',
    parties: { importer: importer.party },
    custodian: carrier.party,
    ...changes,
  };
  const fields = 'shipment { ucr custody { custodian } } receipt { duplicate transactionId block }';
  return send(gateway, importer, 'openShipment', input, fields);
}

/** Hands statements to the gateway: `accepted` and `refused`. */
export function recordStatements(
  gateway: Door,
  statements: readonly string[],
  caller = importer,
): Promise<Members> {
  const fields = 'accepted { index id duplicate } refused { index id code pointer message next }';
  return act(gateway, caller, 'recordStatements', { statements }, fields);
}

/** Two parties, a device and an open shipment. */
export async function prepared(gateway: Door): Promise<TestDevice> {
  await registerParty(gateway, 'KRIMP01', 'importer');
  await registerParty(gateway, 'CARRIER', 'carrier');
  const device = await registerDevice(gateway, carrier);
  fine(await openShipment(gateway));
  return device;
}

/** Waits until a statement has left `PENDING`. */
export async function settled(gateway: Door, id: string, caller = importer): Promise<Members> {
  const query = 'query ($id: StatementId!) { statement(id: $id) { state code verification { block } } }';
  for (;;) {
    const statement = membersAt(fine(await gateway.ask(query, caller, { id })), 'statement');
    if (statement['state'] !== 'PENDING') return statement;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Hands statements to the gateway, and waits until the ledger has them all; their ids. */
export async function record(
  gateway: Door,
  statements: readonly string[],
  caller = importer,
): Promise<readonly string[]> {
  const taken = await recordStatements(gateway, statements, caller);
  if (listAt(taken, 'refused').length > 0) throw new Error(JSON.stringify(taken));
  const ids = idsAt(taken, 'accepted');
  for (const id of ids) {
    const { state, code } = await settled(gateway, id, caller);
    if (state !== 'RECORDED') throw new Error(`${id} is ${String(state)}: ${String(code)}`);
  }
  return ids;
}
