import { expect } from 'chai';
import { readStatement, verifyDeviceProof, verifyStatement } from '@passage/domain';
import { expectDeviceError } from '../testing/expect-device-error.js';
import { aud, seaConsignment } from '../testing/samples.js';
import { sampleConsignments } from './sample-consignments.js';
import { simulate } from './simulate.js';
import { simulateVoyage } from './simulate-voyage.js';

const options = { seed: 'test', aud };
const consignments = sampleConsignments(60, 'test');

describe('simulate', () => {
  const simulation = simulate(consignments, options);
  const devices = new Map(simulation.devices.map((device) => [device.kid, device]));

  it('signs every sighting once, as the event that the voyage gave', () => {
    const expected = consignments.flatMap((consignment) => simulateVoyage(consignment, options));
    const payloads = simulation.statements.map(({ jws }) => JSON.stringify(readStatement(jws).payload));
    expect(payloads.toSorted()).to.deep.equal(expected.map(({ event }) => JSON.stringify(event)).toSorted());
  });

  it('gives each device one chain in order of time, signed with its key', () => {
    const ends = new Map<string, { seq: number; statementId: string; time: string }>();
    for (const { jws, kid, seq, statementId, time } of simulation.statements) {
      const device = devices.get(kid);
      const { header } = verifyStatement(readStatement(jws), device!.jwk);
      const end = ends.get(kid);
      expect(header).to.include({ kid, seq, aud });
      expect(seq).to.equal((end?.seq ?? 0) + 1);
      expect(header.prev).to.equal(end?.statementId);
      expect(time >= (end?.time ?? '')).to.equal(true);
      ends.set(kid, { seq, statementId, time });
    }
    expect(ends.size).to.equal(devices.size);
    expect(Math.max(...[...ends.values()].map(({ seq }) => seq))).to.be.greaterThan(20);
  });

  it('has the statements in order of time', () => {
    const times = simulation.statements.map(({ time }) => time);
    expect(times).to.deep.equal(times.toSorted());
  });

  it('gives each device a proof that registers it', () => {
    for (const device of simulation.devices) {
      const { kid, claim } = verifyDeviceProof(device.proofOfPossession());
      expect(kid).to.equal(device.kid);
      expect(claim).to.deep.equal({ ...device.description });
    }
  });

  it('has one fixed reader for each place, kind and owner', () => {
    const fixed = simulation.devices.map(({ description: { kind, place, owner } }) =>
      place === undefined ? undefined : `${kind} ${place} ${owner}`,
    );
    const named = fixed.filter((name) => name !== undefined);
    expect(new Set(named).size).to.equal(named.length);
  });

  it('uses its e-seals again, but never on two containers at once', () => {
    const spans = new Map<string, { kid: string; start: string; end: string }>();
    for (const { kid, ucr, time } of simulation.statements) {
      if (devices.get(kid)?.description.kind !== 'gps_eseal') continue;
      spans.set(ucr, { kid, start: spans.get(ucr)?.start ?? time, end: time });
    }
    const bySeal = Map.groupBy(spans.values(), ({ kid }) => kid);
    for (const travels of bySeal.values()) {
      travels.sort((a, b) => (a.start < b.start ? -1 : 1));
      travels
        .slice(1)
        .forEach(({ start }, index) => expect(start > (travels[index]?.end ?? '')).to.equal(true));
    }
    expect(spans.size).to.be.greaterThan(bySeal.size);
  });

  it('gives the same devices, signed bytes and statement ids again, though not the same ES256 signatures', () => {
    const again = simulate(consignments, options);
    const signed = ({ statements }: typeof simulation) =>
      statements.map(({ kid, seq, statementId, jws }) => [
        kid,
        seq,
        statementId,
        jws.slice(0, jws.lastIndexOf('.')),
      ]);
    expect(signed(again)).to.deep.equal(signed(simulation));
    expect(again.openings).to.deep.equal(simulation.openings);
  });

  it('keeps every plate out of every statement, and its opening with the statement it belongs to', () => {
    const payloads = new Map(
      simulation.statements.map(({ statementId, jws }) => [statementId, readStatement(jws).payload]),
    );
    const all = [...payloads.values()].map((payload) => JSON.stringify(payload)).join('\n');
    expect(simulation.openings).not.to.be.empty;
    for (const { statementId, commitment, value } of simulation.openings) {
      expect(payloads.get(statementId)).to.have.property('psg:licencePlateCommitment', commitment);
      expect(all).not.to.include(value);
    }
  });

  it('refuses two consignments under one UCR', async () => {
    const twins = [seaConsignment(), seaConsignment({ declaredOn: '2021-03-01' })];
    await expectDeviceError('SIMULATION_INPUT', () => simulate(twins, options));
  });
});
