import { prepareTransaction } from '@passage/domain';
import {
  commitDefinition,
  encodeSignaturePolicy,
  LIFECYCLE_NAMESPACE,
  parsePolicy,
  readDefinition,
  RwsetBuilder,
  sequenceKey,
  utf8,
  VALIDATION_PARAMETER,
} from '@passage/ledger';
import { generateChain } from '@passage/ledger/generator';
import { nodeKey } from './node-key.js';
import { enrolled } from './party-certificate.js';
import type { Caller, JsonObject, KeyPolicyChange } from '@passage/domain';
import type { Play } from '@passage/domain/testing';
import type { StateReader } from '@passage/ledger';
import type { BlockDraft, ChainOptions, GeneratedChain, Kind, Signatory } from '@passage/ledger/generator';

const CHAINCODE = 'passage';
const VALID = 0;

/** What endorsers sign of a transaction: records by key, nothing where one is deleted; the policies that change; what was read and told. */
export interface WriteSet {
  readonly records: Map<string, JsonObject | undefined>;
  readonly policies: Map<string, KeyPolicyChange>;
  /** Keys that were read. */
  readonly reads: Set<string>;
  /** JSON text. */
  answer: string;
  /** Payload of the chaincode's event; nothing where it sent none. */
  event: JsonObject | undefined;
}

/** A transaction of the story. */
export interface Told extends Play {
  /** Changes what the colluding endorsers sign. */
  readonly forge?: (set: WriteSet) => void;
  /** Members of stored records, by key, as the endorsers' chaincode pretends to read them. */
  readonly believing?: Readonly<Record<string, JsonObject>>;
  /** Nobody asks the domain: all that is written comes from `forge`. */
  readonly byHand?: true;
  /** Port and business alone endorse it. */
  readonly withoutCustoms?: true;
}

export interface CustodyChainOptions extends Pick<ChainOptions, 'channel'> {
  /** Version of our chaincode's definition; that of the generator's own if nothing is said. */
  readonly version?: string;
  /** What comes behind the story. */
  readonly ending?: readonly Kind[];
}

/** A chain of our chaincode's transactions, endorsed by customs, port and business whatever they write; one to a block. */
export function custodyChain(
  tell: (ledger: string) => readonly Told[],
  options: CustodyChainOptions = {},
): GeneratedChain {
  const count = tell('00'.repeat(32)).length;
  const members = new Map<string, Signatory>();
  const story: { told?: readonly Told[] } = {};
  const chain = generateChain({
    newKey: nodeKey,
    perBlock: 1,
    channel: options.channel ?? 'generated',
    script: [
      definePassage(options.version),
      ...Array.from({ length: count }, (_, index) =>
        kindOf(() => (story.told ??= tell(chain.genesisHash))[index], members),
      ),
      ...(options.ending ?? []),
    ],
  });
  return chain;
}

/** Defines our chaincode as the generator has defined its own. */
const definePassage = (version?: string): Kind => ({
  name: 'define passage',
  draft: (draft) => {
    const { consortium, state } = draft.context;
    const definition = readDefinition(state, draft.context.chaincode);
    if (definition === undefined) throw new Error('the generator defines its chaincode first');
    const results = new RwsetBuilder();
    const store = {
      get: (): undefined => undefined,
      put: (key: string, value: Uint8Array): void => {
        results.addWrite(LIFECYCLE_NAMESPACE, key, value);
      },
      delete: (key: string): void => {
        results.addWrite(LIFECYCLE_NAMESPACE, key);
      },
    };
    commitDefinition(store, CHAINCODE, { ...definition, ...(version !== undefined && { version }) });
    const endorsers = consortium.organizations.map(({ peer }) => peer);
    const envelope = draft.transact('CommitChaincodeDefinition', results, {
      chaincode: LIFECYCLE_NAMESPACE,
      endorsers,
    });
    return { envelope, code: VALID };
  },
});

