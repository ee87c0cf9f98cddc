import { encode } from '../codec/index.js';
import { FabricMSPConfig, MSPConfig } from '../proto/index.js';
import type { Encodable } from '../codec/index.js';

const unit = (organizationalUnitIdentifier: string): { readonly organizationalUnitIdentifier: string } => ({
  organizationalUnitIdentifier,
});

/** A serialized msp.MSPConfig over one CA, with node OUs by Fabric's usual names. */
export function mspConfig(
  mspId: string,
  ca: { readonly pem: Uint8Array },
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
