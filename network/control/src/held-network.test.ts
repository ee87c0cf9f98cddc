import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { chooseNetwork, holdNetwork } from './held-network.js';
import { layout, type Layout } from './layout.js';

describe('chooseNetwork', () => {
  let folder: string;
  let at: Layout;
  const chaincode = { packageId: 'passage_1:ab', version: '1-ab', path: 'passage_1.tgz', main: 'main.js' };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'passage-held-'));
    at = layout(folder, 18_500);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes what was asked for in an empty folder', async () => {
    expect(await chooseNetwork(at, 'embedded')).to.include({ network: 'embedded' });
    expect(await chooseNetwork(at, 'fabric')).to.include({ network: 'fabric' });
  });

  it('continues what the folder holds', async () => {
    holdNetwork(at, { network: 'fabric', basePort: 18_500, faithful: false, chaincode });
    expect(await chooseNetwork(at, undefined)).to.include({ network: 'fabric' });
    holdNetwork(at, { network: 'embedded', basePort: 18_500, faithful: false, chaincode });
    expect(await chooseNetwork(at, undefined)).to.include({ network: 'embedded' });
  });

  it("refuses to continue an embedded ledger with Fabric's programs", async () => {
    writeFileSync(at.trust, '{"format":"passage-trust-1","network":"embedded"}');
    const refusal: unknown = await chooseNetwork(at, 'fabric').catch((error: unknown) => error);
    expect(refusal).to.include({ code: 'OTHER_NETWORK' });
    expect((refusal as Error).message).to.contain('holds an embedded network');
  });
});
