import { buildBlock, headerHash } from '../../block/index.js';
import { toHex } from '../../codec/index.js';
import { quorumOf } from '../sealer.js';
import { differs } from './mutation.js';
import type { RawBlock } from '../../block/index.js';
import type { Consenter } from '../consortium.js';
import type { Forge } from './forge.js';
import type { Broken, Mutation } from './mutation.js';

// What can be done to the order of blocks, and to blocks that too few orderers sign.

/** The block at which the chain is changed: in the middle, one of plain writes. */
const BLOCK = 7;

export const EDITED_CHAINS: readonly Mutation[] = [
  {
    name: 'dropped-block',
    what: 'A block in the middle is left out.',
    break: ({ blocks }) => ({
      blocks: blocks.toSpliced(BLOCK, 1),
      verdict: differs(
        { block: BLOCK + 1 },
        'chain-link',
        `expected block ${BLOCK}, found block ${BLOCK + 1}`,
      ),
    }),
  },
  {
    name: 'repeated-block',
    what: 'A block stands there twice.',
    break: ({ blocks }) => ({
      blocks: blocks.toSpliced(BLOCK, 0, ...blocks.slice(BLOCK, BLOCK + 1)),
      verdict: differs({ block: BLOCK }, 'chain-link', `expected block ${BLOCK + 1}, found block ${BLOCK}`),
    }),
  },
  {
    name: 'reordered-blocks',
    what: 'Two blocks have changed places.',
    break: ({ blocks }) => ({
      blocks: blocks.toSpliced(BLOCK, 2, ...blocks.slice(BLOCK, BLOCK + 2).reverse()),
      verdict: differs(
        { block: BLOCK + 1 },
        'chain-link',
        `expected block ${BLOCK}, found block ${BLOCK + 1}`,
      ),
    }),
  },
  {
    name: 'other-genesis',
    what: 'The whole chain is another one, in order but for its first block’s hash.',
    break: ({ blocks }: Forge): Broken => {
      const [first, ...others] = blocks;
      const other = buildBlock(0, new Uint8Array(), first?.envelopes.map((bytes) => bytes.subarray(1)) ?? []);
      return {
        blocks: [other, ...others],
        verdict: differs({ block: 0 }, 'chain-link', `found ${toHex(headerHash(other.header))}`),
      };
    },
  },
  {
    name: 'rewritten-tail',
    what: 'A transaction is taken out and all later hashes are computed again, under the old signatures.',
    break: (forge: Forge): Broken => {
      const rewritten = tailWithout(forge);
      const blocks = rewritten.map(({ header, envelopes }, index) => {
        const { metadata } = forge.block(index);
        return { header, envelopes, metadata };
      });
      return { blocks, verdict: tooFew(0) };
    },
  },
  {
    name: 'too-few-orderers',
    what: 'The same, and all later blocks are signed again by one orderer less than it takes.',
    break: (forge: Forge): Broken => {
      const signers = quorumOf(forge.consortium).slice(1);
      return { blocks: tailWithout(forge, signers), verdict: tooFew(signers.length) };
    },
  },
  {
    name: 'one-orderer-thrice',
    what: 'The same, and all later blocks are signed by one orderer as often as signatures are needed.',
    break: (forge: Forge): Broken => {
      const quorum = quorumOf(forge.consortium);
      const signers = quorum.flatMap(() => quorum.slice(0, 1));
      return { blocks: tailWithout(forge, signers), verdict: tooFew(1) };
    },
  },
  {
    name: 'one-orderer-under-all-names',
    what: 'The same, and one orderer signs under the names of the others, too.',
    break: (forge: Forge): Broken => {
      const [first, ...others] = quorumOf(forge.consortium);
      const signers = first ? [first, ...others.map(({ id }) => ({ ...first, id }))] : [];
      return { blocks: tailWithout(forge, signers), verdict: tooFew(1) };
    },
  },
  {
    name: 'strange-orderers',
    what: 'The same, and somebody signs under the orderers’ names with a key of his own.',
    break: (forge: Forge): Broken => {
      const { stranger } = forge.consortium;
      const signers = quorumOf(forge.consortium).map((orderer) => ({ ...orderer, sign: stranger.sign }));
      return { blocks: tailWithout(forge, signers), verdict: tooFew(0) };
    },
  },
  {
    name: 'truncated-stream',
    what: 'The stream of blocks ends in the middle of the last one.',
    break: ({ blocks }) => ({ blocks, cutBytes: 100, verdict: { says: 'truncated' } }),
  },
  {
    name: 'missing-tail',
    what: 'The last blocks are missing, whole.',
    break: ({ blocks }) => ({
      blocks: blocks.slice(0, -2),
      verdict: {
        says: 'nothing',
        because: 'a chain does not know its own end: compare the height with other peers',
      },
    }),
  },
];

/** The chain whose middle block lacks its last transaction, with links that fit, signed from there on by `signers`. */
function tailWithout(forge: Forge, signers: readonly Consenter[] = []): RawBlock[] {
  const { envelopes, metadata } = forge.block(BLOCK);
  const flags = metadata[2]?.subarray(0, -1);
  const blocks = forge.reordered(BLOCK, envelopes.slice(0, -1), signers, flags);
  return forge.relinked(blocks, BLOCK + 1, signers);
}

function tooFew(found: number): Broken['verdict'] {
  const because = `expected valid signatures of 3 orderers, found ${found}`;
  return differs({ block: BLOCK }, 'orderer-quorum', because);
}
