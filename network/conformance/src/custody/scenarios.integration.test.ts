import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { prologue, scenarios, scenesOf } from '@passage/domain/testing';
import { headerHash, toHex } from '@passage/ledger';
import { fabricPrograms, layout, type NetworkKind, packageChaincode } from '@passage/network-control';
import { expect } from 'chai';

import { judgeChain, readChain } from '../chain.js';
import { type RunningUnderTest, startUnderTest } from '../network/start.js';
import { Stage } from '../stage.js';
import { until } from '../until.js';
import { playScene } from './play-scene.js';
import { Players } from './players.js';

const BASE_PORTS = { embedded: 28_700, fabric: 28_750 };

for (const kind of ['embedded', 'fabric'] as const satisfies readonly NetworkKind[]) {
  describe(`the scenarios of the custody rules, through Fabric’s client on the ${kind} network`, function () {
    this.timeout(180_000);
    let dir: string | undefined;
    let network: RunningUnderTest | undefined;
    let stage: Stage;
    let players: Players;
    let ledger: string;

    before(async function () {
      const at = layout('.', BASE_PORTS[kind]);
      const { missing } = await fabricPrograms(at);
      if (kind === 'fabric' && missing.length > 0) {
        const title = this.test?.parent?.title ?? '';
        process.stdout.write(
          `not run: ${title} (${missing.join(', ')} neither on the PATH nor in FABRIC_BIN)\n`,
        );
        this.skip();
      }
      dir = mkdtempSync(join(tmpdir(), `passage-scenarios-${kind}-`));
      network = await startUnderTest(kind, dir, BASE_PORTS[kind], await packageChaincode(at));
      stage = await Stage.open(network);
      players = new Players(network);
      const answers = (): Promise<boolean> => stage.height('customs').then(Boolean, () => false);
      await until(answers, 'customs’ peer knows the channel’s members');
      const [genesis] = await readChain(stage, 'customs');
      ledger = genesis === undefined ? '' : toHex(headerHash(genesis.header));
      for (const [index, play] of prologue(ledger).entries()) {
        const came = await playScene(stage, players, `prologue ${String(index)}`, play);
        expect(came.refused, play.name).to.equal(undefined);
      }
    });

    after(async () => {
      if (network === undefined) return;
      stage.connections.close();
      await network.stop();
      if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
    });

    for (const scenario of scenarios) {
      it(scenario.title, async () => {
        stage.begin(scenario.title);
        for (const [index, scene] of scenesOf(scenario, ledger, new Date()).entries()) {
          const { name, expect: expected } = scene;
          const came = await playScene(stage, players, String(index), scene);
          expect({ name, ...came }).to.deep.equal({
            name,
            refused: expected.refused,
            written: expected.refused === undefined ? [...expected.writes].sort() : [],
          });
        }
      });
    }

    it('leaves a chain whose flags and hashes ledger/ derives alike', async () => {
      expect(judgeChain(await readChain(stage, 'auditor'))).to.deep.equal([]);
    });
  });
}
