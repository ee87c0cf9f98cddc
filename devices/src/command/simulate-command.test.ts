import { expect } from 'chai';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStatement, verifyDeviceProof } from '@passage/domain';
import { expectDeviceError } from '../testing/expect-device-error.js';
import { aud, scratchFolder } from '../testing/samples.js';
import { simulateCommand } from './simulate-command.js';

describe('passage simulate', () => {
  let folder: string;
  beforeEach(() => (folder = scratchFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs the command as the command line does: failures are thrown. Gives what it printed. */
  async function run(...args: string[]): Promise<string> {
    const command = simulateCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
    const write = process.stdout.write.bind(process.stdout);
    let printed = '';
    process.stdout.write = (text: string | Uint8Array): boolean => {
      printed += String(text);
      return true;
    };
    try {
      await command.parseAsync(args, { from: 'user' });
    } finally {
      process.stdout.write = write;
    }
    return printed;
  }

  it('writes statements, registrations and openings that belong together', async () => {
    const out = join(folder, 'voyages.jws');
    const said = JSON.parse(await run('--shipments', '5', '--aud', aud, '--out', out, '--json')) as {
      statements: number;
    };
    const statements = readFileSync(out, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => readStatement(line));
    const read = (name: string): Record<string, string>[] =>
      JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>[];
    const devices = read('voyages.devices.json');
    expect(statements).to.have.lengthOf(said.statements).and.lengthOf(40);
    expect(new Set(statements.map(({ header }) => header.kid))).to.deep.equal(
      new Set(devices.map(({ proof }) => verifyDeviceProof(proof ?? '').kid)),
    );
    const ids = statements.map(({ statementId }) => statementId);
    expect(ids).to.include.members(read('voyages.openings.json').map(({ statementId }) => statementId));
    expect(statSync(join(folder, 'voyages.openings.json')).mode & 0o077).to.equal(0);
  });

  it('takes the ledger from a trust file', async () => {
    const trust = join(folder, 'trust.json');
    const out = join(folder, 'v.jws');
    const genesisHash = 'cd'.repeat(32);
    writeFileSync(
      trust,
      JSON.stringify({ format: 'passage-trust-1', network: 'embedded', channel: 'c', genesisHash }),
    );
    await run('--shipments', '1', '--trust', trust, '--out', out);
    expect(readStatement(readFileSync(out, 'utf8').split('\n')[0] ?? '').header.aud).to.equal(genesisHash);
  });

  it('says that it was called wrongly', async () => {
    const wrong = [
      [],
      ['--aud', 'x'],
      ['--aud', aud, '--trust', 'f'],
      ['--aud', aud, '--shipments', '-1'],
      ['--what'],
    ];
    for (const args of wrong) {
      const failure: unknown = await run(...args).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure, args.join(' ')).to.be.instanceOf(Error).and.have.property('name', 'CommanderError');
    }
  });

  it('says which file it cannot read or write', async () => {
    const out = join(folder, 'nowhere', 'v.jws');
    await expectDeviceError('FILE_UNUSABLE', () => run('--trust', join(folder, 'none'), '--out', out));
    await expectDeviceError('FILE_UNUSABLE', () => run('--aud', aud, '--out', out));
    writeFileSync(join(folder, 'other.json'), '{}');
    await expectDeviceError('FILE_UNUSABLE', () => run('--trust', join(folder, 'other.json')));
  });
});
