import { readFileSync } from 'node:fs';

import { fabricPrograms, layout } from '@passage/network-control';
import { expect } from 'chai';

import type { Observation } from './observation.js';
import { compare } from './report/compare.js';
import { FABRIC_OBSERVATIONS } from './report/paths.js';
import { runSuite } from './run.js';

const BASE_PORT = 25_000;

describe('the embedded network held against Fabric', function () {
  this.timeout(400_000);
  let embedded: readonly Observation[];

  before(async () => {
    ({ observations: embedded } = await runSuite({ kind: 'embedded', basePort: BASE_PORT }));
  });

  const chain = (observations: readonly Observation[], step: string): unknown =>
    observations.find((one) => one.scenario === 'the chain' && one.step === step)?.seen;

  it('comes to flags and commit hashes that ledger/ derives from the blocks alone', () => {
    expect(chain(embedded, 'in which ledger/ differs from the peers')).to.deep.equal([]);
    expect(chain(embedded, 'flags and commit hashes are the same at all peers')).to.equal(true);
  });

  it('behaves as Fabric was last seen to behave', () => {
    const recorded = readFileSync(FABRIC_OBSERVATIONS, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Observation);
    expect(recorded.length).to.be.above(500);
    expect(compare(recorded, embedded)).to.deep.equal([]);
  });

  it('behaves as Fabric’s own programs do, in the same run', async function () {
    const { missing } = await fabricPrograms(layout('.', BASE_PORT));
    if (missing.length > 0) {
      const title = this.test?.fullTitle() ?? 'conformance';
      process.stdout.write(
        `not run: ${title} (${missing.join(', ')} neither on the PATH nor in FABRIC_BIN)\n`,
      );
      this.skip();
    }
    const { observations: fabric } = await runSuite({ kind: 'fabric', basePort: BASE_PORT + 50 });
    expect(chain(fabric, 'in which ledger/ differs from the peers')).to.deep.equal([]);
    expect(chain(fabric, 'flags and commit hashes are the same at all peers')).to.equal(true);
    expect(compare(fabric, embedded)).to.deep.equal([]);
  });
});
