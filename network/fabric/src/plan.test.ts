import { expect } from 'chai';
import { fabricPaths } from './paths.js';
import { plan } from './plan.js';
import { PROGRAM_NAMES, type Programs } from './programs.js';
import { topology } from './topology.js';

describe("plan of Fabric's processes", () => {
  const programs = Object.fromEntries(PROGRAM_NAMES.map((name) => [name, `/fabric/${name}`])) as Programs;
  const planned = plan(
    fabricPaths('anywhere'),
    topology(7400),
    programs,
    ['identities', 'definition'],
    ['--dir', 'd'],
  );
  const names = planned.map(({ name }) => name);

  it('has a CA, an orderer and a peer for each organisation, and the open steps', () => {
    expect(names).to.include.members([
      'ca-customs',
      'orderer-port',
      'peer-business',
      'peer-auditor',
      'definition',
    ]);
    expect(names).to.have.length(4 * 3 + 2);
  });

  it('gives no port twice, and stays within ten of each organisation', () => {
    const ports = planned.flatMap((one) => one.ports);
    expect(new Set(ports).size).to.equal(ports.length);
    expect(Math.min(...ports)).to.equal(7400);
    expect(Math.max(...ports)).to.be.below(7440);
  });

  it('is told by their logs when processes serve, and by their end when steps are done', () => {
    const steps = planned.filter((one) => one.readyText === undefined).map(({ name }) => name);
    expect(steps).to.deep.equal(['identities', 'definition']);
  });

  it('lets peers and orderers wait for the identities, and these for the CAs', () => {
    const after = (name: string) => planned.find((one) => one.name === name)?.after;
    expect(after('peer-port')).to.deep.equal(['identities']);
    expect(after('orderer-port')).to.deep.equal(['identities']);
    expect(after('identities')).to.deep.equal(['ca']);
  });
});
