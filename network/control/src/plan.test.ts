import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { layout } from './layout.js';
import { fabricPlan, plan, processNames } from './plan.js';

describe('plan', () => {
  const at = layout('anywhere', 7400);
  const chaincode = { packageId: 'passage_1:ab', version: '1-ab', path: 'passage_1.tgz', main: 'main.js' };

  it('starts one chaincode for all in fast mode and one each in faithful mode', () => {
    const names = (faithful: boolean) => plan(at, { faithful, chaincode }).map(({ name }) => name);
    expect(names(false)).to.deep.equal([
      'network',
      'chaincode',
      'issuer',
      'gateway-customs',
      'gateway-port',
      'gateway-business',
    ]);
    expect(names(true)).to.deep.equal([
      'network',
      'chaincode-customs',
      'chaincode-port',
      'chaincode-business',
      'chaincode-auditor',
      'issuer',
      'gateway-customs',
      'gateway-port',
      'gateway-business',
    ]);
  });

  it('gives no port twice', () => {
    const ports = plan(at, { faithful: true, chaincode }).flatMap((planned) => planned.ports);
    expect(new Set(ports).size).to.equal(ports.length);
    expect(Math.min(...ports)).to.equal(7400);
  });

  it('plans no process that down and status would not find', () => {
    for (const faithful of [false, true]) {
      const names = plan(at, { faithful, chaincode }).map(({ name }) => name);
      expect(processNames(at)).to.include.members(names);
    }
  });
});

describe('plan of one organisation in its own folder', () => {
  const dir = mkdtempSync(join(tmpdir(), 'passage-plan-'));
  const at = layout(dir, 7400);
  const chaincode = { packageId: 'passage_1:ab', version: '1-ab', path: 'passage_1.tgz', main: 'main.js' };

  after(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  const planned = (own: object): readonly (readonly unknown[])[] => {
    writeFileSync(at.ownOrganization, JSON.stringify({ port: { orderer: 7400 }, ...own }));
    return fabricPlan(at, [], chaincode).map(({ name, host, ports, env }) => [
      name,
      host,
      ...ports,
      env.CORE_CHAINCODE_ADDRESS,
    ]);
  };

  it('has a chaincode server for each of its peers, at its addresses, and its gateway', () => {
    const own = { name: 'port', host: '198.51.100.2', second: { host: '198.51.100.12' } };
    expect(planned(own)).to.deep.equal([
      ['chaincode-port', '198.51.100.2', 7403, '198.51.100.2:7403'],
      ['chaincode2-port', '198.51.100.12', 7503, '198.51.100.12:7503'],
      ['issuer', undefined, 7509, undefined],
      ['gateway-port', undefined, 7404, undefined],
    ]);
    expect(processNames(at)).to.include.members(['peer-port', 'peer2-port', 'chaincode2-port', 'ca-port']);
    expect(processNames(at).filter((name) => name.endsWith('-customs'))).to.deep.equal([]);
  });

  it('has no gateway at the auditor', () => {
    expect(planned({ name: 'auditor', host: '198.51.100.4' }).map(([name]) => name)).to.deep.equal([
      'chaincode-auditor',
    ]);
  });
});
