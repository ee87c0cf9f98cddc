import {
  BlockchainInfo,
  Envelope,
  LIFECYCLE_NAMESPACE,
  ProcessedTransaction,
  decode,
  encode,
  headerHash,
  readBlock,
  toHex,
  utf8,
} from '@passage/ledger';
import type { Response } from '@passage/ledger';

import type { Ledger } from '../network.js';
import { CSCC, askConfiguration } from './configuration-queries.js';
import type { PeerParts } from './peer-parts.js';
import { creatorSignature } from './proposal.js';
import type { UnpackedProposal } from './proposal.js';
import { refuse, success } from './responses.js';

/** Queries of the ledger. cscc has a module of its own, _lifecycle a folder. */
const QSCC = 'qscc';

const NOTHING = new Uint8Array();

/** A query of the ledger: its answer, or undefined where there is nothing of that number or id. */
type Query = (ledger: Ledger, argument: string, bytes: Uint8Array) => Uint8Array | undefined;

interface NamedQuery {
  readonly answer: Query;
  /** Fabric's sentence for an argument that leads nowhere. */
  readonly missing: (argument: string) => string;
}

const QUERIES: Readonly<Record<string, NamedQuery>> = {
  GetChainInfo: {
    answer: chainInfo,
    missing: () => 'Failed to get block info',
  },
  GetBlockByNumber: {
    answer: (ledger, number) => (/^\d+$/.test(number) ? ledger.getBlock(Number(number)) : undefined),
    missing: noSuchBlock,
  },
  GetBlockByHash: {
    answer: (ledger, _, hash) => ledger.getBlockByHash(hash),
    missing: (hash) =>
      `Failed to get block hash ${hash}, error no such block hash [${toHex(utf8(hash))}] in index`,
  },
  GetBlockByTxID: {
    answer: (ledger, txId) => ledger.getBlockByTxId(txId),
    missing: (txId) =>
      `Failed to get block for txID ${txId}, error no such transaction ID [${txId}] in index`,
  },
  GetTransactionByID: {
    answer: processedTransaction,
    missing: (txId) =>
      `Failed to get transaction with id ${txId}, error no such transaction ID [${txId}] in index`,
  },
};

export function isSystemChaincode(name: string): boolean {
  return name === QSCC || name === CSCC || name === LIFECYCLE_NAMESPACE;
}

/** Runs one of them. Arguments are the function, the channel and, for most, what is asked for. */
export function callSystemChaincode(proposal: UnpackedProposal, parts: PeerParts): Response {
  if (proposal.chaincode === CSCC) return askConfiguration(proposal, parts);
  return askLedger(proposal, parts);
}

/** qscc (F:core/scc/qscc/query.go), its checks in its order. */
function askLedger(proposal: UnpackedProposal, { network, access }: PeerParts): Response {
  const { args } = proposal.input;
  const [name = '', channel = ''] = args.map((arg) => Buffer.from(arg).toString());
  if (args.length < 2) return refuse(`Incorrect number of arguments, ${args.length}`);
  const [, , bytes] = args;
  if (bytes === undefined && name !== 'GetChainInfo') return refuse(`missing 3rd argument for ${name}`);
  if (channel !== network.channel) return refuse(`Invalid chain ID, ${channel}`);
  const query = Object.hasOwn(QUERIES, name) ? QUERIES[name] : undefined;
  const denial = access.denial(`qscc/${name}`, creatorSignature(proposal));
  if (denial !== undefined) return refuse(`access denied for [${name}][${channel}]: [${denial}]`);
  if (query === undefined) return refuse(`Requested function ${name} not found.`);
  return ask(query, network.ledger, bytes);
}

function ask(query: NamedQuery, ledger: Ledger, bytes: Uint8Array = NOTHING): Response {
  const argument = Buffer.from(bytes).toString();
  const payload = query.answer(ledger, argument, bytes);
  return payload === undefined ? refuse(query.missing(argument)) : success(payload);
}

/** As Go reads an unsigned number of 64 bits, and what it says of anything else. */
function noSuchBlock(number: string): string {
  const parsing = `Failed to parse block number with error strconv.ParseUint: parsing ${JSON.stringify(number)}`;
  if (!/^\d+$/.test(number)) return `${parsing}: invalid syntax`;
  if (BigInt(number) >= 1n << 64n) return `${parsing}: value out of range`;
  return `Failed to get block number ${number}, error no such block number [${number}] in index`;
}

function chainInfo(ledger: Ledger): Uint8Array | undefined {
  const height = ledger.height();
  const newest = ledger.getBlock(height - 1);
  if (newest === undefined) return undefined;
  const { header } = readBlock(newest);
  return encode(BlockchainInfo, {
    height,
    currentBlockHash: headerHash(header),
    previousBlockHash: header.previousHash,
  });
}

function processedTransaction(ledger: Ledger, txId: string): Uint8Array | undefined {
  const stored = ledger.getTransaction(txId);
  if (stored === undefined) return undefined;
  return encode(ProcessedTransaction, {
    transactionEnvelope: decode(Envelope, stored.envelope),
    validationCode: stored.code,
  });
}
