import { needSharedData } from '@passage/testing';
import { expect } from 'chai';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectDeviceError } from '../testing/expect-device-error.js';
import { run } from '../testing/run-command.js';
import { aud, numberedEvent, scratchFolder } from '../testing/samples.js';
import { checkCommand } from './check-command.js';
import { simulateCommand } from './simulate-command.js';

describe('passage check', () => {
  let folder: string;
  beforeEach(() => (folder = scratchFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: unknown): string {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  async function objects(...args: string[]): Promise<{ code: number; verdicts: Record<string, unknown>[] }> {
    const { code, printed } = await run(checkCommand(), '--json', ...args);
    const lines = printed.trimEnd().split('\n');
    return { code, verdicts: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
  }

  it('accepts every valid EPCIS file and refuses every invalid one', async function () {
    const data = needSharedData(this, 'epcis');
    const valid = globSync(`${data}valid/**/*.json`);
    const accepted = await objects(...valid);
    expect(accepted.code).to.equal(0);
    expect(accepted.verdicts.map(({ file: path }) => path)).to.deep.equal(valid);
    for (const verdict of accepted.verdicts) {
      expect(verdict).to.include({ accepted: true, code: null, pointer: null });
    }
    const invalid = globSync(`${data}invalid/**/*.json`);
    const refused = await objects(...invalid);
    expect(refused.code).to.equal(1);
    expect(refused.verdicts).to.have.length(invalid.length);
    for (const verdict of refused.verdicts)
      expect(verdict).to.include({ accepted: false, code: 'INVALID_FIELD' });
  });

  it('prints the published event hashes', async function () {
    const data = needSharedData(this, 'event-hash');
    for (const path of globSync(`${data}examples/*.jsonld`)) {
      const { verdicts } = await objects('--event-hash', path);
      const published = readFileSync(path.replace('.jsonld', '.hashes'), 'utf8').trim().split('\n');
      expect(verdicts[0]?.['eventHashes'], path).to.deep.equal(published);
    }
  });

  it('judges what simulated devices signed, with their registrations as keys', async () => {
    const out = join(folder, 'v.jws');
    await run(simulateCommand(), '--shipments', '2', '--aud', aud, '--out', out);
    const known = ['--key', join(folder, 'v.devices.json'), '--aud', aud];
    const { code, verdicts } = await objects(...known, out);
    expect(code).to.equal(0);
    expect(verdicts.map(({ line }) => line)).to.deep.equal(verdicts.map((_, index) => index + 1));
    expect(verdicts).to.have.length.above(5);
    for (const verdict of verdicts) expect(verdict).to.include({ accepted: true, kind: 'statement' });
    const other = await objects('--key', join(folder, 'v.devices.json'), '--aud', 'cd'.repeat(32), out);
    expect(other.code).to.equal(1);
    expect(other.verdicts[0]).to.include({ code: 'WRONG_LEDGER', pointer: '/header/aud' });
    const stranger = file('key.json', {
      kty: 'OKP',
      crv: 'Ed25519',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    });
    const unknown = await objects('--key', stranger, out);
    expect(unknown.verdicts[0]).to.include({ code: 'KEY_UNKNOWN', pointer: '/header/kid' });
  });

  it('tells people the verdict, every fault with its place, and what to do next', async () => {
    const good = file('good.json', numberedEvent(1));
    const bad = file('bad.json', { ...numberedEvent(1), bizStep: 'x', disposition: '\u001B[2J' });
    const { code, printed } = await run(checkCommand(), '--event-hash', good, bad);
    expect(code).to.equal(1);
    const lines = printed.trimEnd().split('\n');
    expect(lines[0]).to.equal(`${good}: accepted (event)`);
    expect(lines[1]).to.match(/^ {2}ni:\/\/\/sha-256;/);
    expect(lines[2]).to.equal(`${bad}: refused (event): INVALID_FIELD at /bizStep`);
    expect(lines[3]).to.match(/^ {2}\/bizStep VALUE: must be/);
    expect(lines[4]).to.match(/^ {2}\/disposition VALUE: must be/);
    expect(lines[5]).to.equal('  Mend every field in the list of violations, then send it again.');
    expect(printed).not.to.include('\u001B');
  });

  it('goes on after a file that cannot be read, and ends with 3', async () => {
    const good = file('good.json', numberedEvent(1));
    const { code, verdicts } = await objects(join(folder, 'missing.json'), folder, good);
    expect(code).to.equal(3);
    expect(verdicts[0]).to.include({ accepted: false, code: 'FILE_UNUSABLE', pointer: null });
    expect(verdicts[1]).to.include({ accepted: false, code: 'FILE_UNUSABLE' });
    expect(verdicts[2]).to.include({ accepted: true });
  });

  it('says which ledger in one way only, and takes keys from key files only', async () => {
    const good = file('good.json', numberedEvent(1));
    const wrong: readonly (readonly string[])[] = [
      [],
      ['--aud', 'x', good],
      ['--aud', aud, '--trust', good, good],
    ];
    for (const args of wrong) {
      const failed = await run(checkCommand(), ...args).catch((error: unknown) => error);
      expect(failed).to.have.property('name', 'CommanderError');
    }
    await expectDeviceError('FILE_UNUSABLE', () => run(checkCommand(), '--key', good, good));
    await expectDeviceError('FILE_UNUSABLE', () => run(checkCommand(), '--trust', good, good));
  });
});
