import { prologue } from '@passage/domain/testing';
import { custodyChain } from '@passage/evidence/testing';
import { BlockMetadataIndex, withMetadata } from '@passage/ledger';
import { MUTATIONS, newForge, type Forge, type Verdict } from '@passage/ledger/generator';
import { genesisHashOf, type CorpusCase, type Expected } from './corpus-case.js';
import { lies, releasedAndTaken } from './lies/index.js';
import type { Lie } from './lies/lie.js';
import { nodeKey } from './node-key.js';

/** Chains of the generator: the good one, what somebody made of it, and a fork of it that all orderers have signed. */
export function* generatedCases(forge: Forge = newForge(nodeKey)): Generator<CorpusCase> {
  const of = { origin: 'generated', genesisHash: genesisHashOf(forge.blocks) } as const;
  const good = 'Nobody has touched it.';
  yield { ...of, name: 'good', what: good, blocks: forge.blocks, expect: { exitCode: 0 } };
  for (const { name, what, ...mutation } of MUTATIONS) {
    const { verdict, ...broken } = mutation.break(forge);
    const blocks = broken.blocks.length;
    const compare = verdict.says === 'nothing' && {
      compare: { with: 'good', block: blocks, kind: 'height' },
    };
    yield { ...of, name, what, ...broken, expect: expected(verdict), ...compare };
  }
  yield {
    ...of,
    name: 'fork',
    what: 'The orderers have signed another last block, too: each chain is sound by itself.',
    blocks: forked(forge),
    expect: { exitCode: 0 },
    compare: { with: 'good', block: FORKED, kind: 'header' },
  };
}

/** The last block, of which there are two; its last transaction is a plain write. */
const FORKED = 10;

/** The good chain with another last block, which lacks a transaction. */
function forked(forge: Forge): CorpusCase['blocks'] {
  const { envelopes, metadata } = forge.block(FORKED);
  const flags = metadata[BlockMetadataIndex.TRANSACTIONS_FILTER]?.slice(0, -1);
  const blocks = forge.reordered(FORKED, envelopes.slice(0, -1), undefined, flags);
  // As orderers give them: no peer has written a hash of his own into them.
  return blocks.map((block) =>
    block.header.number < FORKED
      ? block
      : withMetadata(block, BlockMetadataIndex.COMMIT_HASH, new Uint8Array()),
  );
}

function expected(verdict: Verdict): Expected {
  if (verdict.says === 'nothing') return { exitCode: 0 };
  if (verdict.says === 'truncated') return { exitCode: 3, code: 'SOURCE_TRUNCATED' };
  const { block, transaction, check, because } = verdict;
  return { exitCode: 1, block, ...(transaction !== undefined && { transaction }), check, because };
}

/** Stories of our chaincode's transactions: an honest one, and lies of three organisations that sign together. */
export function* custodyCases(told: readonly Lie[] = lies): Generator<CorpusCase> {
  const honest = custodyChain((ledger) => [...prologue(ledger), ...releasedAndTaken]);
  const sound = [...honest.blocks()].map(({ block }) => block);
  const last = sound.length - 1;
  yield {
    name: 'good-custody',
    what: 'A consignment is opened, released and handed over; one finding: the officer takes over what he has released.',
    origin: 'custody',
    genesisHash: honest.genesisHash,
    blocks: sound,
    expect: {
      exitCode: 0,
      finding: {
        block: last,
        transaction: 0,
        kind: 'own-goods',
        because: 'OFFICER1 released 6KRIMPORTER1-F at ',
      },
    },
  };
  for (const { what, story, check, finding } of told) {
    const chain = custodyChain((ledger) => [...prologue(ledger), ...story(ledger)]);
    const blocks = [...chain.blocks()].map(({ block }) => block);
    const place = { block: blocks.length - 1, transaction: 0 };
    yield {
      name: `custody-${what.replace(/[^a-z]+/g, '-')}`,
      what: `Three organisations sign a lie: ${what}.`,
      origin: 'custody',
      genesisHash: chain.genesisHash,
      blocks,
      expect: {
        exitCode: 1,
        ...place,
        check,
        ...(finding && { finding: { ...place, ...finding } }),
      },
    };
  }
}
