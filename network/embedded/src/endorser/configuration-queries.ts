import {
  BlockMetadataIndex,
  Config,
  Metadata,
  OrdererBlockMetadata,
  decode,
  encode,
  readBlock,
  readConfigTransaction,
} from '@passage/ledger';
import type { Response } from '@passage/ledger';

import type { Ledger } from '../network.js';
import type { PeerParts } from './peer-parts.js';
import { creatorSignature } from './proposal.js';
import type { UnpackedProposal } from './proposal.js';
import { refuse, success } from './responses.js';

/** Queries of the configuration. Joining, which is the rest of cscc, is nothing that an embedded peer can do. */
export const CSCC = 'cscc';

const NOTHING = new Uint8Array();

const QUERIES: ReadonlyMap<string, (ledger: Ledger) => Uint8Array> = new Map([
  ['GetConfigBlock', configBlock],
  ['GetChannelConfig', (ledger) => channelConfig(configBlock(ledger))],
]);

/** cscc (F:core/scc/cscc/configure.go), its checks in its order. */
export function askConfiguration(proposal: UnpackedProposal, { network, access }: PeerParts): Response {
  const { args } = proposal.input;
  const [name = '', channel = ''] = args.map((arg) => Buffer.from(arg).toString());
  if (args.length < 2) return refuse(`Incorrect number of arguments, ${args.length}`);
  const query = QUERIES.get(name);
  if (query === undefined) return refuse(`Requested function ${name} not found.`);
  const denied = `access denied for [${name}][${channel}]`;
  if (channel !== network.channel) {
    return refuse(`${denied}: Failed to get policy manager for channel [${channel}]`);
  }
  const denial = access.denial(`cscc/${name}`, creatorSignature(proposal));
  return denial === undefined ? success(query(network.ledger)) : refuse(`${denied}: ${denial}`);
}

/** The block with the configuration in force: every block's orderers name it in what they sign. */
function configBlock(ledger: Ledger): Uint8Array {
  const newest = readBlock(ledger.getBlock(ledger.height() - 1) ?? NOTHING);
  const { value } = decode(Metadata, newest.metadata[BlockMetadataIndex.SIGNATURES] ?? NOTHING);
  return ledger.getBlock(decode(OrdererBlockMetadata, value).lastConfig?.index ?? 0) ?? NOTHING;
}

function channelConfig(block: Uint8Array): Uint8Array {
  const { configEnvelope } = readConfigTransaction(readBlock(block).envelopes[0] ?? NOTHING);
  return encode(Config, configEnvelope.config ?? {});
}
