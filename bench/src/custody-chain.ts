import { generateKeyPairSync, sign } from 'node:crypto';

import { SimulatedDevice } from '@passage/devices';
import { type Caller, defaultRoles, type JsonObject, prepareTransaction } from '@passage/domain';
import { LIFECYCLE_NAMESPACE, RwsetBuilder, sequenceKey, utf8 } from '@passage/ledger';
import { type BlockDraft, type ChainKey, generateChain, type Kind } from '@passage/ledger/generator';

import { partyInput } from './party-input.js';
import { statementsOf } from './statements.js';

const CHAINCODE = 'passage';

/** What the transactions of a chain are, and how many stand in a block. */
export interface CustodyForm {
  readonly perBlock: number;
  /** Statements of devices in each transaction; without them each registers a party. */
  readonly statements?: number;
}

/** Registrations of parties in full blocks. */
export const REGISTRATIONS: CustodyForm = { perBlock: 100 };

/** Statements in the batches that a gateway gathers them into, in blocks as large as our networks prefer them: 2 MB. */
export const STATEMENT_BATCHES: CustodyForm = { perBlock: 20, statements: 50 };

/** A chain in memory. */
export interface CustodyChain {
  /** Serialized blocks in their order. */
  readonly blocks: readonly Uint8Array[];
  readonly genesisHash: string;
  readonly transactions: number;
}

/** One transaction: who sends it, which act, with which input. */
interface Act {
  readonly caller: Caller;
  readonly name: string;
  readonly input: JsonObject;
}

const OWNER = { party: 'BENCH', role: 'terminal_operator' } as const;
const UCR = '6KRIMPORTER1-BENCH';
const DEVICES = 4;

/**
 * A chain of custody's own transactions, of any length and with blocks of any size, made without a network: the domain's rules say what each
 * writes, and orderers, endorsers and clients of the ledger's generator sign it. What a chaincode would write is written, but for policies of
 * keys; three peers endorse each.
 */
export function custodyChain(transactions: number, { perBlock, statements }: CustodyForm): CustodyChain {
  const acts: { next?: Iterator<Act> } = {};
  const kindOf = (name: string, alone: boolean): Kind => ({
    name,
    ...(alone && { alone }),
    draft: (draft) => {
      acts.next ??= tell(chain.genesisHash, statements);
      return { envelope: transactionOf(acts.next.next().value as Act, draft), code: 0 };
    },
  });
  // What others rest on stands in earlier blocks: a transaction is decided on the state before its own.
  const script = Array.from({ length: 2 + DEVICES }, () => kindOf('beginning', true));
  const chain = generateChain({
    newKey,
    channel: 'passage-embedded',
    chaincode: CHAINCODE,
    script,
    transactions,
    perBlock,
    mix: [[kindOf('act', false), 1]],
  });
  const made = [...chain.blocks()];
  return {
    blocks: made.map(({ bytes }) => bytes),
    genesisHash: chain.genesisHash,
    transactions: made.reduce((sum, { block }) => sum + block.envelopes.length, 0),
  };
}

function newKey(): ChainKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }),
    sign: (message) => sign('sha256', message, privateKey),
  };
}

/** The beginning of a ledger, then registrations or batches without end. */
function* tell(ledger: string, perBatch: number | undefined): Generator<Act, never> {
  const admin = (mspId: string): Caller => ({ mspId, admin: true });
  const registers = (number: number): Act => ({
    caller: admin('PortMSP'),
    name: 'RegisterParty',
    input: partyInput('FULL', number) as JsonObject,
  });
  yield { caller: admin('CustomsMSP'), name: 'Init', input: { ledger, roles: defaultRoles } };
  const { party: partyId, role } = OWNER;
  const owner = { requestId: `register-${partyId}`, partyId, name: 'Bench', roles: [role] };
  yield { caller: admin('PortMSP'), name: 'RegisterParty', input: owner };
  const caller: Caller = { mspId: 'PortMSP', admin: false, partyId, role, keyHeldBy: 'gateway' };
  const devices = Array.from({ length: DEVICES }, (_, index) => deviceOf(ledger, index));
  for (const [index, device] of devices.entries()) {
    const { kind, place = '' } = device.description;
    const input = { requestId: `device-${String(index)}`, kind, place, proof: device.proofOfPossession() };
    yield { caller, name: 'RegisterDevice', input };
  }
  for (let number = 0; ; number++) {
    const device = devices[number % DEVICES];
    if (perBatch === undefined || device === undefined) yield registers(number);
    else {
      const statements = statementsOf(device, perBatch, 1, UCR).map(({ jws }) => jws);
      yield { caller, name: 'RecordStatements', input: { statements } };
    }
  }
}

function deviceOf(aud: string, index: number): SimulatedDevice {
  const description = { owner: OWNER.party, kind: 'barcode_reader', place: 'KRPUS' } as const;
  return new SimulatedDevice({
    seed: 'bench',
    name: `reads-${String(index)}`,
    alg: 'ES256',
    aud,
    description,
  });
}

/** The envelope of what the chaincode would do, on the state before the block. */
function transactionOf({ caller, name, input }: Act, draft: BlockDraft): Uint8Array {
  const { state, timestamp, consortium } = draft.context;
  const argument = JSON.stringify(input);
  const prepared = prepareTransaction(name, argument, caller);
  const values = new Map<string, Uint8Array | undefined>();
  const results = new RwsetBuilder();
  const read = (namespace: string, key: string): Uint8Array | undefined => {
    const entry = state.get(namespace, key);
    results.addRead(namespace, key, entry?.version);
    return entry?.value;
  };
  read(LIFECYCLE_NAMESPACE, sequenceKey(CHAINCODE));
  for (let keys = prepared.reads; keys.length > 0; keys = prepared.more(values))
    for (const key of keys) values.set(key, read(CHAINCODE, key));
  const time = new Date(timestamp.seconds * 1000).toISOString();
  const { writes, response } = prepared.execute(values, { txId: 'none', timestamp: time });
  for (const { key, value } of writes) results.addWrite(CHAINCODE, key, value);
  const organization = consortium.organizations.find(({ mspId }) => mspId === caller.mspId);
  const creator = caller.admin ? organization?.admin : organization?.client;
  return draft.transact(name, results, {
    args: [utf8(name), utf8(argument)],
    answer: utf8(response),
    endorsers: consortium.organizations.slice(0, 3).map(({ peer }) => peer),
    ...(creator && { creator }),
  });
}
