import { expect } from 'chai';
import type { JsonObject } from '../../json/value.js';
import { keys } from '../../state/keys.js';
import {
  certifier,
  observation,
  partyCaller,
  registerCertifier,
  shipmentInput,
  StatementStage,
  TestDevice,
  testLedger,
  testUcr,
  TestWorld,
} from '../../testing/index.js';
import { agree } from '../../testing/parameter-stage.js';

describe('parameters in the rules', () => {
  const shipment = () => {
    const stage = new StatementStage();
    return { stage, world: stage.world };
  };

  it('say how long offers and releases stand, and at most', () => {
    const { world } = shipment();
    agree(world, { offerHours: 1, longestOfferDays: 1 });
    const offer = { requestId: 'o', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' };
    world.play(partyCaller('CARRIER1'), 'OfferHandover', offer);
    const hour = new Date(Date.parse(world.now()) + 3_600_000).toISOString();
    expect(world.get(keys.handover(testUcr, 1))?.expiresAt).to.equal(hour);
    const release = {
      requestId: 'r',
      ucr: testUcr,
      carrier: 'TERMINAL1',
      plateCommitment: 'A'.repeat(43),
      place: 'KRPUS',
      expiresAt: '2026-01-04T00:00:00.000Z',
    };
    const { details } = world.refusal(partyCaller('CARRIER1'), 'ReleaseToCarrier', release);
    const violations = details['violations'] as readonly { pointer: string; message: string }[];
    expect(violations.map(({ pointer, message }) => `${pointer} ${message}`)).to.deep.equal([
      '/expiresAt must lie in the future, at most 1 days ahead',
    ]);
  });

  it('say how many statements a transaction holds', () => {
    const { stage, world } = shipment();
    const device = stage.device('CARRIER1');
    agree(world, { batchLimit: 2 });
    const statements = [1, 2, 3].map(() => device.next(observation()));
    const refused = world.refusal(partyCaller('TERMINAL1'), 'RecordStatements', { statements });
    expect(refused.code).to.equal('BATCH_SIZE');
    expect(refused.details).to.deep.equal({ size: 3, limit: 2 });
    world.play(partyCaller('TERMINAL1'), 'RecordStatements', { statements: statements.slice(0, 2) });
  });

  it('say which kinds of devices may be registered, and leave those that are', () => {
    const { stage, world } = shipment();
    const old = stage.device('CARRIER1');
    const device = new TestDevice(testLedger);
    const register = (kind: string): JsonObject => ({
      requestId: `d-${kind}`,
      kind,
      proof: device.proof({ owner: 'CARRIER1', kind }),
    });
    const caller = partyCaller('CARRIER1');
    expect(world.refusal(caller, 'RegisterDevice', register('lidar')).code).to.equal('INVALID_FIELD');
    agree(world, { deviceKinds: ['lidar'] });
    world.play(caller, 'RegisterDevice', register('lidar'));
    expect(world.refusal(caller, 'RegisterDevice', register('drone')).code).to.equal('INVALID_FIELD');
    world.play(caller, 'RecordStatements', { statements: [old.next(observation())] });
  });

  it('say how many holds are in force at a time', () => {
    const { world } = shipment();
    agree(world, { holdsInForce: 1 });
    const hold = { requestId: 'h', ucr: testUcr, legalBasis: 'Art. 1', response: '45' };
    const officer = partyCaller('OFFICER1');
    world.play(officer, 'DetainGoods', { requestId: 'h', ucr: testUcr, legalBasis: hold.legalBasis });
    const second = { requestId: 'h2', ucr: testUcr, legalBasis: hold.legalBasis };
    const { code, details } = world.refusal(officer, 'DetainGoods', second);
    expect([code, details['limit']]).to.deep.equal(['TOO_MANY_HOLDS', 1]);
  });

  it('say by which rules risk may be assessed', () => {
    const world = TestWorld.started();
    world.play(partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput());
    agree(world, { riskRules: [{ name: 'import', version: '2' }] });
    const assessment = (version: string): JsonObject => ({
      requestId: `a-${version}`,
      ucr: testUcr,
      rules: { name: 'import', version },
      score: 0,
      contributions: [],
    });
    const { code, details } = world.refusal(partyCaller('OFFICER1'), 'AssessRisk', assessment('1'));
    const [violation] = details['violations'] as readonly { pointer: string }[];
    expect([code, violation?.pointer]).to.deep.equal(['INVALID_FIELD', '/rules']);
    world.play(partyCaller('OFFICER1'), 'AssessRisk', assessment('2'));
  });

  it('say which rules of origin a certificate may rest on', () => {
    const world = TestWorld.started();
    world.play(registerCertifier.caller, registerCertifier.name, registerCertifier.input);
    const lot = {
      requestId: 'lot',
      lot: 'SELLER1:1',
      hs: '090111',
      hsEdition: '2022',
      unit: { uom: 'KGM', decimals: 0 },
      shares: [{ origin: 'BR', quantity: 100 }],
    };
    world.play(partyCaller('SELLER1'), 'RegisterLot', lot);
    agree(world, { originRules: [{ name: 'GSP', version: '2023' }] });
    const certificate = (version: string): JsonObject => ({
      requestId: `c-${version}`,
      certificate: 'CERTIFIER1:1',
      lot: 'SELLER1:1',
      quantity: 10,
      finding: { origin: 'BR', criterion: 'wholly_obtained', rule: { name: 'GSP', version } },
      validUntil: '2027-01-01T00:00:00.000Z',
    });
    const { code, details } = world.refusal(certifier, 'IssueCertificate', certificate('2019'));
    const [violation] = details['violations'] as readonly { pointer: string }[];
    expect([code, violation?.pointer]).to.deep.equal(['INVALID_FIELD', '/finding/rule']);
    world.play(certifier, 'IssueCertificate', certificate('2023'));
  });
});
