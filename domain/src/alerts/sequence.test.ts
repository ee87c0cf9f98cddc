import { expect } from 'chai';
import { fact, keyFact, timeOf } from '../facts/testing/facts.js';
import { alerts, at, story } from './testing/found-alerts.js';

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
