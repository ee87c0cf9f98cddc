import { expect } from 'chai';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aud, scratchFolder } from '../testing/samples.js';
import { run } from '../testing/run-command.js';
import { proveFieldCommand } from './prove-field-command.js';
import { simulateCommand } from './simulate-command.js';

interface Opening {
  readonly commitment: string;
  readonly value: string;
  readonly field: string;
}

describe('passage prove-field', () => {
  let folder: string;
  let statements: string;
  let openings: readonly Opening[];

  beforeEach(async () => {
    folder = scratchFolder();
    statements = join(folder, 'voyages.jws');
    await run(simulateCommand(), '--shipments', '2', '--aud', aud, '--out', statements);
    openings = JSON.parse(readFileSync(join(folder, 'voyages.openings.json'), 'utf8')) as readonly Opening[];
    expect(openings).to.have.length.above(1);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: unknown): string {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  function first(): Opening {
    return openings[0] ?? expect.fail('no opening');
  }

  async function objects(...args: string[]): Promise<{ code: number; proofs: Record<string, unknown>[] }> {
    const { code, printed } = await run(proveFieldCommand(), ...args, '--json');
    const lines = printed.trimEnd().split('\n');
    return { code, proofs: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
  }

  it('proves every field that the simulator has hidden, in signed statements', async () => {
    const [all, keys] = [join(folder, 'voyages.openings.json'), join(folder, 'voyages.devices.json')];
    const { code, proofs } = await objects(all, '--statements', statements, '--key', keys);
    expect(code).to.equal(0);
    expect(proofs).to.have.length(openings.length);
    for (const [index, proof] of proofs.entries()) {
      const { value, field, commitment } = openings[index] ?? first();
      expect(proof).to.include({ value, field, commitment, proven: true, code: null });
      expect(proof['places']).to.have.nested.property('[0].pointer', '/psg:licencePlateCommitment');
      expect(proof['notes']).to.deep.equal([]);
    }
  });

  it('says what it has not judged, and where the commitment stands', async () => {
    const { code, printed } = await run(
      proveFieldCommand(),
      file('one', first()),
      '--statements',
      statements,
    );
    expect(code).to.equal(0);
    expect(printed).to.contain(`is ${first().value}; statement `);
    expect(printed).to.contain('not judged: the signatures');
  });

  it('does not prove another value, salt, subject or ledger', async () => {
    for (const change of [
      { value: 'another' },
      { salt: 'A'.repeat(43) },
      { subject: 'elsewhere' },
      { ledger: '00'.repeat(32) },
    ]) {
      const wrong = file('wrong', { ...first(), ...change });
      const { code, proofs } = await objects(wrong, '--commitment', first().commitment);
      expect({ code, refusal: proofs[0]?.['code'] }).to.deep.equal({ code: 1, refusal: 'OPENING_WRONG' });
      const { commitment, ...bare } = { ...first(), ...change };
      expect(commitment).to.equal(first().commitment);
      const sought = await objects(file('bare', bare), '--statements', statements);
      expect(sought.proofs[0]).to.include({ proven: false, code: 'COMMITMENT_NOT_FOUND' });
      expect(sought.code).to.equal(1);
    }
  });

  it('proves against a commitment that was read elsewhere', async () => {
    const { code, proofs } = await objects(file('one', first()), '--commitment', first().commitment);
    expect(code).to.equal(0);
    expect(proofs[0]).to.include({ proven: true, commitment: first().commitment });
  });

  it('trusts no statement of a key that it does not know', async () => {
    const none = file('keys', { keys: [] });
    const { code, proofs } = await objects(file('one', first()), '--statements', statements, '--key', none);
    expect({ code, refusal: proofs[0]?.['code'] }).to.deep.equal({ code: 1, refusal: 'SIGNATURE_INVALID' });
  });

  it('has exit code 3 for files that hold something else, and 2 for wrong use', async () => {
    const fine = file('one', first());
    for (const [opening, from] of [
      [join(folder, 'none'), statements],
      [file('text', 'rubbish'), statements],
      [file('empty', {}), statements],
      [fine, file('no-statements', 'rubbish')],
    ] as const) {
      expect((await run(proveFieldCommand(), opening, '--statements', from)).code).to.equal(3);
    }
    for (const args of [[], ['--commitment', 'x', '--statements', statements]]) {
      const failure = await run(proveFieldCommand(), fine, ...args).catch((error: unknown) => error);
      expect(failure).to.include({ exitCode: 2 });
    }
  });
});
