import { SimulatedDevice } from '@passage/devices';
import { type JsonObject, psgContext } from '@passage/domain';

import type { ActingParty, Stage } from './stage.js';

/** A statement as it is sent, and the id to ask for it by. */
export interface BenchStatement {
  readonly id: string;
  readonly jws: string;
}

/** An observation of about the size that a plate reader's has; each names other pallets. */
function observation(number: number, pallets: number, ucr?: string): JsonObject {
  return {
    '@context': psgContext,
    type: 'ObjectEvent',
    eventTime: '2026-01-01T00:00:00.000Z',
    eventTimeZoneOffset: '+00:00',
    epcList: Array.from(
      { length: pallets },
      (_, pallet) => `urn:epc:id:sscc:9521234.${String(number * pallets + pallet).padStart(10, '0')}`,
    ),
    action: 'OBSERVE',
    bizStep: 'receiving',
    disposition: 'in_progress',
    readPoint: { id: 'geo:35.1333,129.0500' },
    ...(ucr !== undefined && {
      bizTransactionList: [{ type: 'psg:ucr', bizTransaction: `urn:passage:ucr:${ucr}` }],
    }),
  };
}

/** A device of its own for one run: signs as many statements as are asked for, so that no run meets another's. */
export function statementsOf(
  device: SimulatedDevice,
  count: number,
  pallets = 1,
  ucr?: string,
): BenchStatement[] {
  return Array.from({ length: count }, (_, number) => {
    const { statementId, jws } = device.sign(observation(number, pallets, ucr));
    return { id: statementId, jws };
  });
}

const registerWarehouse =
  'mutation ($input: RegisterPartyInput!) { registerParty(input: $input) { receipt { block } } }';

/** Registers the party for which statements are measured, and lets the gateway enrol it. */
export async function enrolledParty(stage: Stage, who: ActingParty): Promise<void> {
  const admin = await stage.gatewayOf({ admin: true });
  const input = {
    requestId: `register-${who.party}`,
    partyId: who.party,
    name: 'Bench',
    roles: [who.role],
  };
  await admin(registerWarehouse, { input });
  await registeredDevice(stage, who, `enrols-${who.party}`);
}

const registerDevice =
  'mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { receipt { block } } }';

/** Registers a new device of the party through the gateway, which enrols the party when it acts for the first time. */
export async function registeredDevice(
  stage: Stage,
  who: ActingParty,
  name: string,
): Promise<SimulatedDevice> {
  const description = { owner: who.party, kind: 'barcode_reader', place: 'KRPUS' } as const;
  const aud = stage.network.genesisHash;
  const device = new SimulatedDevice({ seed: 'bench', name, alg: 'ES256', aud, description });
  const { kind, place } = description;
  const input = { requestId: `device-${name}`, kind, place, proof: device.proofOfPossession() };
  const graphql = await stage.gatewayOf({ admin: false, ...who });
  await graphql(registerDevice, { input });
  return device;
}
