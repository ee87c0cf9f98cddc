import { LIFECYCLE_NAMESPACE, MemoryState, sequenceKey, startChain, verifyNextBlock } from '@passage/ledger';
import { expect } from 'chai';
import {
  chainOfCalls,
  INNER_PACKAGE,
  OUTER_PACKAGE,
  replayCalls,
  type Signed,
} from '../testing/calling-chaincodes.js';
import { Packages } from './packages.js';
import { Rerun } from './rerun.js';
import type { ChainHead, VerifiedBlock } from '@passage/ledger';
import type { RerunCounts } from '../report.js';

const VERSION = `1-${INNER_PACKAGE.sha256}`;
const OUTER_EVENT = { name: 'outer', payload: 'count' };
const INNER_IS_DEFINED = [LIFECYCLE_NAMESPACE, sequenceKey('inner')] as const;

/** `outer` lets `inner` count in `k`, for the first time. */
const COUNTED: Signed = {
  args: ['count', 'inner', 'k'],
  reads: [INNER_IS_DEFINED, ['inner', 'k']],
  writes: [
    ['outer', 'calls', 'count'],
    ['inner', 'k', '1'],
  ],
  answer: '1',
  event: OUTER_EVENT,
};

/** A call by which nothing but `outer` itself writes: what its peer says of the call is its answer. */
const answered = (args: readonly string[], answer: string, reads: Signed['reads'] = []): Signed => ({
  args,
  reads,
  writes: [['outer', 'calls', 'count']],
  answer,
  event: OUTER_EVENT,
});

const failure = (why: string): string => `INVOKE_CHAINCODE failed: transaction ID: TX: ${why}`;

/** What became of the calls; definitions are Fabric's own, and the generator's chaincode has no package. */
const callsOf = (counts: RerunCounts | undefined): Partial<RerunCounts> => {
  const { "_lifecycle is Fabric's own": defined, ...others } = counts?.notRerun ?? {};
  expect(defined).to.equal(3);
  const notRerun = Object.fromEntries(Object.entries(others).filter(([why]) => !why.includes('goods')));
  return { ...counts, notRerun };
};

