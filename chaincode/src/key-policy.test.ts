import { encodeSignaturePolicy, parsePolicy, toHex as hex } from '@passage/ledger';
import { expect } from 'chai';
import { encodeKeyPolicy } from './key-policy.js';
import { decodeKeyPolicy } from './read-key-policy.js';

const policies = [
  { allOf: 'CustomsMSP', oneOf: ['PortMSP', 'BusinessMSP'] },
  { allOf: 'BusanCustomsMSP', oneOf: ['PortMSP'] },
  {
    allOf: 'Größe-İ',
    oneOf: Array.from({ length: 20 }, (_, index) => `A long name of an MSP ${String(index)}`),
  },
];

describe('encodeKeyPolicy', () => {
  for (const { allOf, oneOf } of policies) {
    const text = `AND('${allOf}.peer', OR(${oneOf.map((mspId) => `'${mspId}.peer'`).join(', ')}))`;

    it(`writes the bytes of ${text.slice(0, 70)}`, () => {
      expect(hex(encodeKeyPolicy({ allOf, oneOf }))).to.equal(hex(encodeSignaturePolicy(parsePolicy(text))));
    });
  }

  it('writes what a contract on a real network wrote', () => {
    const identities =
      '1a10120e0a0a437573746f6d734d53501003' +
      '1a0d120b0a07506f72744d53501003' +
      '1a11120f0a0b427573696e6573734d53501003';
    expect(
      encodeKeyPolicy({ allOf: 'CustomsMSP', oneOf: ['PortMSP', 'BusinessMSP'] }).toString('hex'),
    ).to.equal(`121612140802` + '12020800120c120a08011202080112020802' + identities);
  });

  it('writes the bytes of an n out of', () => {
    const text = "OutOf(2, 'CustomsMSP.peer', 'PortMSP.peer', 'BusinessMSP.peer')";
    const twoOf = ['CustomsMSP', 'PortMSP', 'BusinessMSP'];
    expect(hex(encodeKeyPolicy({ twoOf }))).to.equal(hex(encodeSignaturePolicy(parsePolicy(text))));
  });
});

describe('decodeKeyPolicy', () => {
  it('reads what was written, and the same in another order of identities', () => {
    for (const policy of policies) expect(decodeKeyPolicy(encodeKeyPolicy(policy))).to.deep.equal(policy);
    // As Fabric's own command line writes it: port, business, customs.
    const turned = Buffer.from(
      '121612140802' +
        '12020802120c120a08011202080012020801' +
        '1a0d120b0a07506f72744d53501003' +
        '1a11120f0a0b427573696e6573734d53501003' +
        '1a10120e0a0a437573746f6d734d53501003',
      'hex',
    );
    expect(decodeKeyPolicy(turned)).to.deep.equal(policies[0]);
  });

  it('reads nothing else as a policy', () => {
    const others = [
      "OutOf(2, 'CustomsMSP.peer', 'PortMSP.peer', 'BusinessMSP.peer')",
      "OR('CustomsMSP.peer', OR('PortMSP.peer', 'BusinessMSP.peer'))",
      "AND('CustomsMSP.member', OR('PortMSP.peer', 'BusinessMSP.peer'))",
      "AND('CustomsMSP.peer', AND('PortMSP.peer', 'BusinessMSP.peer'))",
      "AND('CustomsMSP.peer', OR('PortMSP.peer', 'BusinessMSP.peer'), 'AuditorMSP.peer')",
      "AND('CustomsMSP.peer', 'PortMSP.peer')",
    ];
    for (const text of others) {
      expect(decodeKeyPolicy(encodeSignaturePolicy(parsePolicy(text))), text).to.equal(undefined);
    }
    expect(decodeKeyPolicy(Buffer.alloc(0))).to.equal(undefined);
    expect(decodeKeyPolicy(Buffer.from('none'))).to.equal(undefined);
  });

  it('reads no policy in bytes that were cut off', () => {
    const whole = encodeKeyPolicy({ allOf: 'CustomsMSP', oneOf: ['PortMSP'] });
    for (let length = 0; length < whole.length; length += 1) {
      expect(decodeKeyPolicy(whole.subarray(0, length)), String(length)).to.equal(undefined);
    }
  });
});
