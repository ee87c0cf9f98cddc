import { withMetadata } from '../../block/index.js';
import { decode, encode, toHex, utf8 } from '../../codec/index.js';
import { BlockMetadataIndex, Envelope, Metadata, TxValidationCode } from '../../proto/index.js';
import { differs } from './mutation.js';
import { flipBit, indexOfBytes } from './bytes.js';
import type { RawBlock } from '../../block/index.js';
import type { Broken, Mutation } from './mutation.js';
import type { Forge, Place } from './forge.js';

// What somebody can do who edits a peer's block files and has no key.

const { SIGNATURES, TRANSACTIONS_FILTER, COMMIT_HASH } = BlockMetadataIndex;

export const EDITED_BLOCKS: readonly Mutation[] = [
  {
    name: 'bit-in-value',
    what: 'One bit of a value that a transaction writes is turned in the block file.',
    break: (forge: Forge): Broken => {
      const place = forge.find('put', 6);
      const at = indexOfBytes(forge.envelope(place), forge.writeOf(place).value);
      return inEnvelope(forge, place, (envelope) => flipBit(envelope, at));
    },
  },
  {
    name: 'bit-in-creator-signature',
    what: 'One bit of the signature of the client who sent a transaction is turned.',
    break: (forge) =>
      inEnvelope(forge, forge.find('put', 6), (envelope) => {
        const { payload, signature } = decode(Envelope, envelope);
        return encode(Envelope, { payload, signature: flipBit(signature, signature.length - 1) });
      }),
  },
  {
    name: 'bit-in-orderer-signature',
    what: 'One bit of the last orderer’s signature on a block is turned.',
    break: (forge: Forge): Broken => {
      const edit = (bytes: Uint8Array): Uint8Array => {
        const { value, signatures } = decode(Metadata, bytes);
        const turned = signatures.map((one, index) =>
          index < signatures.length - 1 ? one : { ...one, signature: flipBit(one.signature, 40) },
        );
        return encode(Metadata, { value, signatures: turned });
      };
      const found = 'valid signatures of 3 orderers, found 2';
      return inMetadata(forge, SIGNATURES, edit, differs({ block: BLOCK }, 'orderer-quorum', found));
    },
  },
  {
    name: 'bit-in-data-hash',
    what: 'One bit of the data hash in a header is turned.',
    break: (forge) => inHeader(forge, 'dataHash', 'data-hash'),
  },
  {
    name: 'bit-in-previous-hash',
    what: 'One bit of the hash of the block before is turned in a header.',
    break: (forge) => inHeader(forge, 'previousHash', 'chain-link'),
  },
  {
    name: 'other-block-number',
    what: 'A block’s number is changed.',
    break: (forge) => ({
      blocks: forge.edited(BLOCK, (block) => ({ ...block, header: { ...block.header, number: 77 } })),
      verdict: differs({ block: 77 }, 'chain-link', `expected block ${BLOCK}, found block 77`),
    }),
  },
  {
    name: 'valid-flagged-invalid',
    what: 'The flag of a valid transaction is set to MVCC_READ_CONFLICT.',
    break: (forge: Forge): Broken => {
      const place = forge.find('put', 6);
      const found = 'expected VALID, found MVCC_READ_CONFLICT';
      return flagged(forge, place, TxValidationCode.MVCC_READ_CONFLICT, differs(place, 'versions', found));
    },
  },
  ...(
    [
      ['wrong-endorser', 'endorsement-policy', 'ENDORSEMENT_POLICY_FAILURE'],
      ['stale-read', 'versions', 'MVCC_READ_CONFLICT'],
      ['phantom', 'versions', 'PHANTOM_READ_CONFLICT'],
      ['duplicate', 'form', 'DUPLICATE_TXID'],
      ['revoked-client', 'creator-signature', 'BAD_CREATOR_SIGNATURE'],
    ] as const
  ).map(([kind, check, code]): Mutation => ({
    name: `${kind}-flagged-valid`,
    what: `The flag of a transaction that is ${code} is set to VALID.`,
    break: (forge: Forge): Broken => {
      const place = forge.find(kind);
      return flagged(forge, place, TxValidationCode.VALID, differs(place, check, `expected ${code}`));
    },
  })),
  {
    name: 'flags-cut',
    what: 'A block has a flag less than transactions.',
    break: (forge: Forge): Broken => {
      const found = `expected ${forge.block(BLOCK).envelopes.length} flags`;
      const verdict = differs({ block: BLOCK }, 'form', found);
      return inMetadata(forge, TRANSACTIONS_FILTER, (flags) => flags.subarray(1), verdict);
    },
  },
  {
    name: 'other-commit-hash',
    what: 'One bit of the commit hash that a peer wrote is turned.',
    break: (forge: Forge): Broken => {
      const right = decode(Metadata, forge.block(BLOCK).metadata[COMMIT_HASH] ?? utf8('')).value;
      const edit = (bytes: Uint8Array): Uint8Array => flipBit(bytes, bytes.length - 1);
      const verdict = differs({ block: BLOCK }, 'commit-hash', `expected ${toHex(right)}`);
      return inMetadata(forge, COMMIT_HASH, edit, verdict);
    },
  },
  {
    name: 'orderer-signatures-removed',
    what: 'The orderers’ signatures on a block are removed.',
    break: (forge: Forge): Broken => {
      const verdict = differs({ block: BLOCK }, 'orderer-quorum', 'found 0');
      return inMetadata(forge, SIGNATURES, () => new Uint8Array(), verdict);
    },
  },
  {
    name: 'dropped-transaction',
    what: 'The last transaction of a block is taken out, with its flag.',
    break: (forge) => withTransactions(forge, (list) => list.slice(0, -1)),
  },
  {
    name: 'repeated-transaction',
    what: 'The last transaction of a block stands there twice, both times said to be valid.',
    break: (forge: Forge): Broken => {
      const { blocks, verdict } = withTransactions(forge, (list) => [...list, ...list.slice(-1)]);
      const transaction = forge.block(BLOCK).envelopes.length;
      return { blocks, verdict: { ...verdict, transaction } as Broken['verdict'] };
    },
  },
  {
    name: 'reordered-transactions',
    what: 'The first two transactions of a block have changed places, with their flags.',
    break: (forge) => withTransactions(forge, ([first, second, ...rest]) => [second, first, ...rest]),
  },
];

