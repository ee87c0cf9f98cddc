import { expect } from 'chai';
import fc from 'fast-check';
import { compromised, fact, keyFact, timeOf } from '../facts/testing/facts.js';
import { judgeKey, type ChainedStatement, type Standing } from './judge-key.js';

function wordOf(standings: ReadonlyMap<string, Standing>): Record<string, string> {
  return Object.fromEntries([...standings].map(([id, { standing }]) => [id, standing]));
}

describe('judgeKey', () => {
  it('finds nothing wrong with a key that nobody revoked', () => {
    expect(wordOf(judgeKey(keyFact(), [fact(1, 1), fact(2, 9)]))).to.deep.equal({
      'key/1': 'clean',
      'key/2': 'clean',
    });
  });

  it('keeps what a block before the compromise holds, and taints the rest', () => {
    const standings = judgeKey(compromised(5, 8), [fact(1, 3), fact(2, 4), fact(3, 5), fact(4, 7)]);
    expect(wordOf(standings)).to.deep.equal({
      'key/1': 'clean',
      'key/2': 'clean',
      'key/3': 'tainted',
      'key/4': 'tainted',
    });
  });

  it('knows a time from a block: the block whose ledger time is earlier is before', () => {
    const at = { block: 8, position: 0, item: 0 };
    const since = { time: new Date(timeOf(5)).toISOString() };
    const key = keyFact({ revoked: at, compromise: { since, confirmed: at } });
    expect(wordOf(judgeKey(key, [fact(1, 4), fact(2, 5)]))).to.deep.equal({
      'key/1': 'clean',
      'key/2': 'tainted',
    });
  });

  it('reaches by prev what arrived late, through statements that arrived late themselves', () => {
    const statements = [fact(4, 4), fact(3, 7), fact(2, 9, { late: true }), fact(1, 6), fact(5, 6)];
    const standings = judgeKey(compromised(5, 8), statements);
    expect(standings.get('key/3')).to.deep.equal({ standing: 'clean', reachedBy: 'key/4' });
    expect(standings.get('key/2')).to.deep.equal({ standing: 'clean', reachedBy: 'key/3' });
    expect(standings.get('key/1')).to.deep.equal({ standing: 'clean', reachedBy: 'key/2' });
    expect(standings.get('key/5')).to.deep.equal({ standing: 'tainted' });
  });

  it('goes nowhere through a statement that the ledger does not hold', () => {
    const standings = judgeKey(compromised(5, 8), [fact(4, 4), fact(2, 6)]);
    expect(standings.get('key/2')).to.deep.equal({ standing: 'tainted' });
  });

  it('believes no date: what the thief dates earlier stays tainted, and unproven where it was filed late', () => {
    const early = { eventTime: timeOf(1) };
    const forged = [
      fact(2, 6, { statementId: 'forged', ...early }),
      fact(3, 9, { statementId: 'filed', late: true, ...early }),
    ];
    expect(wordOf(judgeKey(compromised(5, 8), [fact(1, 1), ...forged]))).to.deep.equal({
      'key/1': 'clean',
      forged: 'tainted',
      filed: 'unproven',
    });
  });

  it('takes late evidence of a revoked key for unproven, also where nobody says it was compromised', () => {
    const key = keyFact({ revoked: { block: 4, position: 0, item: 0 } });
    expect(wordOf(judgeKey(key, [fact(1, 2), fact(2, 5, { late: true })]))).to.deep.equal({
      'key/1': 'clean',
      'key/2': 'unproven',
    });
  });

  it('takes the last statement that a rotation named before the compromise for clean', () => {
    const rotated = (block: number) => ({
      seq: 2,
      last: 'key/2',
      at: { block, position: 0, item: 0 },
      ledgerTime: timeOf(block),
    });
    const statements = [fact(1, 6), fact(2, 7)];
    const inTime = { ...compromised(5, 8), rotated: rotated(4) };
    expect(wordOf(judgeKey(inTime, statements))).to.deep.equal({ 'key/1': 'clean', 'key/2': 'clean' });
    const tooLate = { ...compromised(5, 8), rotated: rotated(5) };
    expect(wordOf(judgeKey(tooLate, statements))).to.deep.equal({ 'key/1': 'tainted', 'key/2': 'tainted' });
  });

  it('never calls clean what a thief made, however the owner’s and the thief’s statements arrive', () => {
    const blocks = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(blocks, blocks, fc.integer({ min: 1, max: 20 }), (honest, forged, since) => {
        const own = honest.map((block, index) => fact(index + 1, block));
        // The thief continues the owner's chain anywhere, and has no earlier block to put it into.
        const thief = forged.map((block, index) => {
          const seq = index + 2;
          return fact(seq, Math.max(block, since), { statementId: `thief/${String(seq)}` });
        });
        const standings = judgeKey(compromised(since, 30), [...thief, ...own]);
        for (const each of thief) expect(standings.get(each.statementId)?.standing).to.equal('tainted');
        const cleanUpTo = Math.max(0, ...own.filter(({ at }) => at.block < since).map(({ seq }) => seq));
        for (const { seq, statementId } of own) {
          expect(standings.get(statementId)?.standing).to.equal(seq <= cleanUpTo ? 'clean' : 'tainted');
        }
      }),
    );
  });

  it('judges by the ledger alone: the order in which statements are given changes no standing', () => {
    const statements: readonly ChainedStatement[] = [
      fact(1, 3),
      fact(2, 7),
      fact(3, 4),
      fact(4, 9, { late: true }),
    ];
    const expected = wordOf(judgeKey(compromised(5, 8), statements));
    fc.assert(
      fc.property(fc.shuffledSubarray([...statements], { minLength: 4 }), (shuffled) => {
        expect(wordOf(judgeKey(compromised(5, 8), shuffled))).to.deep.equal(expected);
      }),
    );
  });
});
