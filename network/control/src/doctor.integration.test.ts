import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { doctor, type Finding } from './doctor.js';
import { layout, type Layout } from './layout.js';
import { writePid } from './pid-file.js';

describe('doctor', () => {
  let dir: string;
  let at: Layout;

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'passage-doctor-'));
    at = layout(dir, 28_800);
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** What it stops at; everything before is fine. */
  async function stopsAt(examined: Layout): Promise<Finding | undefined> {
    const findings: Finding[] = [];
    for await (const finding of doctor(examined)) findings.push(finding);
    expect(findings.slice(0, -1).every(({ ok }) => ok)).to.equal(true);
    return findings.at(-1);
  }

  it('finds what is not compiled', async () => {
    const nowhere = { ...at, program: () => join(dir, 'nowhere.js') };
    const finding = await stopsAt(nowhere);
    expect(finding).to.include({ check: 'packages', ok: false, mend: 'npm ci && npm run build' });
  });

  it('names the port that somebody else holds, and other ports', async () => {
    const other = createServer().listen(28_811, '127.0.0.1');
    await once(other, 'listening');
    const finding = await stopsAt(at);
    other.close();
    expect(finding).to.include({ check: 'ports', ok: false, says: 'taken: 28811' });
    expect(finding?.mend).to.contain('--base-port 29800');
  });

  it('finds in turn that network, chaincode and gateways do not run', async () => {
    expect(await stopsAt(at)).to.include({ check: 'network', mend: './test-network.sh up' });
    writePid(at.runFile('network'), process.pid);
    expect(await stopsAt(at)).to.include({ check: 'chaincode', mend: './test-network.sh up' });
    writePid(at.runFile('chaincode'), process.pid);
    expect(await stopsAt(at)).to.include({ check: 'gateway', mend: './test-network.sh up' });
  });
});