/** The block that is edited where it does not matter which; its first two and its last transaction are plain writes. */
const BLOCK = 7;

function inEnvelope(forge: Forge, place: Place, edit: (envelope: Uint8Array) => Uint8Array): Broken {
  const change = (block: RawBlock): RawBlock => ({
    ...block,
    envelopes: block.envelopes.map((envelope, at) => (at === place.transaction ? edit(envelope) : envelope)),
  });
  const { dataHash } = forge.block(place.block).header;
  return {
    blocks: forge.edited(place.block, change),
    verdict: differs(place, 'data-hash', `found ${toHex(dataHash)}`),
  };
}

function inHeader(
  forge: Forge,
  field: 'dataHash' | 'previousHash',
  check: 'data-hash' | 'chain-link',
): Broken {
  const right = forge.block(BLOCK).header[field];
  const wrong = flipBit(right, 31);
  return {
    blocks: forge.edited(BLOCK, (block) => ({ ...block, header: { ...block.header, [field]: wrong } })),
    verdict: differs({ block: BLOCK }, check, `expected ${toHex(right)}, found ${toHex(wrong)}`),
  };
}

function inMetadata(
  forge: Forge,
  index: number,
  edit: (bytes: Uint8Array) => Uint8Array,
  verdict: Broken['verdict'],
): Broken {
  const change = (block: RawBlock): RawBlock =>
    withMetadata(block, index, edit(block.metadata[index] ?? new Uint8Array()));
  return { blocks: forge.edited(BLOCK, change), verdict };
}

function flagged(forge: Forge, place: Place, code: number, verdict: Broken['verdict']): Broken {
  const change = (block: RawBlock): RawBlock => {
    const flags = Uint8Array.from(block.metadata[TRANSACTIONS_FILTER] ?? []);
    flags[place.transaction] = code;
    return withMetadata(block, TRANSACTIONS_FILTER, flags);
  };
  return { blocks: forge.edited(place.block, change), verdict };
}

/** Other transactions, each with its flag, under the same header. */
function withTransactions(
  forge: Forge,
  choose: (list: readonly Transaction[]) => readonly (Transaction | undefined)[],
): Broken {
  const { envelopes, metadata, header } = forge.block(BLOCK);
  const flags = metadata[TRANSACTIONS_FILTER] ?? new Uint8Array();
  const chosen = choose(envelopes.map((envelope, at) => ({ envelope, flag: flags[at] ?? 0 }))).flatMap(
    (transaction) => transaction ?? [],
  );
  const change = (block: RawBlock): RawBlock =>
    withMetadata(
      { ...block, envelopes: chosen.map(({ envelope }) => envelope) },
      TRANSACTIONS_FILTER,
      Uint8Array.from(chosen, ({ flag }) => flag),
    );
  return {
    blocks: forge.edited(BLOCK, change),
    verdict: differs({ block: BLOCK }, 'data-hash', `found ${toHex(header.dataHash)}`),
  };
}

interface Transaction {
  readonly envelope: Uint8Array;
  readonly flag: number;
}
