import { expect } from 'chai';
import { commit } from '../../commitment/commitment.js';
import { readOpening, secretOpens } from '../../private/opening-record.js';
import { defaultParameters } from '../../parameters/parameters.js';
import { partyCaller, testLedger, testUcr, type CastMember } from '../../testing/cast.js';
import { TestWorld } from '../../testing/test-world.js';

const [carrier, terminal, importer] = [
  partyCaller('CARRIER1'),
  partyCaller('TERMINAL1'),
  partyCaller('IMPORTER1'),
];
const about = { subject: testUcr, field: 'driver' };
const bytes = new Uint8Array(32).fill(7);
const secret = { value: 'Jan Novák', salt: Buffer.from(bytes).toString('base64url') };

function commitmentOf(owner: CastMember, value = secret.value): string {
  return commit({ ...about, ledger: testLedger, owner, value, salt: bytes });
}

const commitment = commitmentOf('CARRIER1');
const keep = { requestId: 'k', openings: [{ ...about, commitment }] };
const disclose = { requestId: 'd', ...about, commitment, to: 'TERMINAL1' };

describe('openings of commitments', () => {
  let world: TestWorld;
  beforeEach(() => {
    world = TestWorld.started();
  });

  it('are kept in the collection of the owner’s organisation, and nothing public is written', () => {
    const { writes, privateWrites, response } = world.play(carrier, 'KeepOpenings', keep, [secret]);
    expect(writes).to.deep.equal([]);
    expect(privateWrites.map(({ collection, key }) => [collection, key])).to.deep.equal([
      ['_implicit_org_BusinessMSP', `opening/CARRIER1/${commitment}`],
    ]);
    const [write] = privateWrites;
    expect(write && readOpening(write.value)).to.deep.equal({
      v: 1,
      commitment,
      ...about,
      owner: 'CARRIER1',
      ledger: testLedger,
      ...secret,
      keptAt: world.now(),
    });
    expect(response).to.deep.equal({ result: { commitments: [commitment] }, duplicate: false });
  });

  it('are refused where they do not open, and the refusal does not say what they hold', () => {
    for (const wrong of [
      { ...secret, value: 'Jana Nováková' },
      { ...secret, salt: Buffer.alloc(32).toString('base64url') },
    ]) {
      const refusal = world.refusal(carrier, 'KeepOpenings', keep, [wrong]);
      expect(refusal.code).to.equal('OPENING_WRONG');
      const told = JSON.stringify([refusal.message, refusal.details]);
      expect(told).not.to.contain(wrong.value).and.not.to.contain(wrong.salt);
    }
    // Made by another party, about another thing.
    expect(world.refusal(importer, 'KeepOpenings', keep, [secret]).code).to.equal('OPENING_WRONG');
    const other = { requestId: 'k', openings: [{ ...about, subject: 'elsewhere', commitment }] };
    expect(world.refusal(carrier, 'KeepOpenings', other, [secret]).code).to.equal('OPENING_WRONG');
  });

  it('have to come as transient data, as many as the input names', () => {
    expect(world.refusal(carrier, 'KeepOpenings', keep).code).to.equal('INVALID_FIELD');
    expect(world.refusal(carrier, 'KeepOpenings', keep, [secret, secret]).code).to.equal('INVALID_FIELD');
    const short = world.refusal(carrier, 'KeepOpenings', keep, [{ ...secret, salt: 'AAAA' }]);
    expect(short.details['violations']).to.deep.include({
      pointer: '/0/salt',
      code: 'VALUE',
      message: 'must be a SHA-256 value in 43 base64url digits',
    });
  });

  it('are read by the party that keeps them, and by no other of its organisation', () => {
    world.play(carrier, 'KeepOpenings', keep, [secret]);
    expect(world.play(carrier, 'GetOpening', { commitment }).response).to.include(secret);
    expect(world.refusal(importer, 'GetOpening', { commitment }).code).to.equal('OPENING_UNKNOWN');
    expect(world.refusal(terminal, 'GetOpening', { commitment }).code).to.equal('OPENING_UNKNOWN');
  });

  it('are disclosed to one named party, in the collection of its own organisation', () => {
    const { privateWrites, writes } = world.play(carrier, 'DiscloseOpening', disclose, [secret]);
    expect(writes).to.deep.equal([]);
    expect(privateWrites.map(({ collection, key }) => [collection, key])).to.deep.equal([
      ['_implicit_org_PortMSP', `opening/TERMINAL1/${commitment}`],
    ]);
    expect(world.play(terminal, 'GetOpening', { commitment }).response).to.include({
      ...secret,
      owner: 'CARRIER1',
    });
    expect(world.refusal(carrier, 'DiscloseOpening', { ...disclose, to: 'NOBODY' }, [secret]).code).to.equal(
      'PARTY_UNKNOWN',
    );
    expect(world.refusal(importer, 'DiscloseOpening', disclose, [secret]).code).to.equal('OPENING_WRONG');
  });

  it('are purged by their holder, and the proof by whoever else has them stays', () => {
    world.play(carrier, 'KeepOpenings', keep, [secret]);
    world.play(carrier, 'DiscloseOpening', disclose, [secret]);
    world.play(carrier, 'PurgeOpening', { requestId: 'p', commitment });
    expect(world.refusal(carrier, 'GetOpening', { commitment }).code).to.equal('OPENING_UNKNOWN');
    expect(world.refusal(carrier, 'PurgeOpening', { requestId: 'q', commitment }).code).to.equal(
      'OPENING_UNKNOWN',
    );
    expect(world.play(terminal, 'GetOpening', { commitment }).response).to.include(secret);
    const proven = { ...about, ledger: testLedger, owner: 'CARRIER1' };
    expect(secretOpens(commitment, proven, secret)).to.equal(true);
    expect(secretOpens(commitment, proven, { ...secret, value: 'another' })).to.equal(false);
  });

  it('are purged by others of the organisation once their retention is over', () => {
    world.play(carrier, 'KeepOpenings', keep, [secret]);
    const purge = { requestId: 'p', commitment, of: 'CARRIER1' };
    expect(world.refusal(importer, 'PurgeOpening', purge).code).to.equal('RETENTION_RUNS');
    expect(world.refusal(terminal, 'PurgeOpening', purge).code).to.equal('OPENING_UNKNOWN');
    world.wait(defaultParameters.retentionDays);
    world.play(importer, 'PurgeOpening', purge);
    expect(world.refusal(carrier, 'GetOpening', { commitment }).code).to.equal('OPENING_UNKNOWN');
  });
});
