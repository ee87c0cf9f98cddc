import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Caller, commit, encodeRecord, type JsonObject, type JsonValue, keys } from '@passage/domain';
import {
  adminCaller,
  observation,
  oldLedger,
  type OldLedgerName,
  partyCaller,
  type Play,
  TestDevice,
  testLedger,
  testUcr,
} from '@passage/domain/testing';
import {
  decode,
  encode,
  QueryChaincodeDefinitionArgs,
  QueryChaincodeDefinitionResult,
} from '@passage/ledger';
import { upgrade, type Upgraded } from '@passage/network-control';
import { expect } from 'chai';

import { judgeChain, readChain } from '../chain.js';
import { type RunningUnderTest, startUnderTest } from '../network/start.js';
import { Stage } from '../stage.js';
import { sendByHand } from './by-hand.js';
import { playScene } from './play-scene.js';
import { Players } from './players.js';
import { putOldLedger } from './put-old-ledger.js';

/** The oldest one, without officers, holds, guard and expiry of offers; and one with the guard, a hold and offers that expire. */
const ledgers = [
  { name: 'first', basePort: 26_000, office: 'customs_office', guarded: false },
  { name: 'before-parameters', basePort: 26_100, office: 'customs_officer', guarded: true },
] as const satisfies readonly { name: OldLedgerName; [about: string]: unknown }[];

/** Which query reads a kind of key, and what its parts are called there. */
const readers: Readonly<Record<string, readonly [string, ...string[]]>> = {
  ledger: ['GetLedger'],
  party: ['GetParty', 'partyId'],
  aeo: ['GetAeo', 'partyId'],
  mandate: ['GetMandate', 'mandator', 'mandatary', 'mandate'],
  device: ['GetDevice', 'kid'],
  statement: ['GetStatement', 'kid', 'seq'],
  shipment: ['GetShipment', 'ucr'],
  customs: ['GetCustoms', 'ucr'],
  hold: ['GetHold', 'ucr', 'hold'],
  custody: ['GetCustody', 'ucr'],
  document: ['GetDocument', 'document'],
  anchor: ['GetAnchor', 'document', 'version'],
  lot: ['GetLot', 'lot'],
};

/** What nobody asks for by a query of its own. */
const unread = ['guard', 'request', 'handover'];

const numbers = ['seq', 'hold', 'version'];

function questionFor(key: string): { readonly query: string; readonly input: JsonObject } | undefined {
  const [kind = '', ...parts] = key.split('/');
  if (unread.includes(kind)) return undefined;
  const [query, ...members] = readers[kind] ?? [];
  if (query === undefined) throw new Error(`no query reads ${key}`);
  const named = members.map((member, index) => {
    const part = parts[index] ?? '';
    return [member, numbers.includes(member) ? Number(part) : part];
  });
  return { query, input: Object.fromEntries(named) as JsonObject };
}

const carrier = partyCaller('CARRIER1');
const terminal = partyCaller('TERMINAL1');
const customsAdmin = adminCaller('CustomsMSP');
const otherUcr = testUcr.replace('DECL1', 'DECL2');

/** What each decision of customs on a consignment says. */
function about(requestId: string, ucr = testUcr): JsonObject {
  return { requestId, ucr, legalBasis: 'art. 188' };
}

