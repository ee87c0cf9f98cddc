import { expect } from 'chai';
import { decode, encode, toHex, utf8 } from '../codec/index.js';
import { commitDefinition } from '../lifecycle/index.js';
import { PolicyTree } from '../policy/index.js';
import { ApplicationPolicy, ConfigGroup, KVMetadataWrite, TxValidationCode } from '../proto/index.js';
import { hashNamespace, LIFECYCLE_NAMESPACE, MemoryState } from '../state/index.js';
import { at, chaincodeSet, put } from '../testing/state-fixtures.js';
import { checkEndorsement } from './endorsement-policy.js';
import { KeyPolicies, VALIDATION_PARAMETER } from './key-policies.js';
import { NamespacePolicies } from './namespace-policies.js';
import type { ChannelConfig } from '../config/index.js';
import type { StaticCollectionConfig } from '../proto/index.js';
import type { ChaincodeSet, CollectionSet } from '../rwset/index.js';

const { ENDORSEMENT_POLICY_FAILURE, INVALID_CHAINCODE } = TxValidationCode;

/** A channel of one organisation and no policies: names of policies are all that matters here. */
const config = {
  applicationOrganizations: new Map([['Alder', { mspId: 'AlderMSP' }]]),
  policies: new PolicyTree(decode(ConfigGroup, new Uint8Array())),
} as unknown as ChannelConfig;

const named = (name: string): Uint8Array => encode(ApplicationPolicy, { channelConfigPolicyReference: name });
/** Any bytes do as a key's policy: nobody compiles them here. */
const keyPolicy = utf8('own');
const ownPolicy = `0a03${toHex(keyPolicy)}`;

const collection = (name: string, policy?: string): StaticCollectionConfig => ({
  name,
  requiredPeerCount: 0,
  maximumPeerCount: 0,
  blockToLive: 0,
  memberOnlyRead: false,
  memberOnlyWrite: false,
  ...(policy !== undefined && { endorsementPolicy: { channelConfigPolicyReference: policy } }),
});

/** Chaincode `cc` with collections `duo` (own policy) and `pair` (none); key `mine` has a policy of its own. */
function stateBefore(): MemoryState {
  const state = new MemoryState();
  const store = {
    get: (key: string) => state.get(LIFECYCLE_NAMESPACE, key)?.value,
    put: (key: string, value: Uint8Array) =>
      state.apply([{ namespace: LIFECYCLE_NAMESPACE, key, version: at(1, 0), value }]),
    delete: () => undefined,
  };
  commitDefinition(store, 'cc', {
    sequence: 1,
    version: '1',
    endorsementPlugin: 'escc',
    initRequired: false,
    validationPlugin: 'vscc',
    validationParameter: named('chaincode'),
    collections: [collection('duo', 'collection'), collection('pair')],
  });
  const metadata = encode(KVMetadataWrite, { entries: [{ name: VALIDATION_PARAMETER, value: keyPolicy }] });
  state.apply([put('mine', at(1, 1), 'old', metadata)]);
  return state;
}

/** Judges a write set where only the named policies are satisfied; gives the code, and what was asked for. */
function judge(
  set: ChaincodeSet | undefined,
  satisfied: readonly string[],
  keyPolicies = new KeyPolicies(stateBefore()),
): { code: number; asked: string[] } {
  const asked: string[] = [];
  const fault = (policy: Uint8Array): string | undefined => {
    const name =
      toHex(policy) === ownPolicy ? 'own' : decode(ApplicationPolicy, policy).channelConfigPolicyReference;
    asked.push(name ?? 'signature policy');
    return satisfied.includes(name ?? 'signature policy') ? undefined : 'nobody signed';
  };
  const rules = { policies: new NamespacePolicies(config, stateBefore()), keyPolicies };
  return { code: checkEndorsement('cc', set, fault, rules)?.code ?? 0, asked };
}

const writing = (...keys: string[]): ChaincodeSet =>
  chaincodeSet({ writes: keys.map((key) => ({ key, value: utf8('new') })) });

function writingPrivately(name: string): ChaincodeSet {
  const part: CollectionSet = {
    namespace: hashNamespace('cc', name),
    collection: name,
    reads: [],
    writes: [{ key: 'ab12' }],
    metadataWrites: [],
    privateHash: new Uint8Array(),
  };
  return chaincodeSet({ collections: [part] });
}

describe('checkEndorsement', () => {
  it('asks for the chaincode’s policy where nothing, or nothing of its own, was written', () => {
    expect(judge(chaincodeSet({}), ['chaincode'])).to.deep.equal({ code: 0, asked: ['chaincode'] });
    expect(judge(undefined, [])).to.deep.equal({ code: ENDORSEMENT_POLICY_FAILURE, asked: ['chaincode'] });
  });

  it('lets a key’s own policy replace the chaincode’s, for that key alone', () => {
    expect(judge(writing('mine'), ['own'])).to.deep.equal({ code: 0, asked: ['own'] });
    expect(judge(writing('mine'), ['chaincode']).code).to.equal(ENDORSEMENT_POLICY_FAILURE);
    expect(judge(writing('mine', 'other'), ['own']).code).to.equal(ENDORSEMENT_POLICY_FAILURE);
    expect(judge(writing('mine', 'other'), ['own', 'chaincode']).code).to.equal(0);
  });

  it('asks for a key’s own policy before its policy may change', () => {
    const set = chaincodeSet({ metadataWrites: [{ key: 'mine', entries: [] }] });
    expect(judge(set, ['chaincode']).code).to.equal(ENDORSEMENT_POLICY_FAILURE);
    expect(judge(set, ['own']).code).to.equal(0);
  });

  it('refuses every writer of a key whose policy changed earlier in the block', () => {
    const keyPolicies = new KeyPolicies(stateBefore());
    keyPolicies.noteChanges(chaincodeSet({ metadataWrites: [{ key: 'mine', entries: [] }] }));
    expect(judge(writing('mine'), ['own', 'chaincode'], keyPolicies).code).to.equal(
      ENDORSEMENT_POLICY_FAILURE,
    );
    expect(judge(writing('other'), ['own', 'chaincode'], keyPolicies).code).to.equal(0);
  });

  it('asks for a collection’s policy, or the chaincode’s where it has none', () => {
    expect(judge(writingPrivately('duo'), ['collection'])).to.deep.equal({ code: 0, asked: ['collection'] });
    expect(judge(writingPrivately('duo'), ['chaincode']).code).to.equal(ENDORSEMENT_POLICY_FAILURE);
    expect(judge(writingPrivately('pair'), ['chaincode'])).to.deep.equal({ code: 0, asked: ['chaincode'] });
  });

  it('leaves an implicit collection to a member of its organisation, and knows no stranger’s', () => {
    const alder = writingPrivately('_implicit_org_AlderMSP');
    expect(judge(alder, ['signature policy'])).to.deep.equal({ code: 0, asked: ['signature policy'] });
    expect(judge(writingPrivately('_implicit_org_ElmMSP'), ['chaincode'])).to.deep.equal({
      code: ENDORSEMENT_POLICY_FAILURE,
      asked: [],
    });
  });

  it('refuses a collection that nobody defined', () => {
    expect(judge(writingPrivately('none'), ['chaincode']).code).to.equal(ENDORSEMENT_POLICY_FAILURE);
  });

  it('calls a chaincode without definition invalid', () => {
    const rules = {
      policies: new NamespacePolicies(config, new MemoryState()),
      keyPolicies: new KeyPolicies(stateBefore()),
    };
    expect(checkEndorsement('cc', undefined, () => undefined, rules)?.code).to.equal(INVALID_CHAINCODE);
  });
});
