import { UCR, admin, carrier, importer } from './test-gateway.js';
import type { Answer, TestGateway } from './test-gateway.js';
import type { Caller } from '../auth/caller.js';
import { TestDevice } from './test-device.js';

/** Throws the first error of an answer, so that a test stops where it went wrong. */
export function fine(answer: Answer): NonNullable<Answer['data']> {
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}

export async function registerParty(gateway: TestGateway, partyId: string, role: string): Promise<void> {
  const input = { requestId: `party-${partyId}`, partyId, name: `Party ${partyId}`, roles: [role] };
  const mutation = 'mutation ($input: RegisterPartyInput!) { registerParty(input: $input) { party { id } } }';
  fine(await gateway.ask(mutation, admin, { input }));
}

export async function registerDevice(
  gateway: TestGateway,
  owner: Caller,
  kind = 'xray_scanner',
): Promise<TestDevice> {
  const device = new TestDevice();
  const input = { requestId: device.kid, kind, proof: device.proof({ owner: owner.party ?? '', kind }) };
  const mutation =
    'mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { device { kid } } }';
  fine(await gateway.ask(mutation, owner, { input }));
  return device;
}

/** Opens a shipment of the importer's that the carrier has; `changes` replace members of the input. */
export async function openShipment(
  gateway: TestGateway,
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
  const mutation = `mutation ($input: OpenShipmentInput!) {
    openShipment(input: $input) { shipment { ucr custody { custodian } } receipt { duplicate transactionId block } }
  }`;
  return gateway.ask(mutation, importer, { input });
}

export async function recordStatements(
  gateway: TestGateway,
  statements: readonly string[],
  caller = importer,
): Promise<Answer> {
  const mutation = `mutation ($input: RecordStatementsInput!) {
    recordStatements(input: $input) {
      accepted { index id duplicate }
      refused { index id code pointer message next }
    }
  }`;
  return gateway.ask(mutation, caller, { input: { requestId: 'r', statements } });
}

/** Two parties, a device and an open shipment. */
export async function prepared(gateway: TestGateway): Promise<TestDevice> {
  await registerParty(gateway, 'KRIMP01', 'importer');
  await registerParty(gateway, 'CARRIER', 'carrier');
  const device = await registerDevice(gateway, carrier);
  fine(await openShipment(gateway));
  return device;
}

/** Waits until a statement has left `PENDING`. */
export async function settled(gateway: TestGateway, id: string): Promise<Record<string, unknown>> {
  const query = 'query ($id: StatementId!) { statement(id: $id) { state code verification { block } } }';
  for (;;) {
    const { statement } = fine(await gateway.ask(query, importer, { id })) as {
      statement: Record<string, unknown>;
    };
    if (statement['state'] !== 'PENDING') return statement;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
