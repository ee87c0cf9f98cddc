import {
  BlockMetadataIndex,
  HeaderType,
  readEnvelope,
  TxValidationCode,
  withMetadata,
} from '@passage/ledger';
import { genesisHashOf, type CorpusCase, type Expected } from './corpus-case.js';
import type { RawBlock } from '@passage/ledger';

const { SIGNATURES, TRANSACTIONS_FILTER } = BlockMetadataIndex;

/** What somebody can do to the block files of a network that was run, who has no key of it. */
interface Edit {
  readonly name: string;
  readonly what: string;
  readonly edit: (blocks: readonly RawBlock[], at: Place) => readonly RawBlock[];
  readonly expect: (at: Place) => Expected;
}

/** A valid transaction of a chaincode, with a block behind it. */
interface Place {
  readonly block: number;
  readonly transaction: number;
}

/** A chain that was recorded, as it is and with the edits that its blocks allow. */
export function* recordedCases(blocks: readonly RawBlock[]): Generator<CorpusCase> {
  const of = { origin: 'recorded', genesisHash: genesisHashOf(blocks) } as const;
  const as = 'It is as the network left it.';
  yield { ...of, name: 'recorded', what: as, blocks, expect: { exitCode: 0 } };
  const at = placeIn(blocks);
  for (const { name, what, edit, expect } of EDITS)
    yield { ...of, name: `recorded-${name}`, what, blocks: edit(blocks, at), expect: expect(at) };
  yield {
    ...of,
    name: 'recorded-truncated',
    what: 'The file ends in the middle of the last block.',
    blocks,
    cutBytes: 10,
    expect: { exitCode: 3, code: 'SOURCE_TRUNCATED' },
  };
}

const EDITS: readonly Edit[] = [
  {
    name: 'bit-in-transaction',
    what: 'One bit of a transaction is turned.',
    edit: (blocks, at) =>
      edited(blocks, at.block, (block) => ({
        ...block,
        envelopes: block.envelopes.map((bytes, index) => (index === at.transaction ? turned(bytes) : bytes)),
      })),
    expect: ({ block }) => ({ exitCode: 1, block, check: 'data-hash' }),
  },
  {
    name: 'bit-in-header',
    what: 'One bit of the hash of the block before is turned.',
    edit: (blocks, at) =>
      edited(blocks, at.block, (block) => ({
        ...block,
        header: { ...block.header, previousHash: turned(block.header.previousHash) },
      })),
    expect: ({ block }) => ({ exitCode: 1, block, check: 'chain-link' }),
  },
  {
    name: 'signatures-removed',
    what: 'The orderers’ signatures on a block are removed.',
    edit: (blocks, at) =>
      edited(blocks, at.block, (block) => withMetadata(block, SIGNATURES, new Uint8Array())),
    expect: ({ block }) => ({ exitCode: 1, block, check: 'orderer-quorum' }),
  },
  {
    name: 'valid-flagged-invalid',
    what: 'The flag of a valid transaction is set to MVCC_READ_CONFLICT.',
    edit: (blocks, at) =>
      edited(blocks, at.block, (block) => {
        const flags = Uint8Array.from(block.metadata[TRANSACTIONS_FILTER] ?? []);
        flags[at.transaction] = TxValidationCode.MVCC_READ_CONFLICT;
        return withMetadata(block, TRANSACTIONS_FILTER, flags);
      }),
    expect: (at) => ({ exitCode: 1, ...at, check: 'versions' }),
  },
  {
    name: 'dropped-block',
    what: 'A block is left out.',
    edit: (blocks, at) => blocks.toSpliced(at.block, 1),
    expect: ({ block }) => ({ exitCode: 1, block: block + 1, check: 'chain-link' }),
  },
  {
    name: 'repeated-block',
    what: 'A block stands there twice.',
    edit: (blocks, at) => blocks.toSpliced(at.block, 0, ...blocks.slice(at.block, at.block + 1)),
    expect: ({ block }) => ({ exitCode: 1, block, check: 'chain-link' }),
  },
  {
    name: 'reordered-blocks',
    what: 'Two blocks have changed places.',
    edit: (blocks, at) => blocks.toSpliced(at.block, 2, ...blocks.slice(at.block, at.block + 2).reverse()),
    expect: ({ block }) => ({ exitCode: 1, block: block + 1, check: 'chain-link' }),
  },
];

/** The last place that an edit can be made at. @throws RangeError where there is none */
function placeIn(blocks: readonly RawBlock[]): Place {
  for (const { header, envelopes, metadata } of blocks.slice(1, -1).reverse()) {
    const transaction = envelopes.findIndex(
      (bytes, index) =>
        metadata[TRANSACTIONS_FILTER]?.[index] === TxValidationCode.VALID &&
        readEnvelope(bytes).channelHeader?.type === HeaderType.ENDORSER_TRANSACTION,
    );
    if (transaction >= 0) return { block: header.number, transaction };
  }
  throw new RangeError('the recorded chain has no valid transaction with a block behind it');
}

function edited(
  blocks: readonly RawBlock[],
  number: number,
  edit: (block: RawBlock) => RawBlock,
): readonly RawBlock[] {
  return blocks.map((block) => (block.header.number === number ? edit(block) : block));
}

/** One bit in the middle turned. */
function turned(bytes: Uint8Array): Uint8Array {
  const at = Math.floor(bytes.length / 2);
  return bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
}
