import { mkdirSync, mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readRegistrar, writeConfigFiles, writeConfigtx } from './config-files.js';
import { type FabricPaths, fabricPaths } from './paths.js';
import { topology } from './topology.js';

describe('writeConfigFiles', () => {
  let dir: string;
  let paths: FabricPaths;
  const read = (...path: readonly string[]): string => readFileSync(join(paths.network, ...path), 'utf8');

  function write(basePort: number): void {
    const organizations = topology(basePort);
    for (const organization of organizations) writeConfigFiles(paths, organization);
    writeConfigtx(paths, organizations);
  }

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'passage-config-'));
    paths = fabricPaths(dir);
    write(9000);
  });

  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  it('gives each organisation files of its own, with its own ports', () => {
    expect(read('orgs', 'business', 'peer', 'core.yaml'))
      .to.contain("address: '127.0.0.1:9021'")
      .and.to.contain('localMspId: BusinessMSP')
      .and.to.contain(`mspConfigPath: '${join(paths.network, 'orgs', 'business', 'peer')}/msp'`);
    expect(read('orgs', 'port', 'orderer', 'orderer.yaml')).to.contain('ListenPort: 9010');
    expect(read('orgs', 'auditor', 'ca', 'tlsca', 'fabric-ca-server-config.yaml'))
      .to.contain('port: 9032')
      .and.to.contain('name: tlsca');
  });

  it('names in configtx.yaml the addresses that the others listen on', () => {
    const configtx = read('configtx.yaml');
    expect(
      [...configtx.matchAll(/OrdererEndpoints: \['(.+)'\]/g)].map(([, address]) => address),
    ).to.deep.equal(['127.0.0.1:9000', '127.0.0.1:9010', '127.0.0.1:9020', '127.0.0.1:9030']);
    expect([...configtx.matchAll(/Port: (\d+)/g)].map(([, port]) => Number(port))).to.deep.equal([
      ...[9001, 9011, 9021, 9031],
      ...[9000, 9010, 9020, 9030],
    ]);
  });

  it('leaves no name of a template without its value', () => {
    for (const file of ['configtx.yaml', 'orgs/customs/peer/core.yaml', 'orgs/customs/orderer/orderer.yaml'])
      expect(read(file)).not.to.match(/\$\{[a-zA-Z.]/);
  });

  it("keeps the registrar's secret, and the peer's connection to its chaincode until it changes", () => {
    const files = paths.organization('customs');
    const secret = readRegistrar(files).secret;
    const built = join(files.member('peer').folder, 'data', 'externalbuilder', 'builds');
    mkdirSync(built, { recursive: true });

    write(9000);
    expect(readRegistrar(files).secret).to.equal(secret);
    expect(existsSync(built)).to.equal(true);

    write(9500);
    expect(existsSync(built)).to.equal(false);
    expect(readFileSync(files.chaincodeServer('peer'), 'utf8')).to.contain('127.0.0.1:9503');
  });
});
