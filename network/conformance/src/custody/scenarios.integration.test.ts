import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { keys, type JsonObject } from '@passage/domain';
import {
  actEvent,
  partyCaller,
  prologue,
  scenarios,
  scenesOf,
  shipmentInput,
  TestDevice,
} from '@passage/domain/testing';
import { headerHash, toHex } from '@passage/ledger';
import { fabricPrograms, layout, type NetworkKind, packageChaincode } from '@passage/network-control';
import { expect } from 'chai';

import { judgeChain, readChain } from '../chain.js';
import { type RunningUnderTest, startUnderTest } from '../network/start.js';
import { Stage } from '../stage.js';
import { until } from '../until.js';
import { forgedKeys, sendByHand } from './by-hand.js';
import {
  attempts,
  coveted,
  disbelieved,
  forgeries,
  heldByCustoms,
  together,
  unplanned,
} from './customs-word.js';
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
      network = await startUnderTest(kind, dir, BASE_PORTS[kind], {
        chaincode: await packageChaincode(at),
      });
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

    describe('customs’ word, when the others agree to cheat', () => {
      const answer = async (name: string, input: JsonObject): Promise<JsonObject> => {
        const call = {
          name,
          args: [JSON.stringify(input)],
          as: await players.signer(partyCaller('OFFICER1')),
        };
        return JSON.parse(Buffer.from(await stage.query(call)).toString()) as JsonObject;
      };
      const codeOf = async (name: string, input: JsonObject): Promise<string | undefined> => {
        const scene = { caller: partyCaller('OFFICER1'), name, input };
        return (await playScene(stage, players, 'read', scene)).refused;
      };

      before(async () => {
        stage.begin('customs’ word');
        const device = new TestDevice(ledger, new Uint8Array(32).fill(7));
        const carrier = partyCaller('CARRIER1');
        const proof = device.proof({ owner: 'CARRIER1', kind: 'gps_eseal' });
        const packing = actEvent({
          type: 'AggregationEvent',
          action: 'ADD',
          parentID: 'urn:epc:id:bic:CSQU3054383',
          childEPCs: [`urn:passage:ucr:${coveted}`],
        });
        const statements = [device.next(packing)];
        const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
        const plays = [
          { caller: carrier, name: 'RegisterDevice', input: { requestId: 'w0', kind: 'gps_eseal', proof } },
          ...heldByCustoms(
            { caller: carrier, name: 'RecordStatements', input: { statements } },
            tomorrow,
            shipmentInput(),
          ),
        ];
        for (const [index, play] of plays.entries()) {
          const { refused } = await playScene(stage, players, `before ${String(index)}`, play);
          expect(refused, play.name).to.equal(undefined);
        }
      });

      for (const [title, set] of Object.entries(attempts)) {
        it(`keeps them from this: ${title}`, async () => {
          for (const by of together) {
            expect(await sendByHand(stage, by, set), by.join()).to.equal('10 ENDORSEMENT_POLICY_FAILURE');
          }
        });
      }

      it('stands as it was, and the goods stay where they are', async () => {
        expect(await answer('GetCustoms', { ucr: coveted })).to.deep.include({ holds: 1, inspections: 1 });
        expect(await answer('GetHold', { ucr: coveted, hold: 1 })).not.to.have.property('lifted');
        expect(await answer('GetCustody', { ucr: coveted })).to.include({ custodian: 'CARRIER1' });
        expect(await codeOf('ReleaseGoods', { requestId: 'w9', ucr: coveted, legalBasis: 'x' })).to.equal(
          'GOODS_HELD',
        );
      });

      it('is changed by customs with one of them', async () => {
        const same = Buffer.from(JSON.stringify(await answer('GetCustoms', { ucr: coveted })));
        const again = { values: { [keys.customs(coveted)]: same } };
        expect(await sendByHand(stage, ['customs', 'port'], again)).to.equal('0 VALID');
        expect(await sendByHand(stage, ['customs', 'auditor'], again)).to.equal(
          '10 ENDORSEMENT_POLICY_FAILURE',
        );
      });

      it('is planned in by the guard wherever the chaincode makes a key of customs', async () => {
        for (const { caller, name, input } of unplanned) {
          const as = await players.signer(caller);
          const call = { name, args: [JSON.stringify(input)], as, endorsers: ['port', 'business'] } as const;
          const { outcome } = await stage.send(await stage.endorse(name, call));
          expect(outcome, name).to.deep.equal({ code: '10 ENDORSEMENT_POLICY_FAILURE' });
        }
      });

      it('is forged where they make a key of customs: the chaincode does not believe it, and who reads blocks says so', async () => {
        const forged = forgeries.flatMap(({ values = {} }) => Object.keys(values));
        for (const set of forgeries) {
          expect(await sendByHand(stage, ['port', 'business'], set)).to.equal('0 VALID');
        }
        for (const partyId of disbelieved)
          expect(await codeOf('GetAeo', { partyId })).to.equal('AEO_UNKNOWN');
        const { chaincode } = stage.network;
        expect(forgedKeys(await readChain(stage, 'auditor'), chaincode)).to.deep.equal(forged);
      });

      it('is customs’ again when customs decides over a forgery', async () => {
        const decision = { requestId: 'w8', partyId: 'CARRIER1', status: 'given', reason: 'audited' };
        const scene = { caller: partyCaller('OFFICER1'), name: 'DecideAeo', input: decision };
        expect(await playScene(stage, players, 'over it', scene)).to.deep.include({ refused: undefined });
        expect(await answer('GetAeo', { partyId: 'CARRIER1' })).to.include({ reason: 'audited' });
      });
    });

    it('leaves a chain whose flags and hashes ledger/ derives alike', async () => {
      expect(judgeChain(await readChain(stage, 'auditor'))).to.deep.equal([]);
    });
  });
}
