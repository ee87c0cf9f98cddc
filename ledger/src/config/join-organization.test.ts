import { expect } from 'chai';

import { buildGenesisBlockOf } from '../block/index.js';
import { concatBytes, decode, encode } from '../codec/index.js';
import { serializeIdentity } from '../identity/index.js';
import { formatPolicy, parsePolicy, signaturePolicy } from '../policy/index.js';
import {
  ConfigUpdateEnvelope,
  Envelope,
  HeaderType,
  SignatureHeader,
  SignaturePolicyEnvelope,
} from '../proto/index.js';
import { issue, signer } from '../testing/certificates.js';
import { admins, envelopeOf, genesis } from '../testing/test-channel.js';
import { testCa } from '../testing/test-msp.js';
import { withAnother, withOther } from './join-policies.js';
import {
  applyConfigEnvelope,
  channelConfigOf,
  computeConfigUpdate,
  proposeConfigUpdate,
  withConsenter,
  withMember,
  withOrderer,
} from './index.js';
import type { Policy } from '../proto/index.js';
import type { ChannelConfig } from './index.js';
import type { ConfigGroup } from '../proto/index.js';

const config = channelConfigOf(buildGenesisBlockOf(genesis()));
const ca = testCa();
const orderer = issue(ca, { units: ['orderer'] });

const joining = {
  mspId: 'CMSP',
  rootCerts: [ca.pem],
  tlsRootCerts: [ca.pem],
  anchorPeer: { host: 'localhost', port: 7441 },
};
const member = withMember(config.group, 'BMSP', joining);
const ordering = withConsenter(withOrderer(member, 'BMSP', 'CMSP', 'localhost:7440'), {
  id: 5,
  host: 'localhost',
  port: 7440,
  mspId: 'CMSP',
  identity: orderer.pem,
  clientTlsCert: orderer.pem,
  serverTlsCert: orderer.pem,
});

/** The configuration after the update to it, signed by these admins and judged as an orderer and a peer judge it. */
function after(updated: ConfigGroup, signers: readonly string[] = ['AMSP', 'BMSP']): ChannelConfig {
  const configUpdate = computeConfigUpdate('ch', config.group, updated);
  const signatures = signers.map((name) => {
    const { pem, key } = admins[name]!;
    const signatureHeader = encode(SignatureHeader, { creator: serializeIdentity(name, pem) });
    return { signatureHeader, signature: signer(key)(concatBytes(signatureHeader, configUpdate)) };
  });
  const update = envelopeOf(
    HeaderType.CONFIG_UPDATE,
    encode(ConfigUpdateEnvelope, { configUpdate, signatures }),
  );
  const proposed = proposeConfigUpdate(config, update);
  return applyConfigEnvelope(config, { ...proposed, lastUpdate: decode(Envelope, update) });
}

const textOf = (policy: Policy | undefined): string =>
  formatPolicy(decode(SignaturePolicyEnvelope, policy?.value ?? new Uint8Array()));

describe('an organisation that joins', () => {
  it('becomes a member like another, by an update that leaves everything else as it is', () => {
    const next = after(member);
    expect([...next.applicationOrganizations.keys()]).to.deep.equal(['AMSP', 'BMSP', 'CMSP']);
    expect(next.applicationOrganizations.get('CMSP')?.anchorPeers).to.deep.equal([joining.anchorPeer]);
    expect([...next.ordererOrganizations.keys()]).to.deep.equal(['AMSP', 'BMSP']);
    const own = next.group.groups.get('Application')?.groups.get('CMSP')?.policies.get('Admins')?.policy;
    expect(textOf(own)).to.equal("OR('CMSP.admin')");
    expect(next.msps.get('CMSP')).not.to.equal(undefined);
    expect(next.consenters).to.deep.equal(config.consenters);
  });

  it('orders as the fifth consenter, with a quorum of four', () => {
    const next = after(ordering);
    expect(next.consenters.map(({ id, mspId }) => [id, mspId])).to.deep.include([5, 'CMSP']);
    expect(next.ordererOrganizations.get('CMSP')?.ordererEndpoints).to.deep.equal(['localhost:7440']);
    const validation = next.group.groups.get('Orderer')?.policies.get('BlockValidation')?.policy;
    const { rule, identities } = decode(SignaturePolicyEnvelope, validation?.value ?? new Uint8Array());
    expect([rule?.nOutOf?.n, identities.length]).to.deep.equal([4, 5]);
  });

  it('needs those who may change the channel', () => {
    expect(() => after(member, ['AMSP'])).to.throw(
      /policy for \[Group\] {2}\/Channel\/Application not satisfied/,
    );
  });

  it('cannot be like one that is not there', () => {
    expect(() => withMember(config.group, 'DMSP', joining)).to.throw(/no a? ?group DMSP/);
  });
});

describe('a policy with one more organisation', () => {
  const joined = (text: string): string => textOf(withAnother(signaturePolicy(parsePolicy(text)), 'B', 'C'));

  it('lets it be one of those of whom some are asked', () => {
    expect(joined("OR('A.client', 'B.client', 'B.admin')")).to.equal(
      "OR('A.client', 'B.client', 'B.admin', 'C.client', 'C.admin')",
    );
    expect(joined("AND('A.admin', OutOf(2, 'B.admin', 'D.admin', 'E.admin'))")).to.equal(
      "AND('A.admin', OutOf(2, 'B.admin', 'D.admin', 'E.admin', 'C.admin'))",
    );
  });

  it('does not loosen what asks for all', () => {
    expect(joined("AND('A.admin', 'B.admin')")).to.equal("AND('A.admin', 'B.admin')");
    expect(joined("OR('A.admin')")).to.equal("OR('A.admin')");
  });

  it('is another’s own when it stands in its place', () => {
    const own = signaturePolicy(parsePolicy("OR('B.admin', 'B.peer')"));
    expect(textOf(withOther(own, 'B', 'C'))).to.equal("OR('C.admin', 'C.peer')");
  });
});