for (const { name, basePort, office, guarded } of ledgers) {
  describe(`a network whose chaincode is upgraded over a ledger of older rules: ${name}`, function () {
    this.timeout(60_000);
    const dir = mkdtempSync(join(tmpdir(), 'passage-old-ledger-'));
    const old = oldLedger(name);
    const officer: Caller = { ...customsAdmin, admin: false, partyId: 'OFFICER1', role: office };
    let network: RunningUnderTest | undefined;
    let stage: Stage;
    let players: Players;
    let upgraded: Upgraded;
    let step = 0;

    before(async () => {
      network = await startUnderTest('embedded', dir, basePort, { faithful: false });
      const before = await Stage.open(network);
      await putOldLedger(before, name);
      before.connections.close();
      upgraded = await upgrade({ dir, gateways: false });
      stage = await Stage.open(network);
      players = new Players(network);
    });
    after(async () => {
      stage.connections.close();
      await network?.stop();
      rmSync(dir, { recursive: true, force: true });
    });

    const came = (play: Play): ReturnType<typeof playScene> =>
      playScene(stage, players, String((step += 1)), play);

    async function plays(play: Play): Promise<readonly string[]> {
      const { refused, written } = await came(play);
      expect(refused, play.name).to.equal(undefined);
      return written;
    }

    async function read(query: string, input: JsonObject): Promise<JsonValue> {
      const call = { name: query, args: [JSON.stringify(input)], as: await players.signer(carrier) };
      return JSON.parse(Buffer.from(await stage.query(call)).toString()) as JsonValue;
    }

    /** What becomes of a write that port and business agree on without customs. */
    function forced(key: string): Promise<string> {
      const nothing = encodeRecord({ v: 1 });
      return sendByHand(stage, ['port', 'business'], { values: { [key]: nothing } });
    }

    it('has the next sequence and today’s package', async () => {
      const args = [encode(QueryChaincodeDefinitionArgs, { name: stage.network.chaincode })];
      const answer = await stage.query({ chaincode: '_lifecycle', name: 'QueryChaincodeDefinition', args });
      const { sequence, version } = decode(QueryChaincodeDefinitionResult, answer);
      expect({ sequence, version }).to.deep.equal({ sequence: 2, version: upgraded.to });
      expect(upgraded.from).to.equal('1');
    });

    it('answers with the old records as they were stored', async () => {
      for (const [key, stored] of Object.entries(old.state)) {
        const question = questionFor(key);
        if (question === undefined) continue;
        expect(await read(question.query, question.input), key).to.deep.equal(JSON.parse(stored));
      }
    });

    it('knows the statements and requests of then, and takes the next ones', async () => {
      const device = new TestDevice(testLedger, Buffer.alloc(32, 7));
      const statements = [1, 2, 3].map(() => device.next(observation()));
      const batch = { caller: terminal, name: 'RecordStatements', input: { statements } };
      expect(await plays(batch)).to.deep.equal([keys.statement(device.kid, 3)]);
      const input = { requestId: 'o1', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' };
      expect(await plays({ caller: carrier, name: 'OfferHandover', input })).to.deep.equal([]);
    });

    it('has a guard of customs’ keys, from the same Init on', async () => {
      const { ledger, roles } = JSON.parse(old.state['ledger'] ?? '') as JsonObject;
      const init = {
        caller: customsAdmin,
        name: 'Init',
        input: { ledger: ledger ?? '', roles: roles ?? '' },
      };
      expect(await plays(init)).to.deep.equal(guarded ? [] : [keys.guard('CustomsMSP'), keys.ledger]);
      expect(await plays(init), 'once more').to.deep.equal([]);
      for (const key of [keys.guard('CustomsMSP'), keys.ledger]) {
        expect(await forced(key), key).to.equal('10 ENDORSEMENT_POLICY_FAILURE');
      }
    });

    it('lets customs hold what was opened then, and keeps its word from the others', async () => {
      const joins = { requestId: 'officer', partyId: 'OFFICER1', name: 'Officer', roles: [office] };
      if (!guarded) await plays({ caller: customsAdmin, name: 'RegisterParty', input: joins });
      const hold = { ...about('hold'), response: '5' };
      const written = await plays({ caller: officer, name: 'PlaceHold', input: hold });
      const made = [keys.customs(testUcr), keys.hold(testUcr, 1), keys.request('OFFICER1', 'hold')];
      const first = guarded ? [] : [keys.guard('CustomsMSP')];
      expect(written).to.deep.equal([...made, ...first].sort());
      for (const key of [keys.customs(testUcr), keys.hold(testUcr, 1), keys.custody(testUcr)]) {
        expect(await forced(key), key).to.equal('10 ENDORSEMENT_POLICY_FAILURE');
      }
    });

    it('hands over, when customs has released it, what was offered then', async () => {
      const accept = (handover: number): Play => ({
        caller: terminal,
        name: 'AcceptHandover',
        input: { requestId: `accept-${String(handover)}`, ucr: testUcr, handover },
      });
      const offer = JSON.parse(old.state[keys.handover(testUcr, 1)] ?? '') as { readonly expiresAt?: string };
      const hasExpired = offer.expiresAt !== undefined;
      expect((await came(accept(1))).refused).to.equal(hasExpired ? 'OFFER_EXPIRED' : 'GOODS_HELD');
      await plays({
        caller: officer,
        name: 'ReleaseHold',
        input: { ...about('lift'), hold: 1, response: '4' },
      });
      await plays({ caller: officer, name: 'ReleaseGoods', input: about('free') });
      const anew = { requestId: 'o-new', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' };
      if (hasExpired) await plays({ caller: carrier, name: 'OfferHandover', input: anew });
      await plays(accept(hasExpired ? 2 : 1));
      expect(await read('GetCustody', { ucr: testUcr })).to.include({ custodian: 'TERMINAL1' });
    });

    if (old.state[keys.hold(otherUcr, 1)] !== undefined) {
      it('keeps a hold of then, until customs lifts it', async () => {
        expect(await forced(keys.hold(otherUcr, 1))).to.equal('10 ENDORSEMENT_POLICY_FAILURE');
        const anew = { requestId: 'o-held', ucr: otherUcr, to: 'CARRIER1', place: 'KRPUS' };
        await plays({ caller: terminal, name: 'OfferHandover', input: anew });
        const accept: Play = {
          caller: carrier,
          name: 'AcceptHandover',
          input: { requestId: 'accept-held', ucr: otherUcr, handover: 2 },
        };
        expect((await came(accept)).refused).to.equal('GOODS_HELD');
        const lift = { ...about('lift-then', otherUcr), hold: 1, response: '4' };
        await plays({ caller: officer, name: 'ReleaseHold', input: lift });
        await plays(accept);
      });
    }

    it('keeps, discloses and purges an opening about it', async () => {
      const named = { subject: testUcr, field: 'driver' };
      const salt = new Uint8Array(32).fill(9);
      const committed = { ...named, owner: 'CARRIER1', ledger: testLedger, value: 'Kim', salt };
      const commitment = commit(committed);
      const openings = [{ value: 'Kim', salt: Buffer.from(salt).toString('base64url') }];
      const seenBy = [carrier.mspId];
      const kept = { requestId: 'k', openings: [{ ...named, commitment }] };
      await plays({ caller: carrier, name: 'KeepOpenings', input: kept, openings, seenBy });
      const disclosed = { requestId: 'd', ...named, commitment, to: 'TERMINAL1' };
      const both = [carrier.mspId, terminal.mspId];
      await plays({ caller: carrier, name: 'DiscloseOpening', input: disclosed, openings, seenBy: both });
      await plays({ caller: terminal, name: 'GetOpening', input: { commitment } });
      const purged = { requestId: 'p', commitment };
      await plays({ caller: carrier, name: 'PurgeOpening', input: purged, seenBy });
      const gone = await came({ caller: carrier, name: 'GetOpening', input: { commitment } });
      expect(gone.refused).to.equal('OPENING_UNKNOWN');
    });

    it('leaves a chain whose flags and hashes ledger/ derives alike', async () => {
      expect(judgeChain(await readChain(stage, 'auditor'))).to.deep.equal([]);
    });
  });
}
