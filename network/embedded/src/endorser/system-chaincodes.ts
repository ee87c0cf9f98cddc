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

import type { Resource } from '../access/access.js';
import type { Ledger } from '../network.js';
import type { PeerParts } from './peer-parts.js';
import { creatorSignature } from './proposal.js';
import type { UnpackedProposal } from './proposal.js';

/** Queries of the ledger. The other system chaincode of the embedded network, _lifecycle, has a folder of its own. */
const QSCC = 'qscc';

const NOTHING = new Uint8Array();

/** A query of the ledger: its answer, or undefined where there is nothing of that number or id. */
type Query = (ledger: Ledger, argument: string, bytes: Uint8Array) => Uint8Array | undefined;

interface NamedQuery {
  readonly resource: Resource;
  readonly answer: Query;
  /** Fabric's sentence for an argument that leads nowhere. */
  readonly missing: (argument: string) => string;
}

const QUERIES: Readonly<Record<string, NamedQuery>> = {
  GetChainInfo: {
    resource: 'qscc/GetChainInfo',
    answer: chainInfo,
    missing: () => 'Failed to get block info',
  },
  GetBlockByNumber: {
    resource: 'qscc/GetBlockByNumber',
    answer: (ledger, number) => (/^\d+$/.test(number) ? ledger.getBlock(Number(number)) : undefined),
    missing: (number) =>
      `Failed to get block number ${number}, error no such block number [${number}] in index`,
  },
  GetBlockByHash: {
    resource: 'qscc/GetBlockByHash',
    answer: (ledger, _, hash) => ledger.getBlockByHash(hash),
    missing: (hash) =>
      `Failed to get block hash ${hash}, error no such block hash [${toHex(utf8(hash))}] in index`,
  },
  GetBlockByTxID: {
    resource: 'qscc/GetBlockByTxID',
    answer: (ledger, txId) => ledger.getBlockByTxId(txId),
    missing: (txId) =>
      `Failed to get block for txID ${txId}, error no such transaction ID [${txId}] in index`,
  },
  GetTransactionByID: {
    resource: 'qscc/GetTransactionByID',
    answer: processedTransaction,
    missing: (txId) =>
      `Failed to get transaction with id ${txId}, error no such transaction ID [${txId}] in index`,
  },
};

export function isSystemChaincode(name: string): boolean {
  return name === QSCC || name === LIFECYCLE_NAMESPACE;
}

/** Runs qscc (F:core/scc/qscc/query.go): arguments are the function, the channel and what is asked for. */
export function callSystemChaincode(proposal: UnpackedProposal, { network, access }: PeerParts): Response {
  const [name = '', channel = ''] = proposal.input.args.map((arg) => Buffer.from(arg).toString());
  if (channel !== network.channel) return refuse(`Invalid chain ID, ${channel}`);
  const query = Object.hasOwn(QUERIES, name) ? QUERIES[name] : undefined;
  if (query === undefined) return refuse(`Requested function ${name} not found.`);
  const [, , bytes] = proposal.input.args;
  if (bytes === undefined && name !== 'GetChainInfo') return refuse(`missing 3rd argument for ${name}`);

  const denial = access.denial(query.resource, creatorSignature(proposal));
  if (denial !== undefined) return refuse(`access denied for [${name}][${channel}]: [${denial}]`);
  return ask(query, network.ledger, bytes);
}

function ask(query: NamedQuery, ledger: Ledger, bytes: Uint8Array = NOTHING): Response {
  const argument = Buffer.from(bytes).toString();
  const payload = query.answer(ledger, argument, bytes);
  if (payload === undefined) return refuse(query.missing(argument));
  return { status: 200, message: '', payload };
}

function refuse(message: string): Response {
  return { status: 500, message, payload: NOTHING };
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
