import { createHash } from 'node:crypto';

import { partyCaller, testUcr } from '@passage/domain/testing';
import { ShipmentCollector } from '@passage/evidence';
import type { LookUp } from '@passage/evidence';
import { arriveCrossed, confirms, filesLate, forgesHold, revokes, Story } from '@passage/evidence/testing';
import { MemoryState } from '@passage/ledger';
import type { RawBlock } from '@passage/ledger';
import { expect } from 'chai';

import type { Caller } from '../auth/caller.js';
import type { RecordedBlocks } from '../testing/recorded-chain.js';
import type { Members } from '../testing/read.js';
import { membersAt } from '../testing/read.js';
import { codeOf, fine } from '../testing/story.js';
import { StoryGateways } from '../testing/story-gateways.js';
import { auditor } from '../testing/test-gateway.js';
import { EvidenceBundles } from './evidence-bundles.js';

const FIELDS = 'ucr kind height events complete withheld notSigned { organization reason } file sha256';
const importer: Caller = {
  subject: 't',
  org: 'business',
  party: 'IMPORTER1',
  role: 'importer',
  admin: false,
};
const carrier: Caller = { ...importer, party: 'CARRIER1', role: 'carrier' };
const officer: Caller = {
  ...importer,
  org: 'customs',
  party: 'OFFICER1',
  role: 'customs_officer',
};

/** Customs suspects the goods: what an importer is not to see. */
const suspects = () => ({
  caller: partyCaller('OFFICER1'),
  name: 'AssessRisk',
  input: {
    requestId: 'risk',
    ucr: testUcr,
    rules: { version: '1', name: 'import' },
    score: 40,
    contributions: [{ rule: 'b.high', points: 40, reason: 'weight' }],
  },
});

