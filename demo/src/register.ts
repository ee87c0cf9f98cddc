import type { Role } from '@passage/domain';
import type { SimulatedDevice } from '@passage/devices';
import type { Callers } from './callers.js';
import type { DemoParty, Host } from './declarations/index.js';
import type { GraphQLClient } from './graphql-client.js';
import { inParallel } from './in-parallel.js';

/** Acts under way at the same time: enough to fill the blocks of a machine with two cores. */
export const width = 32;

/** Where a party is at home, and the role in which it acts in the demo. */
export type Directory = ReadonlyMap<string, { readonly host: Host; readonly role: Role }>;

export function directoryOf(parties: readonly DemoParty[]): Directory {
  return new Map(
    parties.map(({ partyId, host, roles }) => {
      const [role] = roles;
      if (role === undefined) throw new Error(`party ${partyId} has no role`);
      return [partyId, { host, role }] as const;
    }),
  );
}

const questionsAtOnce = 100;

/** Those of the names that the gateway's ledger does not hold yet. `field` is what it is asked for, as in `party(id: …)`. */
async function unknownOf(
  gateway: GraphQLClient,
  field: string,
  argument: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const unknown = new Set<string>();
  for (let from = 0; from < names.length; from += questionsAtOnce) {
    const asked = names.slice(from, from + questionsAtOnce);
    const question = asked.map(
      (name, i) => `r${String(i)}: ${field}(${argument}: ${JSON.stringify(name)}) { ${argument} }`,
    );
    const answer = await gateway<Record<string, unknown>>(`query { ${question.join(' ')} }`);
    for (const [i, name] of asked.entries()) if (answer[`r${String(i)}`] === null) unknown.add(name);
  }
  return unknown;
}

/** Registers the parties that the ledger does not know yet, each by the administrator of its host. */
export async function registerParties(callers: Callers, parties: readonly DemoParty[]): Promise<number> {
  const fresh: DemoParty[] = [];
  for (const [host, ofHost] of Map.groupBy(parties, (party) => party.host)) {
    const ids = ofHost.map(({ partyId }) => partyId);
    const unknown = await unknownOf(callers.admin(host), 'party', 'id', ids);
    fresh.push(...ofHost.filter(({ partyId }) => unknown.has(partyId)));
  }
  await inParallel(fresh, width, ({ partyId, name, roles, host }) => {
    const input = { requestId: `register-${partyId}`, partyId, name, roles };
    return callers.admin(host)(
      'mutation ($input: RegisterPartyInput!) { registerParty(input: $input) { receipt { block } } }',
      { input },
    );
  });
  return fresh.length;
}

/** Registers the devices that the ledger does not know yet, each by its owner. */
export async function registerDevices(
  callers: Callers,
  directory: Directory,
  devices: readonly SimulatedDevice[],
): Promise<number> {
  const kids = devices.map(({ kid }) => kid);
  const unknown = await unknownOf(callers.admin('customs'), 'device', 'kid', kids);
  const fresh = devices.filter(({ kid }) => unknown.has(kid));
  await inParallel(fresh, width, (device) => {
    const { owner, kind, place } = device.description;
    const home = directory.get(owner);
    if (home === undefined) throw new Error(`nobody registered the owner ${owner}`);
    const input = {
      requestId: `device-${device.kid}`,
      kind,
      ...(place === undefined ? {} : { place }),
      proof: device.proofOfPossession(),
    };
    return callers.party(
      home.host,
      owner,
      home.role,
    )('mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { receipt { block } } }', {
      input,
    });
  });
  return fresh.length;
}