function kindOf(told: () => Told | undefined, members: Map<string, Signatory>): Kind {
  return {
    name: 'told',
    draft: (draft) => {
      const play = told();
      if (play === undefined) throw new Error('the story is shorter than it was');
      const { name, input, caller, withoutCustoms } = play;
      const set = writeSetOf(play, draft);
      play.forge?.(set);
      const { answer, event } = set;
      const envelope = draft.transact(name, resultsOf(set, draft.context.state), {
        chaincode: CHAINCODE,
        args: [utf8(name), utf8(JSON.stringify(input))],
        creator: memberOf(caller, draft, members),
        endorsers: draft.context.consortium.organizations
          .slice(withoutCustoms ? 1 : 0, 3)
          .map(({ peer }) => peer),
        answer: utf8(answer),
        ...(event && { event: { name: CHAINCODE, payload: utf8(JSON.stringify(event)) } }),
      });
      return { envelope, code: VALID };
    },
  };
}

function memberOf(caller: Caller, { context }: BlockDraft, members: Map<string, Signatory>): Signatory {
  const id = `${caller.mspId}/${caller.partyId ?? 'admin'}`;
  const known = members.get(id);
  if (known !== undefined) return known;
  const organization = context.consortium.organizations.find(({ mspId }) => mspId === caller.mspId);
  if (organization === undefined) throw new Error(`${caller.mspId} is not on the channel`);
  const member = enrolled(organization, caller, 9000 + members.size);
  members.set(id, member);
  return member;
}

/** What our chaincode does for a transaction, on the state before the block. */
function writeSetOf(
  { name, input, caller, byHand, believing = {} }: Told,
  { context }: BlockDraft,
): WriteSet {
  const set: WriteSet = {
    records: new Map(),
    policies: new Map(),
    reads: new Set(),
    answer: '',
    event: undefined,
  };
  if (byHand === true) return set;
  const prepared = prepareTransaction(name, JSON.stringify(input), caller);
  const values = new Map<string, Uint8Array | undefined>();
  for (let keys = prepared.reads; keys.length > 0; keys = prepared.more(values)) {
    for (const key of keys) {
      set.reads.add(key);
      const value = context.state.get(CHAINCODE, key)?.value;
      const lie = believing[key];
      values.set(key, lie && value ? utf8(JSON.stringify({ ...parse(value), ...lie })) : value);
    }
  }
  const timestamp = new Date(context.timestamp.seconds * 1000).toISOString();
  const { writes, policies, response } = prepared.execute(values, { txId: 'none', timestamp });
  set.answer = response;
  if (writes.length > 0) set.event = { command: name };
  for (const { key, value } of writes) set.records.set(key, parse(value));
  for (const { key, policy } of policies) set.policies.set(key, policy);
  return set;
}

function parse(value: Uint8Array): JsonObject {
  return JSON.parse(Buffer.from(value).toString()) as JsonObject;
}

/** The read and write set, as a peer records it: it reads the chaincode's definition first. */
function resultsOf({ records, policies, reads }: WriteSet, state: StateReader): RwsetBuilder {
  const results = new RwsetBuilder();
  const read = (namespace: string, key: string): void => {
    results.addRead(namespace, key, state.get(namespace, key)?.version);
  };
  read(LIFECYCLE_NAMESPACE, sequenceKey(CHAINCODE));
  for (const key of reads) read(CHAINCODE, key);
  for (const [key, record] of records)
    results.addWrite(CHAINCODE, key, record && utf8(JSON.stringify(record)));
  for (const [key, policy] of policies)
    results.addMetadataWrite(CHAINCODE, key, new Map([[VALIDATION_PARAMETER, policyBytes(policy)]]));
  return results;
}

function policyBytes(policy: KeyPolicyChange): Uint8Array {
  const peers = (mspIds: readonly string[]): string => mspIds.map((mspId) => `'${mspId}.peer'`).join(', ');
  return encodeSignaturePolicy(
    parsePolicy(
      'twoOf' in policy
        ? `OutOf(2, ${peers(policy.twoOf)})`
        : `AND(${peers([policy.allOf])}, OR(${peers(policy.oneOf)}))`,
    ),
  );
}
