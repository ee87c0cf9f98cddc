import {
  AnchorPeers,
  configGroup,
  configValue,
  encode,
  FabricMSPConfig,
  MSPConfig,
  OrdererAddresses,
  type ConfigGroup,
  type ConfigValue,
} from '@passage/ledger';

import type { Organization } from '../network.js';
import { applicationOrgPolicies, ordererOrgPolicies, policiesOf } from './policy-texts.js';

/** Certificates name localhost, and the official client verifies what it dials. */
const HOST = 'localhost';

/** An organisation as it stands in the Application group. */
export function applicationOrgGroup(organization: Organization): ConfigGroup {
  const anchorPeers = [{ host: HOST, port: organization.ports.peer }];
  return configGroup({
    values: { MSP: mspValue(organization), AnchorPeers: configValue(AnchorPeers, { anchorPeers }) },
    policies: policiesOf(applicationOrgPolicies(organization.mspId)),
  });
}

/** The same organisation in the Orderer group, with a byte-identical MSP (F:common/channelconfig/msp.go refuses another). */
export function ordererOrgGroup(organization: Organization): ConfigGroup {
  const addresses = [`${HOST}:${organization.ports.orderer}`];
  return configGroup({
    values: { MSP: mspValue(organization), Endpoints: configValue(OrdererAddresses, { addresses }) },
    policies: policiesOf(ordererOrgPolicies(organization.mspId)),
  });
}

function mspValue({ mspId, caRootPem, tlsRootPem }: Organization): ConfigValue {
  const unit = (name: string): { organizationalUnitIdentifier: string } => ({
    organizationalUnitIdentifier: name,
  });
  const config = encode(FabricMSPConfig, {
    name: mspId,
    rootCerts: [Buffer.from(caRootPem)],
    tlsRootCerts: [Buffer.from(tlsRootPem)],
    cryptoConfig: { signatureHashFamily: 'SHA2', identityIdentifierHashFunction: 'SHA256' },
    fabricNodeOus: {
      enable: true,
      clientOuIdentifier: unit('client'),
      peerOuIdentifier: unit('peer'),
      adminOuIdentifier: unit('admin'),
      ordererOuIdentifier: unit('orderer'),
    },
  });
  return configValue(MSPConfig, { type: 0, config });
}
