import type { Role } from '@passage/domain';
import type { SimulatedDevice } from '@passage/devices';
import type { Callers } from './callers.js';
import type { DemoParty, Host } from './declarations/index.js';
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

/** Registers the parties that the ledger does not know yet, each by the administrator of its host. */
export async function registerParties(callers: Callers, parties: readonly DemoParty[]): Promise<number> {
  const made = await inParallel(parties, width, async ({ partyId, name, roles, host }) => {
    const admin = callers.admin(host);
    const { party } = await admin<{ party: unknown }>('query ($id: PartyId!) { party(id: $id) { id } }', {
      id: partyId,
    });
    if (party !== null) return false;
    const input = { requestId: `register-${partyId}`, partyId, name, roles };
    await admin(
      'mutation ($input: RegisterPartyInput!) { registerParty(input: $input) { receipt { block } } }',
      { input },
    );
    return true;
  });
  return made.filter(Boolean).length;
}

/** Registers the devices that the ledger does not know yet, each by its owner. */
export async function registerDevices(
  callers: Callers,
  directory: Directory,
  devices: readonly SimulatedDevice[],
): Promise<number> {
  const made = await inParallel(devices, width, async (device) => {
    const { owner, kind, place } = device.description;
    const home = directory.get(owner);
    if (home === undefined) throw new Error(`nobody registered the owner ${owner}`);
    const caller = callers.party(home.host, owner, home.role);
    const known = await caller<{ device: unknown }>('query ($kid: KeyId!) { device(kid: $kid) { kid } }', {
      kid: device.kid,
    });
    if (known.device !== null) return false;
    const input = {
      requestId: `device-${device.kid}`,
      kind,
      ...(place === undefined ? {} : { place }),
      proof: device.proofOfPossession(),
    };
    await caller(
      'mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { receipt { block } } }',
      { input },
    );
    return true;
  });
  return made.filter(Boolean).length;
}
