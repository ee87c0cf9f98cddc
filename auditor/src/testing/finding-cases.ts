import { generateChain, PUTS } from '@passage/ledger/generator';
import { nodeKey } from './node-key.js';
import type { CorpusCase, Expected } from './corpus-case.js';

/** Who has gone on with a certificate that was over when the chain began, and where that shows first. */
const EXPIRED: readonly {
  readonly name: string;
  readonly who: string;
  readonly holder: string;
  readonly finding: NonNullable<Expected['finding']>;
}[] = [
  {
    name: 'expired-client',
    who: 'client who sends',
    holder: 'client1.customs',
    finding: {
      block: 2,
      transaction: 0,
      kind: 'expired-certificate',
      because: 'the certificate of the sender of CustomsMSP ended at 2025-12-31T23:59:59.000Z',
    },
  },
  {
    name: 'expired-endorser',
    who: 'peer who endorses',
    holder: 'peer0.port',
    finding: {
      block: 1,
      transaction: 0,
      kind: 'expired-certificate',
      because: 'the certificate of the endorser of PortMSP ended at 2025-12-31T23:59:59.000Z',
    },
  },
  {
    name: 'expired-orderer',
    who: 'orderer who signs blocks',
    holder: 'orderer2.port',
    finding: {
      block: 1,
      kind: 'expired-certificate',
      because: 'the certificate of orderer 2 of PortMSP ended at 2025-12-31T23:59:59.000Z',
    },
  },
];

/** Chains on which nothing differs, and something is found that somebody should look at. */
export function* findingCases(): Generator<CorpusCase> {
  for (const { name, who, holder, finding } of EXPIRED) {
    const chain = generateChain({
      newKey: nodeKey,
      transactions: 4,
      perBlock: 2,
      mix: PUTS,
      expired: [holder],
    });
    yield {
      name,
      what: `The certificate of the ${who} was over before the chain began, which Fabric lets pass at commit.`,
      origin: 'generated',
      genesisHash: chain.genesisHash,
      blocks: [...chain.blocks()].map(({ block }) => block),
      expect: { exitCode: 0, finding },
    };
  }
}
