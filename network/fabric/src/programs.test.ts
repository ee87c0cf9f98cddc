import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { findPrograms, needPrograms, PROGRAM_NAMES } from './programs.js';

describe('findPrograms', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'passage-programs-'))));

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function put(place: string, names: readonly string[], mode = 0o755): string {
    const into = join(folder, place);
    mkdirSync(into, { recursive: true });
    for (const name of names) {
      writeFileSync(join(into, name), '');
      chmodSync(join(into, name), mode);
    }
    return into;
  }

  it('finds each on the PATH, and in FABRIC_BIN before that', () => {
    const first = put('first', ['peer', 'orderer']);
    const bin = put('bin', ['peer']);
    const found = findPrograms({ PATH: `${join(folder, 'nowhere')}${delimiter}${first}`, FABRIC_BIN: bin });
    expect(found).to.deep.equal({ peer: join(bin, 'peer'), orderer: join(first, 'orderer') });
  });

  it('takes neither a folder nor a file that cannot be run', () => {
    mkdirSync(join(folder, 'bin', 'peer'), { recursive: true });
    const plain = put('plain', ['orderer'], 0o644);
    expect(findPrograms({ PATH: `${join(folder, 'bin')}${delimiter}${plain}` })).to.deep.equal({});
  });

  it('names every one that is missing', () => {
    const bin = put('bin', PROGRAM_NAMES.slice(2));
    expect(() => needPrograms(findPrograms({ FABRIC_BIN: bin })))
      .to.throw('PROGRAM_MISSING: peer, orderer of Fabric are neither')
      .with.property('code', 'PROGRAM_MISSING');
    const whole = put('bin', PROGRAM_NAMES);
    expect(Object.keys(needPrograms(findPrograms({ FABRIC_BIN: whole })))).to.deep.equal([...PROGRAM_NAMES]);
  });
});
