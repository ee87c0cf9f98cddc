import { SimulatedDevice } from '@passage/devices';
import { type JsonObject, psgContext } from '@passage/domain';

import type { ActingParty, Stage } from './stage.js';

/** A statement as it is sent, and the id to ask for it by. */
export interface BenchStatement {
  readonly id: string;
  readonly jws: string;
}

/** An observation of about the size that a plate reader's has; each names another pallet. */
function observation(number: number): JsonObject {
  return {
    '@context': psgContext,
    type: 'ObjectEvent',
    eventTime: '2026-01-01T00:00:00.000Z',
    eventTimeZoneOffset: '+00:00',
    epcList: [`urn:epc:id:sscc:9521234.${String(number).padStart(10, '0')}`],
    action: 'OBSERVE',
    bizStep: 'receiving',
    disposition: 'in_progress',
    readPoint: { id: 'geo:35.1333,129.0500' },
  };
}

/** A device of its own for one run: signs as many statements as are asked for, so that no run meets another's. */
export function statementsOf(device: SimulatedDevice, count: number): BenchStatement[] {
  return Array.from({ length: count }, (_, number) => {
    const { statementId, jws } = device.sign(observation(number));
    return { id: statementId, jws };
  });
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
