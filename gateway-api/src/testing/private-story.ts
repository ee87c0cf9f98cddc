import type { Caller } from '../auth/caller.js';
import type { Canaries } from './canaries.js';
import { pathsWith } from './private-fields.js';
import { act, recordStatements, registerCaller } from './story.js';
import type { RunningGateways } from './running-gateways.js';
import { TestDevice } from './test-device.js';

const who = { subject: 't', admin: false };
export const trader = { ...who, org: 'business', party: 'TRADER1', role: 'importer' } satisfies Caller;
export const carrier = { ...who, org: 'business', party: 'CARRIER1', role: 'carrier' } satisfies Caller;
export const officer = {
  ...who,
  org: 'customs',
  party: 'OFFICER-7',
  role: 'customs_officer',
} satisfies Caller;
const haulier = { ...carrier, party: 'HAULIER1' } satisfies Caller;
const body = { ...carrier, party: 'BODY1', role: 'certifying_body' } satisfies Caller;

const UCR = '6KRTRADER1-0001';
const goods = { hs: '850760', hsEdition: '2022' };
const unit = { uom: 'KGM', decimals: 3 };

/**
 * A story in which every act that can carry a private field carries one.
 *
 * @returns the private fields that had a canary, as `privateFieldsOf` names them.
 */
export async function tellPrivateStory(
  gateways: RunningGateways,
  canaries: Canaries,
): Promise<readonly string[]> {
  const covered = new Set<string>();
  const does = async (caller: Caller, name: string, input: object): Promise<void> => {
    await act(gateways, caller, name, input);
    for (const path of pathsWith(canaries.words, name, input)) covered.add(path);
  };
  const commitment = ({ party }: { readonly party: string }, field: string): string =>
    canaries.plant(party, UCR, field).commitment;
  const committed = (owner: { readonly party: string }, field: string): object => ({
    commitments: [{ field, commitment: commitment(owner, field) }],
  });

  for (const caller of [trader, carrier, haulier, body, officer]) await registerCaller(gateways, caller);
  await does(trader, 'openShipment', {
    ucr: UCR,
    goods: [goods],
    origin: 'CN',
    departure: 'CN',
    transportMode: '3',
    parties: { importer: trader.party },
    custodian: carrier.party,
  });
  const device = new TestDevice(gateways.network.genesisHash);
  const claim = { owner: carrier.party, kind: 'plate_reader' };
  await does(carrier, 'registerDevice', { kind: claim.kind, proof: device.proof(claim) });
  const plate = { 'psg:licencePlateCommitment': commitment(carrier, 'licencePlate') };
  const statement = device.statement(UCR, plate);
  await recordStatements(gateways, [statement], carrier);

  const lines = [{ ...goods, origin: 'CN', unit, quantity: 1500, packages: 2 }];
  const declared = { declaration: 'TRADER1:D1', procedure: 'import', office: 'KRPUS', lines };
  await does(trader, 'lodgeDeclaration', { ...declared, ucr: UCR, ...committed(trader, 'customsValue') });
  const amended = { reason: 'discount', ...committed(trader, 'discountedValue') };
  await does(trader, 'amendDeclaration', { ...declared, ...amended });

  const lot = { lot: 'TRADER1:L1', ...goods, unit, shares: [{ origin: 'CN', quantity: 1500 }] };
  await does(trader, 'registerLot', lot);
  const rule = { name: 'RCEP, Annex 3A', version: '2022' };
  await does(body, 'issueCertificate', {
    certificate: 'BODY1:C1',
    lot: lot.lot,
    quantity: 1000,
    finding: { origin: 'CN', criterion: 'value', rule },
    validUntil: '2999-01-01T00:00:00.000Z',
    ...committed(body, 'exWorksPrice'),
  });

  await does(carrier, 'releaseToCarrier', {
    ucr: UCR,
    carrier: haulier.party,
    plateCommitment: commitment(carrier, 'lorryPlate'),
    place: 'KRPUS',
  });
  const about = { ucr: UCR, disputant: trader.party, dispute: 'd1' };
  const finding = { ...about, finding: 'dismissed' };
  await does(trader, 'raiseDispute', {
    requestId: 'd1',
    ucr: UCR,
    event: { statement },
    reason: 'another lorry',
    commitment: commitment(trader, 'grounds'),
  });
  await does(carrier, 'answerDispute', { ...finding, commitment: commitment(carrier, 'answer') });
  await does(officer, 'ruleOnDispute', { ...finding, commitment: commitment(officer, 'ruling') });

  for (const caller of [trader, carrier, body, officer]) {
    await does(caller, 'keepOpenings', { openings: canaries.of(caller.party) });
  }
  for (const opening of canaries.of(carrier.party)) {
    await does(carrier, 'discloseOpening', { ...opening, to: officer.party });
    await does(carrier, 'purgeOpening', { commitment: opening.commitment });
  }
  return [...covered].sort();
}