describe('the query evidenceBundle', function () {
  this.timeout(60_000);
  const story = new Story();
  const gateways = new StoryGateways(story);
  before(() => gateways.start());
  after(() => gateways.remove());

  const asked = (args: string, caller: Caller = importer) =>
    gateways.business.ask(`{ evidenceBundle(ucr: "${testUcr}"${args}) { ${FIELDS} } }`, caller);
  const bundle = async (args = '', caller?: Caller): Promise<Members & { readonly file: string }> =>
    membersAt(fine(await asked(args, caller)), 'evidenceBundle') as Members & { readonly file: string };

  it('gives a complete file of proofs that verifies with the genesis hash alone', async () => {
    const { file, sha256, ...told } = await bundle();
    const verdict = gateways.verdict(file);
    expect(verdict.lines.filter(({ status }) => status === 'fails')).to.deep.equal([]);
    expect(verdict).to.deep.include({ verdict: 'verified', kind: 'proofs', ucr: testUcr });
    expect(verdict.completeness).to.deep.equal({ proven: true, height: told['height'] });
    expect(told).to.deep.include({ kind: 'PROOFS', complete: true, withheld: false, notSigned: [] });
    expect(told['events']).to.equal(verdict.events).and.to.equal(5);
    expect(sha256).to.equal(createHash('sha256').update(file).digest('hex'));
  });

  it('gives the whole blocks to whoever sees everything', async () => {
    const { file } = await bundle(', kind: BLOCKS', auditor);
    const verdict = gateways.verdict(file);
    expect(verdict).to.deep.include({ verdict: 'verified', kind: 'blocks' });
    expect(verdict.completeness.proven).to.equal(true);
    expect(codeOf(await asked(', kind: BLOCKS'))).to.equal('FORBIDDEN');
  });

  it('gives what stood at an earlier height, whole blocks too where nothing else stands in them', async () => {
    const all = await bundle();
    const whole = JSON.parse((await bundle(', kind: BLOCKS', auditor)).file) as { events: Stood[] };
    const [opened] = whole.events;
    const height = (opened?.block ?? 0) + 1;
    const { file, events } = await bundle(`, kind: BLOCKS, height: ${String(height)}`);
    expect(gateways.verdict(file)).to.deep.include({ verdict: 'verified', events });
    expect(events).to.equal(1);
    const missing = await asked(`, height: ${String(Number(all['height']) + 1)}`);
    expect(codeOf(missing)).to.equal('BLOCK_NOT_INDEXED');
  });

  it('gives nothing of a consignment that the caller does not see, or that nobody has opened then', async () => {
    const stranger = { ...importer, party: 'STRANGER1' };
    expect(fine(await asked('', stranger))).to.deep.equal({ evidenceBundle: null });
    expect(fine(await asked(', height: 1'))).to.deep.equal({ evidenceBundle: null });
  });

  it('discloses the openings that the caller holds, and names', async () => {
    const { ledger } = gateways.business;
    const { opening } = story;
    const asked: unknown[] = [];
    ledger.evaluate = (transaction, json) => {
      asked.push([transaction, json]);
      return Promise.resolve(JSON.stringify(opening));
    };
    const commitment = 'A'.repeat(43);
    const { file } = await bundle(`, disclose: ["${commitment}"]`, carrier);
    const { lines, verdict } = gateways.verdict(file);
    expect(asked).to.deep.equal([['GetOpening', JSON.stringify({ commitment })]]);
    expect(verdict).to.equal('verified');
    expect(lines.find(({ check }) => check === 'opening')).to.include({ status: 'holds' });
  });

  it('leaves a record of who was given it, and of who asked in vain', async () => {
    const records: unknown[] = [];
    const { access } = gateways.business.gateway.services;
    const record = access.record.bind(access);
    access.record = (caller, read) => {
      records.push({ party: caller.party, query: read.query, found: read.found });
      return record(caller, read);
    };
    await bundle();
    await asked('', { ...importer, party: 'STRANGER1' });
    expect(records).to.deep.equal([
      { party: 'IMPORTER1', query: 'evidenceBundle', found: true },
      { party: 'STRANGER1', query: 'evidenceBundle', found: false },
    ]);
  });

  it('is refused where it would be larger than a gateway makes, and where too many are at work', async () => {
    const { heads, statements, whole } = gateways.business.gateway.services;
    const { businessPeer } = gateways;
    const blocks = { block: (number: number) => Promise.resolve(blockOf(businessPeer, number)) };
    const height = await heads.height();
    const wish = { ucr: testUcr, kind: 'proofs', height, reader: whole, openings: [] } as const;
    const code = (limits: { events: number; bytes: number; atOnce: number }): Promise<unknown> =>
      new EvidenceBundles({ whole, heads, statements, blocks, limits }).make(wish).then(
        () => undefined,
        (error: unknown) => (error as { code?: unknown }).code,
      );
    expect(await code({ events: 4, bytes: 1e9, atOnce: 1 })).to.equal('EVIDENCE_TOO_LARGE');
    expect(await code({ events: 5, bytes: 1_000, atOnce: 1 })).to.equal('EVIDENCE_TOO_LARGE');
    expect(await code({ events: 5, bytes: 1e9, atOnce: 0 })).to.equal('OVERLOADED');
    expect(await code({ events: 5, bytes: 1e9, atOnce: 1 })).to.equal(undefined);
  });

  it('is not made of blocks that the peer has altered since they were verified; that is an alert', async () => {
    const { blocksByNumber } = gateways.businessPeer;
    const number = blocksByNumber.length - 4;
    const block = blockOf(gateways.businessPeer, number);
    const envelopes = block.envelopes.map((bytes) => bytes.map((byte, at) => (at === 90 ? byte ^ 1 : byte)));
    blocksByNumber[number] = { ...block, envelopes };
    try {
      expect(codeOf(await asked(''))).to.equal('LEDGER_UNAVAILABLE');
      const alerts = await gateways.business.ask('{ ledgerAlerts { nodes { kind block } } }', auditor);
      expect(fine(alerts)).to.deep.equal({
        ledgerAlerts: { nodes: [{ kind: 'block_refused', block: number }] },
      });
    } finally {
      blocksByNumber[number] = block;
    }
  });

  it('says who did not sign, and that nothing proves the bundle complete', async () => {
    await gateways.customs.stop();
    const { file, ...told } = await bundle();
    expect(told).to.deep.include({ complete: false, withheld: false });
    expect(told['notSigned']).to.have.length(1);
    expect(gateways.verdict(file)).to.deep.include({ verdict: 'verified', completeness: { proven: false } });
  });
});

