import { expect } from 'chai';
import fc from 'fast-check';
import {
  BUSAN,
  compromised,
  CONTAINER,
  fact,
  HOUR,
  keyFact,
  SHANGHAI,
  timeOf,
  UCR,
} from '../facts/testing/facts.js';
import type { Alert } from './alert.js';
import { findAlerts, type Facts } from './find-alerts.js';
import { tolerancesAlong } from './tolerances.js';

const at = (block: number) => ({ block, position: 0, item: 0 });
const now = (block: number) => ({ block, ledgerTime: timeOf(block) });

const none: Facts = {
  statements: [],
  keys: [],
  holds: [],
  releases: [],
  sealOpenings: [],
  offers: [],
  within: [],
  madeInto: [],
  packing: { contents: [], sealed: [], packages: [] },
};

function alerts(facts: Partial<Facts>, block = 40): readonly Alert[] {
  return findAlerts({ ...none, keys: [keyFact()], ...facts }, tolerancesAlong([]), now(block));
}

/** The alerts as a story: kind, subject, and the path in one line. */
function story(facts: Partial<Facts>, block?: number): readonly string[] {
  return alerts(facts, block).map(
    ({ kind, subject, path }) => `${kind} ${subject}: ${path.map((each) => each.id).join(' < ')}`,
  );
}

describe('findAlerts', () => {
  it('finds nothing in an ordinary journey', () => {
    const statements = [1, 2, 3].map((seq) => fact(seq, seq));
    const offers = [
      {
        ucr: UCR,
        handover: 1,
        transactionId: 't',
        at: at(2),
        offered: timeOf(2),
        answered: timeOf(3),
        where: BUSAN,
      },
    ];
    expect(alerts({ statements, offers })).to.deep.equal([]);
  });

  it('gives the same alerts for the same facts in any order', () => {
    const statements = [
      fact(1, 1),
      fact(2, 30, { where: SHANGHAI, eventTime: timeOf(1) }),
      fact(5, 3),
      fact(9, 4),
    ];
    const expected = alerts({ statements });
    expect(expected.length).to.be.above(3);
    fc.assert(
      fc.property(fc.shuffledSubarray(statements, { minLength: statements.length }), (shuffled) => {
        expect(alerts({ statements: shuffled })).to.deep.equal(expected);
      }),
    );
  });
});

describe('taint', () => {
  const within = [{ inner: 'carton', outer: CONTAINER, transactionId: 'stuffed', from: at(1) }];

  it('leads from everything that a compromised device touched back to the device', () => {
    const keys = [compromised(5, 8)];
    expect(story({ keys, statements: [fact(1, 6)], within })).to.deep.equal([
      `tainted ${UCR}: ${UCR} < key/1 < key`,
      `tainted carton: carton < stuffed < ${CONTAINER} < key/1 < key`,
      `tainted ${CONTAINER}: ${CONTAINER} < key/1 < key`,
    ]);
  });

  it('leaves out what an independent witness covers', () => {
    const port = { kid: 'port', owner: 'TERMINAL1', mspId: 'PortMSP', consignments: [] };
    const keys = [compromised(5, 8), keyFact({ kid: 'port', kind: 'ocr_camera' })];
    const statements = [fact(1, 6), fact(1, 6, port)];
    expect(story({ keys, statements, within })).to.deep.equal([`tainted ${UCR}: ${UCR} < key/1 < key`]);
  });

  it('hears no witness that is tainted itself', () => {
    const port = { kid: 'port', owner: 'TERMINAL1', mspId: 'PortMSP' };
    const keys = [compromised(5, 8), { ...compromised(5, 8), kid: 'port' }];
    const kinds = alerts({ keys, statements: [fact(1, 6), fact(1, 6, port)] }).map(({ kind }) => kind);
    expect(kinds).to.deep.equal(['tainted', 'tainted', 'tainted', 'tainted']);
  });

  it('calls late evidence unproven', () => {
    const keys = [keyFact({ revoked: at(3) })];
    expect(story({ keys, statements: [fact(1, 5, { late: true })] })).to.deep.equal([
      `unproven ${UCR}: ${UCR} < key/1 < key`,
      `unproven ${CONTAINER}: ${CONTAINER} < key/1 < key`,
    ]);
  });
});

