import { expect } from 'chai';
import fc from 'fast-check';
import { readEndorserTransaction, readEnvelope, readInvocation } from '../block/index.js';
import { decode, encode, toHex, utf8 } from '../codec/index.js';
import { configGroup } from '../config/index.js';
import { LedgerError } from '../errors.js';
import { MspManager, serializeIdentity } from '../identity/index.js';
import { ApplicationPolicy, CommitChaincodeDefinitionArgs, SignaturePolicyEnvelope } from '../proto/index.js';
import { issue, signer as signerOf } from '../testing/certificates.js';
import { recordedChain } from '../testing/recorded-chain.js';
import { testCa, testMsp } from '../testing/test-msp.js';
import {
  PolicyTree,
  buildSignaturePolicy,
  compileSignaturePolicy,
  decodeSignaturePolicy,
  encodeSignaturePolicy,
  formatPolicy,
  implicitMetaPolicy,
  parsePolicy,
  readSignaturePolicy,
  signaturePolicy,
  signer,
  syntheticSigner,
  validSigners,
} from './index.js';
import type { NodeRole } from '../identity/index.js';
import type { PolicyRule } from './index.js';

const compiled = (text: string) => compileSignaturePolicy(buildSignaturePolicy(parsePolicy(text)));
const peers = (...names: string[]) => names.map((name) => syntheticSigner(name, 'peer'));
const by = (role: NodeRole, ...names: string[]) => names.map((name) => syntheticSigner(name, role));

/** The identities Customs, Port, Business as the peers' role principals, as a real network wrote them. */
const IDENTITIES =
  '1a10120e0a0a437573746f6d734d53501003' +
  '1a0d120b0a07506f72744d53501003' +
  '1a11120f0a0b427573696e6573734d53501003';

describe('encodeSignaturePolicy', () => {
  it('writes the bytes that a real network took', () => {
    const two = parsePolicy("OutOf(2,'CustomsMSP.peer','PortMSP.peer','BusinessMSP.peer')");
    expect(toHex(encodeSignaturePolicy(two))).to.equal(`1210120e0802120208001202080112020802${IDENTITIES}`);
    const withCustoms = parsePolicy("AND('CustomsMSP.peer', OR('PortMSP.peer','BusinessMSP.peer'))");
    expect(toHex(encodeSignaturePolicy(withCustoms))).to.equal(
      `12161214080212020800120c120a08011202080112020802${IDENTITIES}`,
    );
  });

  it('writes what the command line of Fabric wrote into the recorded chain', function () {
    const [commit] = recordedChain(this).blocks[5]!.envelopes;
    const { visiblePayload } = readEndorserTransaction(readEnvelope(commit!).payload!.data);
    const definition = decode(CommitChaincodeDefinitionArgs, readInvocation(visiblePayload).input.args[1]!);
    const { signaturePolicy: policy } = decode(ApplicationPolicy, definition.validationParameter);
    const text = "OutOf(3, 'AlderMSP.peer', 'BirchMSP.peer', 'CedarMSP.peer', 'DogwoodMSP.peer')";
    expect(formatPolicy(policy!)).to.equal(text);
    expect(toHex(encodeSignaturePolicy(parsePolicy(text)))).to.equal(
      toHex(encode(SignaturePolicyEnvelope, policy!)),
    );
  });

  it('lists an identity once, in the order of first mention', () => {
    const { identities, rule } = buildSignaturePolicy(
      parsePolicy("OR(AND('A.peer','B.peer'),AND('B.peer','A.peer'))"),
    );
    expect(identities).to.have.length(2);
    expect(JSON.stringify(rule?.nOutOf?.rules[1]?.nOutOf?.rules)).to.equal('[{"signedBy":1},{"signedBy":0}]');
  });
});

describe('parsePolicy and formatPolicy', () => {
  const rules: fc.Arbitrary<PolicyRule> = fc.letrec<{ rule: PolicyRule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 4 },
      fc
        .tuple(fc.constantFrom('AMSP', 'B-2.MSP'), fc.constantFrom('peer' as const, 'member' as const))
        .map(([mspId, role]) => signer(mspId, role)),
      fc
        .tuple(fc.nat(), fc.array(tie('rule'), { minLength: 1, maxLength: 3 }))
        .map(([n, of]) => ({ n: (n % of.length) + 1, of })),
    ),
  })).rule;

  it('are inverse to each other', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const policy = buildSignaturePolicy(rule);
        const again = buildSignaturePolicy(parsePolicy(formatPolicy(policy)));
        expect(again).to.deep.equal(policy);
        expect(decodeSignaturePolicy(encode(SignaturePolicyEnvelope, policy))).to.deep.equal(policy);
      }),
    );
  });

  const bad = [
    '',
    'AND()',
    "AND('A.peer'",
    "'A.boss'",
    "OutOf('A.peer')",
    "OutOf(3,'A.peer')",
    "'A.peer' x",
    'OR(1)',
  ];
  for (const text of [...bad, `${'OR('.repeat(100)}'A.peer'${')'.repeat(100)}`]) {
    it(`refuse ${text.slice(0, 30)}`, () => {
      expect(() => parsePolicy(text))
        .to.throw(LedgerError)
        .with.property('code', 'INVALID_POLICY');
    });
  }
});

