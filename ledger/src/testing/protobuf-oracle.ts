import { createRequire } from 'node:module';
import { common, ledger, msp, orderer, peer } from '@hyperledger/fabric-protos';
import type { Message } from '../codec/index.js';

interface OracleClass {
  deserializeBinary(bytes: Uint8Array): { serializeBinary(): Uint8Array };
}

// Comes without types.
const timestamp = createRequire(import.meta.url)('google-protobuf/google/protobuf/timestamp_pb.js') as object;

const packages: readonly (readonly [prefix: string, root: object])[] = [
  ['google.protobuf.', timestamp],
  ['common.', { ...msp, ...common }],
  ['protos.', peer],
  ['lifecycle.', peer.lifecycle],
  ['msp.', msp],
  ['smartbft.', orderer.smartbft],
  ['orderer.', orderer],
  ['rwset.', ledger.rwset],
  ['kvrwset.', ledger.rwset.kvrwset],
];

/** What @hyperledger/fabric-protos makes of the bytes: read as that message and written again. */
export function rewrittenByOracle(type: Message<unknown>, bytes: Uint8Array): Uint8Array {
  return oracleClass(type.name).deserializeBinary(bytes).serializeBinary();
}

function oracleClass(name: string): OracleClass {
  const [prefix, root] = packages.find(([start]) => name.startsWith(start)) ?? [];
  let found: unknown = root;
  for (const step of name.slice(prefix?.length).split('.')) {
    found = (found as Record<string, unknown> | undefined)?.[step];
  }
  if (found === undefined) throw new Error(`fabric-protos has no ${name}`);
  return found as OracleClass;
}
