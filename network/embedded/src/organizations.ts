import type { OrganizationName, OrganizationPorts } from './network.js';

/** Channel of the embedded network; its name says what it is. */
export const CHANNEL = 'passage-embedded';

/** Name of the channel's one chaincode. */
export const CHAINCODE = 'passage';

/** First port when none is given. */
export const DEFAULT_BASE_PORT = 7400;

const PORTS_PER_ORGANIZATION = 10;

export interface OrganizationNames {
  readonly name: OrganizationName;
  readonly mspId: string;
  /** Position among all organisations: decides ports, and the consenter id of one that orders (index + 1). */
  readonly index: number;
}

/** The organisations that found the channel, in their fixed order: consenter ids, ports and lists follow it. */
export const ORGANIZATIONS: readonly OrganizationNames[] = [
  { name: 'customs', mspId: 'CustomsMSP', index: 0 },
  { name: 'port', mspId: 'PortMSP', index: 1 },
  { name: 'business', mspId: 'BusinessMSP', index: 2 },
  { name: 'auditor', mspId: 'AuditorMSP', index: 3 },
];

/** Ports of the organisation at `index`: orderer at base + 10 * index, then peer, CA, chaincode, gateway. */
export function portsOf(basePort: number, index: number): OrganizationPorts {
  const first = basePort + PORTS_PER_ORGANIZATION * index;
  return { orderer: first, peer: first + 1, ca: first + 2, chaincode: first + 3, gateway: first + 4 };
}
