import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { commit, readStatement, secretOpens } from '@passage/domain';
import type { Secret } from '@passage/domain';
import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import type { Answer } from '../testing/answer.js';
import { tracesOf } from '../testing/canary.js';
import { at } from '../testing/read.js';
import { RunningGateways } from '../testing/running-gateways.js';
import { act, codeOf, fine, recordStatements, registerCaller, send } from '../testing/story.js';
import { TestDevice } from '../testing/test-device.js';

const BASE_PORT = 27_600;
const UCR = '6KRTRADER1-0001';
const who = { subject: 't', admin: false };
const carrier = { ...who, org: 'business', party: 'CARRIER1', role: 'carrier' } satisfies Caller;
const importer = { ...who, org: 'business', party: 'TRADER1', role: 'importer' } satisfies Caller;
const officer = { ...who, org: 'customs', party: 'OFFICER-7', role: 'customs_officer' } satisfies Caller;

describe('private fields on the embedded network', function () {
  this.timeout(300_000);
  let gateways: RunningGateways;
  /** 32 random bytes for every private field of every act: what must not be found. */
  const canaries: Buffer[] = [];
  const canary = (): Buffer => {
    const bytes = randomBytes(32);
    canaries.push(bytes);
    return bytes;
  };

  before(async () => {
    gateways = await RunningGateways.open(BASE_PORT, ['customs', 'business']);
    for (const caller of [carrier, importer, officer]) await registerCaller(gateways, caller);
  });
  after(() => gateways.remove());

  const opening = (caller: Caller, commitment: string): Promise<Answer> =>
    gateways.ask(`{ opening(commitment: "${commitment}") { salt value owner } }`, caller);
  const shown = async (caller: Caller, commitment: string): Promise<unknown> =>
    at(fine(await opening(caller, commitment)), 'opening');
  const refusal = async (caller: Caller, commitment: string): Promise<unknown> =>
    codeOf(await opening(caller, commitment));

  it('are kept, disclosed and purged, and no block holds a trace of them', async () => {
    const value = canary();
    const salt = canary();
    const about = { subject: UCR, field: 'licencePlate' };
    const secret = { salt: salt.toString('base64url'), value: value.toString('hex') };
    const full = { ...about, ledger: gateways.network.genesisHash, owner: carrier.party };
    const commitment = commit({ ...full, salt, value: secret.value });

    const device = new TestDevice(gateways.network.genesisHash);
    const claim = { owner: carrier.party, kind: 'plate_reader' };
    await act(gateways, carrier, 'registerDevice', { kind: claim.kind, proof: device.proof(claim) });
    const statement = device.statement(UCR, { 'psg:licencePlateCommitment': commitment });
    await recordStatements(gateways, [statement], carrier);

    await act(gateways, carrier, 'keepOpenings', { openings: [{ ...about, commitment, ...secret }] });
    expect(await shown(carrier, commitment)).to.include(secret);
    expect(await refusal(importer, commitment)).to.equal('OPENING_UNKNOWN');
    expect(await refusal(officer, commitment)).to.equal('OPENING_UNKNOWN');

    await act(gateways, carrier, 'discloseOpening', { ...about, commitment, ...secret, to: officer.party });
    expect(await shown(officer, commitment)).to.include({ ...secret, owner: carrier.party });

    await act(gateways, carrier, 'purgeOpening', { commitment });
    expect(await refusal(carrier, commitment)).to.equal('OPENING_UNKNOWN');
    const disclosed = (await shown(officer, commitment)) as Secret;
    const signed = readStatement(statement).payload['psg:licencePlateCommitment'];
    expect(signed).to.equal(commitment);
    expect(secretOpens(commitment, full, disclosed)).to.equal(true);

    // What is public is found by the same search, so that not finding the rest says something.
    const known = Buffer.from(commitment, 'base64url');
    const blocks = blockFiles(gateways.dir);
    expect(blocks.length).to.be.above(0);
    expect(blocks.flatMap((file) => tracesOf(known, file))).to.include('base64url');
    for (const hidden of canaries) {
      for (const file of blocks) expect(tracesOf(hidden, file)).to.deep.equal([]);
      for (const file of gatewayFiles(gateways.dir)) expect(tracesOf(hidden, file)).to.deep.equal([]);
    }
  });

  it('are refused without a word of what they are', async () => {
    const value = canary();
    const secret = { salt: canary().toString('base64url'), value: value.toString('hex') };
    const commitment = randomBytes(32).toString('base64url').slice(0, 42) + 'A';
    const input = { openings: [{ subject: UCR, field: 'driver', commitment, ...secret }] };
    const answer = await send(gateways, carrier, 'keepOpenings', input);
    expect(codeOf(answer)).to.equal('OPENING_WRONG');
    expect(tracesOf(value, Buffer.from(JSON.stringify(answer)))).to.deep.equal([]);
    for (const hidden of canaries) {
      for (const file of gatewayFiles(gateways.dir)) expect(tracesOf(hidden, file)).to.deep.equal([]);
    }
  });
});

/** Every file under a folder that holds blocks. */
function blockFiles(dir: string): readonly Buffer[] {
  return filesUnder(join(dir, 'network'), (path) => path.includes('blockfile_'));
}

/** Index, operational database and keystore of every gateway. */
function gatewayFiles(dir: string): readonly Buffer[] {
  return filesUnder(join(dir, 'gateways'), () => true);
}

function filesUnder(folder: string, wanted: (path: string) => boolean): readonly Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(wanted)
    .map((path) => readFileSync(path));
}