describe('the numbers of a key', () => {
  it('finds what is missing, once it has had its time to arrive', () => {
    const statements = [fact(2, 2), fact(5, 4)];
    expect(alerts({ statements }, 26)).to.deep.equal([]);
    expect(alerts({ statements }, 27).map(({ details, at: { block } }) => [details, block])).to.deep.equal([
      [{ from: 1, to: 1 }, 2],
    ]);
    expect(alerts({ statements }, 29).map(({ details }) => details)).to.deep.equal([
      { from: 1, to: 1 },
      { from: 3, to: 4 },
    ]);
  });

  it('misses nothing that an epoch skipped, and what lies before and after it', () => {
    const epochs = [{ firstSeq: 100, after: { seq: 3, last: 'key/3' } }];
    const statements = [fact(1, 1), fact(3, 3), fact(101, 6, { prev: 'key/100' })];
    const gaps = alerts({ keys: [keyFact({ epochs })], statements }).map(({ details }) => details);
    expect(gaps).to.deep.equal([
      { from: 2, to: 2 },
      { from: 100, to: 100 },
    ]);
  });

  it('misses what a rotation named as the end', () => {
    const rotated = { seq: 4, last: 'key/4', at: at(5), ledgerTime: timeOf(5) };
    expect(story({ keys: [keyFact({ rotated })], statements: [fact(1, 1)] })).to.deep.equal(['gap key: key']);
    expect(alerts({ keys: [keyFact({ rotated })], statements: [fact(1, 1)] })[0]?.details).to.deep.equal({
      from: 2,
      to: 4,
    });
  });

  it('looks for nothing outside the part that it knows', () => {
    const known = { from: 50, to: 53 };
    const statements = [fact(51, 1), fact(53, 2)];
    expect(alerts({ keys: [keyFact({ known })], statements }).map(({ details }) => details)).to.deep.equal([
      { from: 50, to: 50 },
      { from: 52, to: 52 },
    ]);
  });

  it('finds what came after its successor', () => {
    const statements = [fact(1, 1), fact(3, 2), fact(2, 3, { eventTime: timeOf(2) })];
    expect(story({ statements })).to.deep.equal(['reordered key: key < key/2 < key/3']);
  });

  it('finds a statement that names another as the one before', () => {
    const statements = [fact(1, 1), fact(2, 2, { prev: 'elsewhere' })];
    expect(story({ statements })).to.deep.equal(['broken_chain key: key < key/2 < key/1']);
    const epochs = [{ firstSeq: 9, after: { seq: 1, last: 'key/1' } }];
    const afresh = [fact(1, 1), fact(9, 2, { prev: 'key/1' })];
    expect(alerts({ keys: [keyFact({ epochs })], statements: afresh })).to.deep.equal([]);
  });
});

describe('a key that tells two stories', () => {
  it('leads from the device to both statements and to where the proof was filed', () => {
    const proof = { seq: 2, at: at(4), transactionId: 't-proof', statementIds: ['key/2', 'elsewhere'] };
    const found = alerts({
      keys: [keyFact({ equivocations: [proof] })],
      statements: [fact(1, 1), fact(2, 2)],
    });
    expect(found).to.deep.equal([
      {
        kind: 'equivocation',
        subject: 'key',
        at: at(4),
        path: [
          { what: 'device', id: 'key' },
          { what: 'statement', id: 'key/2' },
          { what: 'statement', id: 'elsewhere' },
          { what: 'transaction', id: 't-proof' },
        ],
        details: { seq: 2 },
      },
    ]);
  });
});