describe('a transaction that calls another chaincode, run again', function () {
  this.timeout(30_000);

  /** Calls that come to the same bytes. */
  const HONEST: readonly (readonly [what: string, signed: readonly Signed[]])[] = [
    ['reads and writes under both names, and the called one’s event is dropped', [COUNTED]],
    [
      'reads what an earlier one has written',
      [
        COUNTED,
        {
          ...COUNTED,
          writes: [
            ['outer', 'calls', 'count'],
            ['inner', 'k', '2'],
          ],
          answer: '2',
        },
      ],
    ],
    [
      'keeps what the called one wrote before it failed, as Fabric does',
      [{ ...COUNTED, args: ['count', 'inner', 'k', 'fail'], answer: '500 E_ON_PURPOSE' }],
    ],
    [
      'keeps what the called one wrote before it died',
      [
        {
          ...COUNTED,
          args: ['count', 'inner', 'k', 'die'],
          answer: failure('execute failed: error sending: chaincode stream terminated'),
        },
        {
          ...COUNTED,
          writes: [
            ['outer', 'calls', 'count'],
            ['inner', 'k', '2'],
          ],
          answer: '2',
        },
      ],
    ],
    [
      'cannot call itself',
      [
        answered(
          ['count', 'outer', 'count', 'inner', 'k'],
          failure('execute failed: error sending: txid: TX(generated) exists'),
        ),
      ],
    ],
    [
      'cannot be called back',
      [
        {
          ...COUNTED,
          args: ['count', 'inner', 'k', 'back'],
          answer: '500 ' + failure('execute failed: error sending: txid: TX(generated) exists'),
        },
      ],
    ],
    [
      'is told that a chaincode is not defined, after both places were read where it could be',
      [
        answered(
          ['count', 'nobody', 'k'],
          failure(
            'execute failed: invalid invocation: [channel generated] failed to get chaincode container info for nobody: chaincode nobody not found',
          ),
          [
            [LIFECYCLE_NAMESPACE, sequenceKey('nobody')],
            ['lscc', 'nobody'],
          ],
        ),
      ],
    ],
  ];

  for (const [what, signed] of HONEST)
    it(what, async () => {
      const { differences, rerun, codes, transactions } = await replayCalls(signed);
      expect(codes).to.deep.equal({ VALID: transactions });
      expect(differences).to.deep.equal([]);
      expect(callsOf(rerun)).to.deep.equal({ rerun: signed.length, byHashes: 0, notRerun: {} });
    });

  /** What colluding endorsers signed instead. */
  const FORGED: readonly (readonly [
    what: string,
    forged: Partial<Signed>,
    expected: string,
    found: string,
  ])[] = [
    [
      'another value under the called name',
      {
        writes: [
          ['outer', 'calls', 'count'],
          ['inner', 'k', '7'],
        ],
      },
      'write of "k" in inner as "1"',
      'as "7"',
    ],
    [
      'no write under the called name',
      { writes: [['outer', 'calls', 'count']] },
      'write of "k" in inner as "1"',
      'not there',
    ],
    [
      'a write under a third name',
      { writes: [...(COUNTED.writes ?? []), ['goods', 'k', '1']] },
      'write of "k" in goods not there',
      'as "1"',
    ],
    [
      'no read under the called name',
      { reads: [INNER_IS_DEFINED] },
      'read of "k" in inner of nothing',
      'not there',
    ],
    [
      'no read of the called one’s definition',
      { reads: [['inner', 'k']] },
      'read of "namespaces/fields/inner/Sequence" in _lifecycle at block 4, transaction 0',
      'not there',
    ],
    ['another answer', { answer: '9' }, 'the answer "1"', '"9"'],
  ];

  for (const [what, forged, expected, found] of FORGED)
    it(`differs where endorsers signed ${what}`, async () => {
      const { differences } = await replayCalls([{ ...COUNTED, ...forged }]);
      expect(differences).to.deep.equal([
        {
          block: 5,
          transaction: 0,
          check: 'rerun',
          expected,
          found: `${found}, endorsed by CustomsMSP, PortMSP`,
        },
      ]);
    });

  it('differs where the event is that of the called one', async () => {
    const { differences } = await replayCalls([{ ...COUNTED, event: { name: 'inner', payload: 'k' } }]);
    expect(
      differences.map(({ block, check, expected }) => [block, check, expected.slice(0, 9)]),
    ).to.deep.equal([[5, 'rerun', 'the event']]);
  });

  it('is not run again without the called one’s package, and counted with the reason', async () => {
    const { differences, rerun } = await replayCalls([COUNTED], [OUTER_PACKAGE]);
    expect(differences).to.deep.equal([]);
    expect(callsOf(rerun)).to.deep.equal({
      rerun: 0,
      byHashes: 0,
      notRerun: {
        [`the chaincode calls another one: no package given for inner, sequence 1, version ${VERSION}`]: 1,
      },
    });
  });

  it('is not run again where it calls what no package holds, or another channel', async () => {
    const { rerun } = await replayCalls([
      answered(['count', 'qscc', 'GetChainInfo', 'generated'], 'whatever'),
      answered(['count', 'inner@elsewhere', 'k'], 'whatever'),
    ]);
    expect(callsOf(rerun)).to.deep.equal({
      rerun: 0,
      byHashes: 0,
      notRerun: {
        "the chaincode calls qscc, which is Fabric's own": 1,
        'the chaincode calls inner on channel elsewhere, which is not read here': 1,
      },
    });
  });

  it('is checked by its hashes where the called one asks for an input that nobody opened', async () => {
    const { rerun } = await replayCalls([
      { ...COUNTED, args: ['count', 'inner', 'k', 'secret'], answer: '' },
    ]);
    expect(callsOf(rerun)).to.deep.equal({ rerun: 0, byHashes: 1, notRerun: {} });
  });

  it('is told that the called one is not initialised, where its definition asks for that', async () => {
    const why = `invalid invocation: chaincode 'inner' has not been initialized for this version, must call as init first`;
    const signed = answered(['count', 'inner', 'k'], failure(`execute failed: ${why}`), [
      INNER_IS_DEFINED,
      ['inner', '\u0000\u{10ffff}initialized'],
    ]);
    const { differences, rerun } = await replayCalls([signed], undefined, { inner: { initRequired: true } });
    expect(differences).to.deep.equal([]);
    expect(rerun?.rerun).to.equal(1);
  });

  it('cannot call what was approved as the same package, which a peer runs in the same process', async () => {
    const approvedAs = OUTER_PACKAGE.packageId;
    const exists = failure('execute failed: error sending: txid: TX(generated) exists');
    const { differences, rerun } = await replayCalls(
      [answered(['count', 'inner', 'k'], exists, [INNER_IS_DEFINED])],
      [OUTER_PACKAGE],
      { outer: { approvedAs }, inner: { approvedAs } },
    );
    expect(differences).to.deep.equal([]);
    expect(rerun?.rerun).to.equal(1);
  });
});

describe('a client whom the channel lets call no chaincode through another one', () => {
  it('is told so', async () => {
    const path = '/Channel/Application/Admins';
    const why =
      'implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 3 of the';
    const denied = `Failed evaluating policy on signed data during check policy on channel [generated] with policy [${path}]`;
    const chain = chainOfCalls([
      answered(['count', 'inner', 'k'], failure(`${denied}: [${why} 'Admins' sub-policies to be satisfied]`)),
    ]);
    const state = new MemoryState();
    const rerun = new Rerun(state, new Packages([OUTER_PACKAGE, INNER_PACKAGE]));
    let head: ChainHead | undefined;
    for (const { block } of chain.blocks()) {
      const verified: VerifiedBlock = head
        ? verifyNextBlock(head, block, state, { isKnownTransaction: () => false })
        : startChain(block, chain.genesisHash);
      const { config } = verified.head;
      const aclPolicy = (resource: string): string | undefined =>
        resource === 'peer/ChaincodeToChaincode' ? path : config.aclPolicy(resource);
      const ruled = { ...verified, head: { ...verified.head, config: { ...config, aclPolicy } } };
      expect(await rerun.take(block, ruled)).to.deep.equal([]);
      state.apply(verified.verdict.updates);
      head = verified.head;
    }
    expect(rerun.counts.rerun).to.equal(1);
  });
});

describe('a transaction whose chaincode would have died of it', function () {
  this.timeout(30_000);

  it('differs, because nobody can have endorsed it', async () => {
    const { differences } = await replayCalls([{ ...COUNTED, args: ['count'] }]);
    expect(differences.map(({ expected, found }) => [expected, found])).to.deep.equal([
      [
        'a refusal ("error sending: chaincode stream terminated")',
        'a valid transaction, endorsed by CustomsMSP, PortMSP',
      ],
    ]);
  });
});