describe('the query evidenceBundle of goods that customs suspects', function () {
  this.timeout(60_000);
  const gateways = new StoryGateways(new Story({ more: [suspects] }));
  before(() => gateways.start());
  after(() => gateways.remove());

  it('shows the suspicion to customs, and not to the importer, whose bundle is not complete', async () => {
    const query = `{ evidenceBundle(ucr: "${testUcr}") { complete withheld events file } }`;
    const of = async (caller: Caller): Promise<Members> =>
      membersAt(fine(await gateways.business.ask(query, caller)), 'evidenceBundle');
    const [theirs, ours] = [await of(officer), await of(importer)];
    expect(theirs).to.deep.include({ complete: true, withheld: false, events: 6 });
    expect(ours).to.deep.include({ complete: false, withheld: true, events: 5 });
    expect(gateways.verdict(String(theirs['file'])).completeness.proven).to.equal(true);
    expect(gateways.verdict(String(ours['file']))).to.deep.include({ verdict: 'verified' });
    const acts = (file: unknown): string =>
      Buffer.concat(
        (JSON.parse(String(file)) as { events: { envelope?: string }[] }).events.map(({ envelope = '' }) =>
          Buffer.from(envelope, 'base64url'),
        ),
      ).toString('latin1');
    expect(acts(theirs['file'])).to.include('AssessRisk');
    expect(acts(ours['file'])).to.include('PlaceHold').and.not.include('AssessRisk');
  });
});

function blockOf({ blocksByNumber }: RecordedBlocks, number: number): RawBlock {
  const block = blocksByNumber[number];
  if (!block) throw new Error(`the story has no block ${String(number)}`);
  return block;
}

describe('the query evidenceBundle of what a stolen key has signed', function () {
  this.timeout(60_000);
  const since = new Story({ more: arriveCrossed() }).collector.events.at(-1)?.block ?? 0;
  const story = new Story({
    more: [...arriveCrossed(), revokes(since - 1), confirms(since - 1), filesLate, forgesHold],
  });
  const gateways = new StoryGateways(story);
  before(() => gateways.start());
  after(() => gateways.remove());

  it('says what each statement is worth as whoever reads the whole ledger does', async () => {
    const { statements, heads } = gateways.business.gateway.services;
    const said = await statements.at(testUcr, await heads.height());
    const { collector, lookUp, chain } = story;
    expect(said).to.deep.equal(collector.shipmentStatement(chain.genesisHash, lookUp));
    const query = `{ evidenceBundle(ucr: "${testUcr}") { complete file } }`;
    const { complete, file } = membersAt(
      fine(await gateways.business.ask(query, importer)),
      'evidenceBundle',
    );
    expect(complete).to.equal(true);
    const { lines } = gateways.verdict(String(file));
    const worth = lines.flatMap(({ check, text }) => (check === 'device-status' ? text.split(':')[0] : []));
    expect(worth.slice(1)).to.deep.equal(['clean', 'clean', 'tainted', 'tainted', 'unproven']);
  });

  it('says the same of an earlier height as was said then', async () => {
    const { statements } = gateways.business.gateway.services;
    for (const height of [since, since + 1, since + 2]) {
      const then = new ShipmentCollector(testUcr);
      for (const block of story.judged.slice(0, height)) then.take(block);
      const { devices } = then.shipmentStatement(story.chain.genesisHash, stateAt(story, height));
      expect((await statements.at(testUcr, height)).devices, String(height)).to.equal(devices);
    }
  });
});

/** The world state of a story as the blocks before a height left it. */
function stateAt({ judged }: Story, height: number): LookUp {
  const state = new MemoryState();
  for (const { verdict } of judged.slice(0, height)) state.apply(verdict.updates);
  return (key) => state.get('passage', key)?.value;
}

interface Stood {
  readonly block: number;
}
