import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { secretOpens } from '@passage/domain';
import type { Secret } from '@passage/domain';
import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import { gatewaySchema } from '../schema/gateway-schema.js';
import type { Answer } from '../testing/answer.js';
import { Canaries } from '../testing/canaries.js';
import { canarySearch, tracesOf } from '../testing/canary.js';
import { privateFieldsOf } from '../testing/private-fields.js';
import { carrier, officer, tellPrivateStory, trader } from '../testing/private-story.js';
import { at } from '../testing/read.js';
import { RunningGateways } from '../testing/running-gateways.js';
import { codeOf, fine, send } from '../testing/story.js';

const BASE_PORT = 27_600;

describe('private fields on the embedded network', function () {
  this.timeout(300_000);
  let gateways: RunningGateways;
  let canaries: Canaries;
  let covered: readonly string[];

  before(async () => {
    gateways = await RunningGateways.open(BASE_PORT, ['customs', 'business']);
    canaries = new Canaries(gateways.network.genesisHash);
    covered = await tellPrivateStory(gateways, canaries);
  });
  after(() => gateways.remove());

  const opening = (caller: Caller, commitment: string): Promise<Answer> =>
    gateways.ask(`{ opening(commitment: "${commitment}") { salt value owner } }`, caller);
  const shown = async (caller: Caller, commitment: string): Promise<unknown> =>
    at(fine(await opening(caller, commitment)), 'opening');
  const refusal = async (caller: Caller, commitment: string): Promise<unknown> =>
    codeOf(await opening(caller, commitment));

  /** In which files below a folder a canary is found, of those that `isLooked` picks. */
  function found(folder: string, isLooked: (path: string) => boolean = () => true): readonly string[] {
    const files = filesUnder(join(gateways.dir, folder)).filter(isLooked);
    expect(files.length, folder).to.be.above(0);
    const isIn = canarySearch(canaries.hidden);
    return files.filter((file) => isIn(readFileSync(file)));
  }

  it('are all tried: every member of every act that is a commitment or opens one', () => {
    expect(covered).to.deep.equal(privateFieldsOf(gatewaySchema()));
  });

  it('are shown to whoever keeps them, and to nobody else', async () => {
    for (const { commitment, salt, value } of canaries.of(trader.party)) {
      expect(await shown(trader, commitment)).to.deep.equal({ salt, value, owner: trader.party });
      expect(await refusal(carrier, commitment)).to.equal('OPENING_UNKNOWN');
      expect(await refusal(officer, commitment)).to.equal('OPENING_UNKNOWN');
    }
  });

  it('are shown to the party to which they were disclosed, and proven by it, after their owner has purged them', async () => {
    const ledger = gateways.network.genesisHash;
    for (const { commitment, subject, field, ...secret } of canaries.of(carrier.party)) {
      expect(await refusal(carrier, commitment)).to.equal('OPENING_UNKNOWN');
      const disclosed = await shown(officer, commitment);
      expect(disclosed).to.deep.equal({ ...secret, owner: carrier.party });
      const about = { ledger, subject, owner: carrier.party, field };
      expect(secretOpens(commitment, about, disclosed as Secret)).to.equal(true);
    }
  });

  it('are listed, without what they say, when their retention is over and until they are purged', async () => {
    const days = (count: number): string => new Date(Date.now() + count * 86_400_000).toISOString();
    const due = async (caller: Caller, time: string): Promise<unknown> => {
      const query = `{ openingsDue(at: "${time}") { nodes { holder owner field } } }`;
      return at(fine(await gateways.ask(query, caller)), 'openingsDue.nodes');
    };
    expect(await due(trader, days(1_800))).to.deep.equal([]);
    const kept = ['BODY1', trader.party].flatMap((holder) =>
      canaries.of(holder).map(({ field }) => ({ holder, owner: holder, field })),
    );
    expect(await due(trader, days(1_826))).to.have.deep.members(kept);
    const disclosed = canaries.of(carrier.party).map(({ field }) => ({ owner: carrier.party, field }));
    const own = canaries.of(officer.party).map(({ field }) => ({ owner: officer.party, field }));
    const ofCustoms = [...disclosed, ...own].map((copy) => ({ holder: officer.party, ...copy }));
    expect(await due(officer, days(1_826))).to.have.deep.members(ofCustoms);
  });

  it('stand as commitments where they were said', async () => {
    const query = `{ certificate(id: "BODY1:C1") { commitments { commitment } }
      shipment(ucr: "6KRTRADER1-0001") { carrierReleases { nodes { plateCommitment } } declarations { nodes { commitments { commitment } } } } }`;
    const answer = JSON.stringify(fine(await gateways.ask(query, trader)));
    for (const [owner, field] of [
      [carrier.party, 'lorryPlate'],
      [trader.party, 'discountedValue'],
      ['BODY1', 'exWorksPrice'],
    ] as const) {
      const { commitment } = canaries.of(owner).find((one) => one.field === field) ?? {};
      expect(answer, field).to.contain(commitment);
    }
  });

  it('leave no trace in blocks, state, gateways and logs: the private collections alone have them', () => {
    // What is public is found by the same search, so that not finding the rest says something.
    const [known] = canaries.of(carrier.party);
    const blocks = filesUnder(join(gateways.dir, 'network')).filter(isBlockFile);
    const search = blocks.flatMap((file) =>
      tracesOf(Buffer.from(known?.commitment ?? '', 'base64url'), readFileSync(file)),
    );
    expect(search).to.include('base64url');
    expect(found('network', isBlockFile)).to.deep.equal([]);
    expect(found('network', (file) => !basename(file).startsWith('private.sqlite'))).to.deep.equal([]);
    expect(found('network').length).to.be.above(0);
    expect(found('gateways')).to.deep.equal([]);
    const { said } = gateways.network;
    expect(said.length).to.be.above(0);
    expect(canarySearch(canaries.hidden)(said)).to.equal(false);
  });

  it('are refused without a word of what they are', async () => {
    const secret = { salt: canaries.bytes().toString('base64url'), value: canaries.bytes().toString('hex') };
    const commitment = randomBytes(32).toString('base64url').slice(0, 42) + 'A';
    const input = { openings: [{ subject: 'x', field: 'driver', commitment, ...secret }] };
    const answer = await send(gateways, carrier, 'keepOpenings', input);
    expect(codeOf(answer)).to.equal('OPENING_WRONG');
    const bytes = Buffer.concat([Buffer.from(JSON.stringify(answer)), gateways.network.said]);
    expect(canarySearch(canaries.hidden)(bytes)).to.equal(false);
    expect(found('gateways')).to.deep.equal([]);
  });
});

const isBlockFile = (file: string): boolean => basename(file).startsWith('blockfile_');

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