describe('signature policies', () => {
  it('count signers that fit, in any order', () => {
    const policy = compiled("OutOf(2,'A.peer','B.peer','C.peer')");
    expect(policy.isSatisfiedBy(peers('C', 'A'))).to.be.true;
    expect(policy.isSatisfiedBy(peers('A'))).to.be.false;
    expect(policy.isSatisfiedBy(peers('A', 'A'))).to.be.false;
    expect(policy.isSatisfiedBy([...peers('A'), ...by('client', 'B')])).to.be.false;
    expect(policy.isSatisfiedBy(peers('X', 'A', 'B'))).to.be.true;
  });

  it('use a signer once', () => {
    const policy = compiled("AND('A.member','A.peer')");
    expect(policy.isSatisfiedBy(peers('A'))).to.be.false;
    expect(policy.isSatisfiedBy(peers('A', 'A'))).to.be.true;
  });

  it('are greedy, as Fabric is: the first rule takes the first signer that fits, even if the next needs it', () => {
    const policy = compiled("AND('A.member','A.peer')");
    const [client, peer] = [...by('client', 'A'), ...peers('A')];
    expect(policy.isSatisfiedBy([client!, peer!])).to.be.true;
    expect(policy.isSatisfiedBy([peer!, client!])).to.be.false;
  });

  it('give back what a failed rule had taken', () => {
    const policy = compiled("OR(AND('A.peer','B.peer'),AND('A.peer','C.peer'))");
    expect(policy.isSatisfiedBy(peers('A', 'C'))).to.be.true;
  });

  const broken = {
    'no message': utf8('?'),
    'another version': encode(SignaturePolicyEnvelope, { version: 1, rule: { signedBy: 0 } }),
    'no rule': encode(SignaturePolicyEnvelope, {}),
    'an empty rule': encode(SignaturePolicyEnvelope, { rule: { nOutOf: { n: 1, rules: [{}] } } }),
    'an identity that is not listed': encode(SignaturePolicyEnvelope, { rule: { signedBy: 0 } }),
    'a negative identity': encode(SignaturePolicyEnvelope, { rule: { signedBy: -1 } }),
  };
  for (const [what, bytes] of Object.entries(broken)) {
    it(`are refused with ${what}`, () => {
      expect(() => readSignaturePolicy(bytes))
        .to.throw(LedgerError)
        .with.property('code', 'INVALID_POLICY');
    });
  }
});

describe('PolicyTree', () => {
  const org = (mspId: string) =>
    configGroup({
      policies: {
        Endorsement: signaturePolicy(signer(mspId, 'peer')),
        Admins: signaturePolicy(signer(mspId, 'admin')),
      },
    });
  const application = configGroup({
    groups: { A: org('A'), B: org('B'), C: org('C'), D: org('D') },
    policies: {
      Endorsement: implicitMetaPolicy('MAJORITY', 'Endorsement'),
      All: implicitMetaPolicy('ALL', 'Endorsement'),
      Any: implicitMetaPolicy('ANY', 'Endorsement'),
      Missing: implicitMetaPolicy('ANY', 'NoSuchPolicy'),
    },
  });
  const tree = new PolicyTree(configGroup({ groups: { Application: application } }));
  const ask = (path: string, ...names: string[]) => tree.find(path)?.isSatisfiedBy(peers(...names));

  it('finds policies by absolute and relative paths', () => {
    expect(ask('/Channel/Application/A/Endorsement', 'A')).to.be.true;
    expect(ask('Application/A/Endorsement', 'B')).to.be.false;
    expect(tree.group(['Application', 'B'])?.find('Endorsement')?.isSatisfiedBy(peers('B'))).to.be.true;
    expect(tree.group(['Application'])?.find('/Channel/Application/Any')).not.to.be.undefined;
    for (const path of [
      '/Other/Admins',
      '/Channel',
      'Admins',
      'Application/X/Admins',
      '/Channel/Application/',
    ]) {
      expect(tree.find(path), path).to.be.undefined;
    }
  });

  it('counts groups for ANY, ALL and MAJORITY', () => {
    expect(ask('/Channel/Application/Endorsement', 'A', 'B')).to.be.false;
    expect(ask('/Channel/Application/Endorsement', 'A', 'B', 'D')).to.be.true;
    expect(ask('/Channel/Application/All', 'A', 'B', 'C')).to.be.false;
    expect(ask('/Channel/Application/All', 'A', 'B', 'C', 'D')).to.be.true;
    expect(ask('/Channel/Application/Any', 'C')).to.be.true;
    expect(ask('/Channel/Application/Missing', 'A', 'B', 'C', 'D')).to.be.false;
  });

  it('is satisfied by nobody at all where there are no groups', () => {
    const empty = new PolicyTree(configGroup({ policies: { Admins: implicitMetaPolicy('ALL', 'Admins') } }));
    expect(empty.find('Admins')?.isSatisfiedBy([])).to.be.true;
  });

  it('names the policy that does not compile', () => {
    const broken = configGroup({ policies: { Bad: { type: 1, value: utf8('?') } } });
    expect(() => new PolicyTree(configGroup({ groups: { Inner: broken } }))).to.throw(
      LedgerError,
      '/Channel/Inner/Bad',
    );
  });
});

describe('validSigners', () => {
  const ca = testCa();
  const msps = new MspManager([testMsp('OrgMSP', ca)]);
  const peer = issue(ca, { units: ['peer'] });
  const identity = serializeIdentity('OrgMSP', peer.pem);
  const message = utf8('message');
  const good = { identity, message, signature: signerOf(peer.key)(message) };
  const wrong = { ...good, message: utf8('other') };
  const unknown = { ...good, identity: serializeIdentity('OtherMSP', peer.pem) };

  it('counts a signer once, however often and in whatever company it signed', () => {
    expect(validSigners([unknown, wrong, good, good], msps)).to.have.length(1);
    expect(validSigners([wrong, unknown], msps)).to.be.empty;
  });

  it('knows a signer again in another serialization of its certificate', () => {
    const padded = serializeIdentity('OrgMSP', Uint8Array.of(...peer.pem, 10));
    expect(validSigners([good, { ...good, identity: padded }], msps)).to.have.length(1);
  });
});