describe('clocks and silence', () => {
  it('finds what reached the ledger too long after its time', () => {
    const statements = [fact(1, 30, { eventTime: timeOf(6) }), fact(2, 31, { eventTime: timeOf(6) })];
    expect(alerts({ statements }, 31).map(({ kind, details }) => [kind, details])).to.deep.equal([
      ['late_capture', { milliseconds: 25 * HOUR }],
    ]);
  });

  it('finds a clock that is ahead of the ledger, and one that goes back', () => {
    const ahead = fact(1, 1, { eventTime: timeOf(1) + HOUR });
    const back = fact(2, 2, { eventTime: timeOf(1) });
    expect(alerts({ statements: [ahead, back] }).map(({ kind, details }) => [kind, details])).to.deep.equal([
      ['clock_drift', { ahead: HOUR }],
      ['clock_drift', { back: HOUR }],
    ]);
    expect(story({ statements: [ahead, back] })[1]).to.equal('clock_drift key: key < key/2 < key/1');
  });

  it('finds what was measured when the calibration had run out, by the time that the device says', () => {
    const calibrations = [{ until: timeOf(1) }, { from: timeOf(3), until: timeOf(9) }];
    const statements = [fact(1, 1), fact(2, 2), fact(3, 3), fact(4, 4, { eventTime: timeOf(2) })];
    const found = alerts({ keys: [keyFact({ calibrations })], statements });
    expect(
      found.flatMap(({ kind, subject, at, path, details }) =>
        kind === 'out_of_calibration' ? [{ subject, block: at.block, path, details }] : [],
      ),
    ).to.deep.equal(
      [2, 4].map((seq) => ({
        subject: 'key',
        block: seq,
        path: [
          { what: 'device', id: 'key' },
          { what: 'statement', id: `key/${String(seq)}` },
        ],
        details: { milliseconds: timeOf(2) - timeOf(1) },
      })),
    );
  });

  it('hears the silence of a device that should report, between two reports and now', () => {
    const statements = [fact(1, 1), fact(2, 50, { eventTime: timeOf(50) })];
    expect(alerts({ statements }, 100).map(({ details }) => details)).to.deep.equal([
      { milliseconds: 49 * HOUR, ongoing: false },
      { milliseconds: 50 * HOUR, ongoing: true },
    ]);
    const moved = fact(2, 50, { things: ['urn:epc:id:bic:TCLU4265727'], consignments: [] });
    expect(alerts({ statements: [fact(1, 1), moved] }, 60)).to.deep.equal([]);
    const keys = [keyFact({ kind: 'plate_reader' })];
    expect(alerts({ keys, statements }, 100)).to.deep.equal([]);
    expect(alerts({ keys: [keyFact({ revoked: at(51) })], statements }, 100)).to.have.length(1);
  });
});

describe('movement', () => {
  const truck = { kid: 'other', owner: 'TERMINAL1' };
  const keys = [keyFact(), keyFact({ kid: 'other' })];

  it('finds a thing at two places at once, and says which statements put it there', () => {
    const statements = [fact(1, 2), fact(1, 3, { ...truck, where: SHANGHAI, eventTime: timeOf(2) })];
    expect(story({ keys, statements })).to.deep.equal([
      `two_places ${CONTAINER}: ${CONTAINER} < other/1 < key/1`,
    ]);
    expect(alerts({ keys, statements })[0]?.details).to.include({ milliseconds: 0 });
  });

  it('finds what is faster than anything that moves', () => {
    const soon = [fact(1, 2), fact(2, 3, { where: SHANGHAI, eventTime: timeOf(2) + HOUR / 2 })];
    expect(story({ statements: soon })).to.deep.equal([
      `impossible_speed ${CONTAINER}: ${CONTAINER} < key/2 < key/1`,
    ]);
    expect(alerts({ statements: [fact(1, 2), fact(2, 4, { where: SHANGHAI })] })).to.deep.equal([]);
  });

  it('lets a consignment be in several places', () => {
    const statements = [fact(1, 2, { things: [] }), fact(2, 2, { things: [], where: SHANGHAI })];
    expect(alerts({ statements })).to.deep.equal([]);
  });
});

