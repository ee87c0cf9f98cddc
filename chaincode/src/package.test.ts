import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';

const tool = fileURLToPath(new URL('../tools/package.mjs', import.meta.url));
const build = fileURLToPath(new URL('../build', import.meta.url));

interface Packed {
  readonly label: string;
  readonly packageId: string;
  readonly sha256: string;
  readonly version: string;
  readonly path: string;
  readonly main: string;
}

function pack(out: string): Packed {
  return JSON.parse(execFileSync(process.execPath, [tool, '--out', out], { encoding: 'utf8' })) as Packed;
}

/** Name and content of each entry of a ustar archive. */
function untar(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; archive[at] !== 0;) {
    const header = archive.subarray(at, at + 512);
    const field = (from: number, length: number): string =>
      header
        .subarray(from, from + length)
        .toString()
        .replace(/\0.*$/s, '');
    const checksum = header.reduce(
      (sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte),
      0,
    );
    expect(parseInt(field(148, 6), 8), 'checksum').to.equal(checksum);
    const size = parseInt(field(124, 11), 8);
    files.set(field(0, 100), archive.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

describe('the chaincode package', () => {
  let folder: string;
  let packed: Packed;

  before(() => {
    mkdirSync(build, { recursive: true });
    // Within the workspace, so that the packed code finds Fabric's libraries as it does where it is run from.
    folder = mkdtempSync(join(build, 'test-'));
    packed = pack(join(folder, 'one'));
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the same, byte for byte, when it is packed again elsewhere', () => {
    const again = pack(join(folder, 'two'));
    expect(again.sha256).to.equal(packed.sha256);
    expect(readFileSync(again.path).equals(readFileSync(packed.path))).to.equal(true);
  });

  it('has the id that every peer computes, and a version that names it', () => {
    const sha256 = createHash('sha256').update(readFileSync(packed.path)).digest('hex');
    expect(packed).to.deep.include({
      label: 'passage_1',
      sha256,
      packageId: `passage_1:${sha256}`,
      version: `1-${sha256}`,
    });
  });

  it('holds exactly what a peer expects of a chaincode service', () => {
    const outer = untar(gunzipSync(readFileSync(packed.path)));
    expect([...outer.keys()]).to.deep.equal(['code.tar.gz', 'metadata.json']);
    expect(JSON.parse(String(outer.get('metadata.json')))).to.deep.equal({
      type: 'ccaas',
      label: 'passage_1',
    });
    const code = untar(gunzipSync(outer.get('code.tar.gz') ?? Buffer.alloc(0)));
    expect(JSON.parse(String(code.get('connection.json')))).to.deep.equal({ dial_timeout: '10s' });
    expect(code.has('dist/main.js')).to.equal(true);
    expect(code.has('node_modules/@passage/domain/dist/command/commands.js')).to.equal(true);
    for (const name of code.keys()) expect(name).not.to.match(/test|\.map$|\.d\.ts$|tsbuildinfo|^\/|\.\./);
  });

  it('lays out the very files that it packs', () => {
    const outer = untar(gunzipSync(readFileSync(packed.path)));
    const code = untar(gunzipSync(outer.get('code.tar.gz') ?? Buffer.alloc(0)));
    const stage = join(packed.main, '../..');
    for (const [name, content] of code) {
      expect(readFileSync(join(stage, name)).equals(content), name).to.equal(true);
    }
  });

  it('runs as it is laid out', () => {
    const { status, stderr } = spawnSync(process.execPath, [packed.main], { env: {}, encoding: 'utf8' });
    expect(stderr).to.contain('CORE_CHAINCODE_ID is not set');
    expect(status).to.equal(2);
  });

  it('leaves nothing behind but the package and the files to run', () => {
    expect(readdirSync(join(folder, 'one'))).to.have.members([`${packed.sha256}.tgz`, packed.sha256]);
  });
});
