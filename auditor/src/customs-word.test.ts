import { expect } from 'chai';
import { customsPolicy } from '@passage/domain';
import {
  encodeSignaturePolicy,
  parsePolicy,
  RwsetBuilder,
  utf8,
  VALIDATION_PARAMETER,
} from '@passage/ledger';
import { generateChain } from '@passage/ledger/generator';
import type { Kind, Member } from '@passage/ledger/generator';
import { replay } from './replay.js';
import type { ReplayOptions } from './replay-options.js';
import { sourceOf } from './testing/block-source.js';
import { nodeKey } from './testing/node-key.js';
import type { ReplayReport } from './report.js';
import type { BlockSource } from './source/block-source.js';

const VALID = 0;
const POLICY_FAILURE = 10;
const organizations = ['customs', 'port', 'business', 'auditor'];
const { allOf, oneOf } = customsPolicy('CustomsMSP');
const P6 = encodeSignaturePolicy(
  parsePolicy(`AND('${allOf}.peer', OR(${oneOf.map((mspId) => `'${mspId}.peer'`).join(', ')}))`),
);
const [HOLD, CUSTOMS, CUSTODY] = ['hold/6KRX-1/1', 'customs/6KRX-1', 'custody/6KRX-1'];

/** A write set made by hand, as no chaincode makes it, and who endorses it. */
function byHand(
  by: readonly string[],
  set: {
    readonly put?: string;
    readonly policyOn?: string;
    readonly policy?: Uint8Array;
    readonly unsigned?: string;
  },
  code = VALID,
): Kind {
  return {
    name: by.join('+'),
    draft: (draft) => {
      const { consortium, chaincode } = draft.context;
      const peers = consortium.organizations.filter(({ name }) => by.includes(name)).map(({ peer }) => peer);
      const results = new RwsetBuilder();
      if (set.put !== undefined) results.addWrite(chaincode, set.put, utf8('{}'));
      if (set.policyOn !== undefined) {
        results.addMetadataWrite(
          chaincode,
          set.policyOn,
          new Map([[VALIDATION_PARAMETER, set.policy ?? P6]]),
        );
      }
      const unsigned = consortium.organizations.find(({ name }) => name === set.unsigned)?.peer;
      const endorsers = [...peers, ...(unsigned ? [forging(unsigned, peers)] : [])];
      return { envelope: draft.transact('forged', results, { endorsers }), code };
    },
  };
}

/** Somebody's certificate under another's signature. */
function forging(named: Member, [signing]: readonly Member[]): Pick<Member, 'identity' | 'sign'> {
  return { identity: named.identity, sign: (message) => signing?.sign(message) ?? new Uint8Array() };
}

function replayed(...script: readonly Kind[]): Promise<ReplayReport> {
  const chain = generateChain({ newKey: nodeKey, organizations, chaincode: 'passage', script, perBlock: 1 });
  const blocks = [...chain.blocks()];
  for (const { transactions, block } of blocks) {
    const flags = [...(block.metadata[2] ?? [])];
    if (flags.length > 0)
      expect(flags, 'what the maker says').to.deep.equal(transactions.map(({ code }) => code));
  }
  return wordOf(sourceOf(blocks.map(({ block }) => block)), { genesisHash: chain.genesisHash });
}

/** What replay says of customs' word. That nothing here is a record, either, is for the custody rules to say. */
async function wordOf(source: BlockSource, options: ReplayOptions): Promise<ReplayReport> {
  const report = await replay(source, { ...options, all: true });
  return { ...report, differences: report.differences.filter(({ check }) => check === 'customs-word') };
}

describe("customs' word on a chain made by hand", function () {
  this.timeout(60_000);

  it('is checked, and holds, where customs and another have endorsed it', async () => {
    const { differences, checks } = await replayed(
      byHand(['customs', 'port'], { put: CUSTOMS, policyOn: CUSTOMS }),
      byHand(['customs', 'business', 'auditor'], { put: HOLD, policyOn: HOLD }),
    );
    expect(differences).to.deep.equal([]);
    expect(checks).to.include({ 'customs-word': 2 });
  });

  it('is forged where the others have made the key, with the policy or without', async () => {
    for (const policyOn of [undefined, HOLD]) {
      const { differences } = await replayed(
        byHand(['port', 'business'], { put: HOLD, ...(policyOn !== undefined && { policyOn }) }),
      );
      expect(differences).to.have.length(1);
      expect(differences[0]).to.deep.include({ transaction: 0, check: 'customs-word' });
      expect(differences[0]?.expected).to.include(HOLD);
      expect(differences[0]?.found).to.equal('PortMSP, BusinessMSP');
    }
  });

  it("is not mended by a signature that only names customs' peer", async () => {
    const { differences } = await replayed(
      byHand(['port', 'business'], { put: CUSTOMS, unsigned: 'customs' }),
    );
    expect(differences.map(({ check }) => check)).to.deep.equal(['customs-word']);
  });

  it('stays forged with every further write that customs has not endorsed', async () => {
    const { differences } = await replayed(
      byHand(['port', 'business'], { put: HOLD }),
      byHand(['port', 'business'], { put: HOLD, policyOn: HOLD }),
      byHand(['port', 'business'], { put: HOLD }, POLICY_FAILURE),
      byHand(['customs', 'port'], { put: HOLD }),
    );
    expect(differences).to.have.length(2);
  });

  it('cannot be taken back by the others: a hold keeps custody closed until customs opens it', async () => {
    const { differences, codes } = await replayed(
      byHand(['port', 'business'], { put: CUSTODY }),
      byHand(['customs', 'port'], { policyOn: CUSTODY }),
      byHand(['port', 'business'], { put: CUSTODY }, POLICY_FAILURE),
      byHand(['port', 'business', 'auditor'], { put: CUSTODY }, POLICY_FAILURE),
      byHand(['port', 'business'], { policyOn: CUSTODY, policy: new Uint8Array() }, POLICY_FAILURE),
      byHand(['customs', 'business'], { policyOn: CUSTODY, policy: new Uint8Array() }),
      byHand(['port', 'business'], { put: CUSTODY }),
    );
    expect(differences).to.deep.equal([]);
    expect(codes).to.include({ ENDORSEMENT_POLICY_FAILURE: 3 });
  });

  it('is looked for under the chaincode alone', async () => {
    const chain = generateChain({
      newKey: nodeKey,
      organizations,
      chaincode: 'other',
      script: [byHand(['port', 'business'], { put: HOLD })],
    });
    const source = sourceOf([...chain.blocks()].map(({ block }) => block));
    expect((await wordOf(source, { genesisHash: chain.genesisHash })).differences).to.deep.equal([]);
    const named = { genesisHash: chain.genesisHash, chaincode: 'other' };
    expect((await wordOf(source, named)).differences).to.have.length(1);
  });
});
