import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { BUILDER } from './paths.js';

describe('the external builder', () => {
  let folder: string;
  const at = (...path: readonly string[]): string => join(folder, ...path);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'passage-builder-'));
    for (const name of ['source', 'metadata', 'output', 'release']) mkdirSync(at(name));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (name: string, ...folders: readonly string[]) =>
    spawnSync(process.execPath, [join(BUILDER, 'bin', name), ...folders.map((one) => at(one))], {
      env: { PASSAGE_CHAINCODE_SERVER: at('server.json') },
    }).status;

  it('takes chaincode that runs as a service, and nothing else', () => {
    writeFileSync(at('metadata', 'metadata.json'), '{"type":"ccaas","label":"passage_1"}');
    expect(run('detect', 'source', 'metadata')).to.equal(0);
    writeFileSync(at('metadata', 'metadata.json'), '{"type":"golang","label":"passage_1"}');
    expect(run('detect', 'source', 'metadata')).to.equal(1);
  });

  it("joins the package with this peer's own connection, and puts it where the peer looks", () => {
    for (const name of ['root', 'cert', 'key']) writeFileSync(at(name), `${name} PEM`);
    writeFileSync(at('source', 'connection.json'), '{"dial_timeout":"10s"}');
    const server = {
      address: 'h:1',
      domain: 'd',
      rootCert: at('root'),
      clientCert: at('cert'),
      clientKey: at('key'),
    };
    writeFileSync(at('server.json'), JSON.stringify(server));
    expect(run('build', 'source', 'metadata', 'output')).to.equal(0);
    expect(run('release', 'output', 'release')).to.equal(0);
    const released: unknown = JSON.parse(
      readFileSync(at('release', 'chaincode', 'server', 'connection.json'), 'utf8'),
    );
    expect(released).to.deep.equal({
      address: 'h:1',
      domain: 'd',
      dial_timeout: '10s',
      tls_required: true,
      client_auth_required: true,
      root_cert: 'root PEM',
      client_cert: 'cert PEM',
      client_key: 'key PEM',
    });
  });
});