describe('holds, seals and custody', () => {
  const hold = { id: 'hold-1', transactionId: 't-hold', objects: [UCR], at: at(3), from: timeOf(3) };

  it('finds held goods that leave, until the hold is lifted', () => {
    const steps = [2, 4, 6].map((block, index) => fact(index + 1, block, { bizStep: 'departing' }));
    const holds = [{ ...hold, until: timeOf(5) }];
    expect(story({ statements: steps, holds })).to.deep.equal([
      `held_goods_moved ${UCR}: ${UCR} < key/2 < hold-1 < t-hold`,
    ]);
    expect(alerts({ statements: steps, holds: [hold] })).to.have.length(2);
  });

  it('finds held goods elsewhere than they were', () => {
    const statements = [fact(1, 2), fact(2, 4), fact(3, 8, { where: SHANGHAI })];
    expect(alerts({ statements, holds: [hold] }).map(({ at: { block } }) => block)).to.deep.equal([8]);
  });

  it('accuses nobody of a move before the hold that is recorded during it', () => {
    const early = fact(1, 4, { bizStep: 'departing', eventTime: timeOf(2) });
    expect(alerts({ statements: [early], holds: [hold] })).to.deep.equal([]);
  });

  it('finds a seal that was opened before the release, by an act or as a device saw it', () => {
    const opening = {
      seal: 'S1',
      transactionId: 't-open',
      objects: [CONTAINER, UCR],
      at: at(4),
      time: timeOf(4),
    };
    const seen = fact(1, 5, { disposition: 'container_open' });
    const facts = { statements: [seen], sealOpenings: [opening] };
    expect(story(facts)).to.deep.equal([
      `seal_opened ${CONTAINER}: ${CONTAINER} < S1 < t-open`,
      `seal_opened ${CONTAINER}: ${CONTAINER} < key/1 < key`,
    ]);
    const released = (block: number) => [{ transactionId: 't', objects: [UCR], from: timeOf(block) }];
    expect(alerts({ ...facts, releases: released(5) })).to.have.length(1);
    expect(alerts({ ...facts, releases: released(4) })).to.deep.equal([]);
  });

  it('finds goods for which nobody answers', () => {
    const offer = {
      ucr: UCR,
      handover: 1,
      transactionId: 't-offer',
      at: at(2),
      offered: timeOf(2),
      where: BUSAN,
    };
    const away = fact(1, 4, { where: SHANGHAI });
    expect(story({ statements: [away], offers: [offer] })).to.deep.equal([
      `custody_gap ${UCR}: ${UCR} < key/1 < ${UCR}/1 < t-offer`,
    ]);
    expect(alerts({ statements: [away], offers: [{ ...offer, answered: timeOf(3) }] })).to.deep.equal([]);
    expect(alerts({ statements: [away], offers: [offer] }, 4), 'a clock that is ahead').to.have.length(1);
    const within = [{ inner: UCR, outer: CONTAINER, transactionId: 'stuffed', from: at(1), until: at(6) }];
    const unit = (block: number) => fact(1, block, { where: SHANGHAI, consignments: [] });
    expect(story({ statements: [unit(4)], offers: [offer], within })).to.deep.equal([
      `custody_gap ${UCR}: ${UCR} < stuffed < ${CONTAINER} < key/1 < ${UCR}/1 < t-offer`,
    ]);
    expect(alerts({ statements: [unit(7)], offers: [offer], within })).to.deep.equal([]);
    expect(alerts({ offers: [offer] }, 75).map(({ details }) => details)).to.deep.equal([
      { milliseconds: 73 * HOUR, ongoing: true },
    ]);
    expect(alerts({ offers: [{ ...offer, answered: timeOf(3) }] }, 75)).to.deep.equal([]);
  });
});
