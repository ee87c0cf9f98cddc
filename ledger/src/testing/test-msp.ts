import { encode } from '../codec/index.js';
import { Msp } from '../identity/index.js';
import { FabricMSPConfig, MSPConfig } from '../proto/index.js';
import { issue } from './certificates.js';
import type { Encodable } from '../codec/index.js';
import type { CertificateOptions, TestIdentity } from './certificates.js';

const unit = (name: string): { readonly organizationalUnitIdentifier: string } => ({
  organizationalUnitIdentifier: name,
});

/** A serialized msp.MSPConfig with node OUs over the given CA. */
export function mspConfig(
  mspId: string,
  ca: TestIdentity,
  more: Encodable<FabricMSPConfig> = {},
): Uint8Array {
  const config = encode(FabricMSPConfig, {
    name: mspId,
    rootCerts: [ca.pem],
    fabricNodeOus: {
      enable: true,
      clientOuIdentifier: unit('client'),
      peerOuIdentifier: unit('peer'),
      adminOuIdentifier: unit('admin'),
      ordererOuIdentifier: unit('orderer'),
    },
    ...more,
  });
  return encode(MSPConfig, { type: 0, config });
}

export function testCa(options: CertificateOptions = {}): TestIdentity {
  return issue(undefined, { commonName: 'ca', isCa: true, ...options });
}

export function testMsp(mspId: string, ca: TestIdentity, more: Encodable<FabricMSPConfig> = {}): Msp {
  return Msp.read(mspConfig(mspId, ca, more), { ed25519: true });
}
