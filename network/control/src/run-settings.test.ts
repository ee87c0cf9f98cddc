import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { holdNetwork } from './held-network.js';
import { layout, type Layout } from './layout.js';
import { forgetPid, writePid } from './pid-file.js';
import { runSettings } from './run-settings.js';
import { status } from './status.js';

describe('runSettings', () => {
  let dir: string;
  let at: Layout;
  const chaincode = { packageId: 'passage_1:ab', version: '1-ab', path: 'passage_1.tgz', main: 'main.js' };
  const hold = (faithful: boolean) =>
    holdNetwork(at, { network: 'embedded', basePort: 28_400, faithful, chaincode });

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'passage-settings-'));
    at = layout(dir, 28_400);
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('takes the usual ones in a new folder, or what is asked for', () => {
    expect(runSettings('embedded', { dir })).to.deep.equal({ basePort: 7400, faithful: false });
    expect(runSettings('embedded', { dir, basePort: 28_500, faithful: true })).to.deep.equal({
      basePort: 28_500,
      faithful: true,
    });
  });

  it('goes on as the folder was started, without being told again', () => {
    for (const faithful of [true, false]) {
      hold(faithful);
      expect(runSettings('embedded', { dir })).to.deep.equal({ basePort: 28_400, faithful });
      const chaincodes = status(at).filter(({ name }) => name.startsWith('chaincode'));
      expect(chaincodes).to.have.length(faithful ? 4 : 1);
    }
  });

  it('changes what is asked for while nothing runs', () => {
    hold(true);
    expect(runSettings('embedded', { dir, faithful: false })).to.deep.equal({
      basePort: 28_400,
      faithful: false,
    });
  });

  it('refuses to change anything while something runs', () => {
    hold(true);
    writePid(at.runFile('network'), process.pid);
    for (const change of [{ faithful: false }, { basePort: 28_500 }])
      expect(() => runSettings('embedded', { dir, ...change }))
        .to.throw('ports from 28400 on and one chaincode process each')
        .with.property('code', 'RUNS_OTHERWISE');
    const same = { basePort: 28_400, faithful: true };
    expect(runSettings('embedded', { dir, ...same })).to.deep.equal(same);
    forgetPid(at.runFile('network'));
    expect(runSettings('embedded', { dir, basePort: 28_500 })).to.include({ basePort: 28_500 });
  });

  it('leaves a network of Fabric’s own programs as it is', () => {
    holdNetwork(at, { network: 'fabric', basePort: 28_400, faithful: true, chaincode });
    expect(runSettings('fabric', { dir, basePort: 28_500, faithful: false })).to.deep.equal({
      basePort: 28_400,
      faithful: true,
    });
  });

  it('takes the ports from the profile where the note is missing or damaged', () => {
    writeFileSync(at.profile, '{"organizations": [{"orderer": {"address": "localhost:28600"}}]}');
    writeFileSync(at.held, '{');
    expect(runSettings('embedded', { dir })).to.include({ basePort: 28_600 });
    writeFileSync(at.profile, 'no JSON');
    expect(runSettings('embedded', { dir })).to.include({ basePort: 7400 });
  });
});
