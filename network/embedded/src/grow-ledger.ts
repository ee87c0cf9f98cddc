import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';

import { RwsetBuilder } from '@passage/ledger';
import { transact, type Signatory } from '@passage/ledger/generator';

import { NetworkError } from './errors.js';
import type { Organization, Signer } from './network.js';
import { buildSignedBlock } from './ordering/consenters.js';
import { CHAINCODE, CHANNEL, DEFAULT_BASE_PORT } from './organizations.js';
import { networkPaths } from './paths.js';
import { loadOrganizations } from './pki/load.js';
import { rememberSignatures } from './pki/remember-signatures.js';
import { EmbeddedLedger, newSignatureMemo } from './store/embedded-ledger.js';

/** How a chain is lengthened. */
export interface Growth {
  /** Folder of a network that has run and is stopped. */
  readonly dir: string;
  readonly transactions: number;
  /** The most that go into a block. */
  readonly perBlock: number;
  /** Told after each block how many transactions have been added. */
  readonly onBlock?: (added: number) => void;
}

/** Keys that are written again and again, so that the state stays as large as it is. */
const KEYS = 4000;

const VALUE_BYTES = 300;

/**
 * Adds transactions to the chain of a stopped network as if clients had sent them: writes of `bench/<n>`, sent by customs'
 * admin, endorsed by customs and port, ordered, judged and stored by the network's own code. No chaincode runs. For
 * measurements of long chains.
 *
 * @throws NetworkError LEDGER_LOCKED while the network runs, FOLDER_UNUSABLE where there is none, LEDGER_DAMAGED, STORAGE_FULL
 */
export async function growLedger({ dir, transactions, perBlock, onBlock }: Growth): Promise<void> {
  const paths = networkPaths(dir);
  if (!existsSync(paths.ledger))
    throw new NetworkError('FOLDER_UNUSABLE', `${dir} holds no network whose chain could grow`);
  const memo = newSignatureMemo();
  const organizations = loadOrganizations(paths, DEFAULT_BASE_PORT).map((one) =>
    rememberSignatures(one, memo),
  );
  const noGenesis = (): never => {
    throw new NetworkError('LEDGER_DAMAGED', `${paths.ledger} has lost its first block`);
  };
  const ledger = await EmbeddedLedger.open(paths.ledger, noGenesis, memo);
  try {
    for (let added = 0; added < transactions;) {
      const count = Math.min(perBlock, transactions - added);
      const envelopes = Array.from({ length: count }, (_, index) =>
        put(organizations, `bench/${String((added + index) % KEYS)}`),
      );
      await ledger.append((head) => buildSignedBlock(envelopes, head, organizations));
      added += count;
      onBlock?.(added);
    }
  } finally {
    await ledger.close();
  }
}

function put([customs, port]: readonly Organization[], key: string): Uint8Array {
  if (customs === undefined || port === undefined) throw new TypeError('two organisations are needed');
  const results = new RwsetBuilder();
  results.addWrite(CHAINCODE, key, randomBytes(VALUE_BYTES));
  return transact({
    channel: CHANNEL,
    chaincode: CHAINCODE,
    args: [Buffer.from('put')],
    results: results.build().publicBytes,
    creator: signatory(customs.admin),
    endorsers: [customs.peer, port.peer].map(signatory),
    nonce: randomBytes(24),
    timestamp: { seconds: Math.floor(Date.now() / 1000), nanos: 0 },
  });
}

function signatory(signer: Signer): Signatory {
  return { identity: signer.serialized, sign: (message) => signer.sign(message) };
}
