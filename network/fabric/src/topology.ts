/** The organisations in their fixed order: consenter ids, ports and lists follow it (docs/architecture.md). */
export const ORGANIZATIONS = [
  { name: 'customs', mspId: 'CustomsMSP' },
  { name: 'port', mspId: 'PortMSP' },
  { name: 'business', mspId: 'BusinessMSP' },
  { name: 'auditor', mspId: 'AuditorMSP' },
] as const;

export type OrganizationName = (typeof ORGANIZATIONS)[number]['name'];

export const CHANNEL = 'passage';

export const CHAINCODE = 'passage';

/** Two of customs, port and business; the auditor's word is never part of what it audits (DESIGN, "Who endorses"). */
export const CHAINCODE_POLICY = "OutOf(2, 'CustomsMSP.peer', 'PortMSP.peer', 'BusinessMSP.peer')";

const PORTS_PER_ORGANIZATION = 10;

/** The first five as on the embedded network; then what only Fabric's own programs listen on. */
const OFFSETS = {
  orderer: 0,
  peer: 1,
  ca: 2,
  chaincode: 3,
  gateway: 4,
  ordererAdmin: 5,
  ordererOperations: 6,
  peerChaincode: 7,
  peerOperations: 8,
  caOperations: 9,
} as const;

export type Service = keyof typeof OFFSETS;

/** One organisation: its names, where its programs listen. */
export interface Organization {
  readonly name: OrganizationName;
  readonly mspId: string;
  /** Loopback. Every configuration file takes its addresses from here. */
  readonly host: string;
  /** A name in its TLS certificates: clients may not ask for an IP address (RFC 6066, section 3). */
  readonly tlsName: string;
  readonly port: Readonly<Record<Service, number>>;
}

/** The four organisations on this machine, their ports counted from `basePort`. */
export function topology(basePort: number): readonly Organization[] {
  return ORGANIZATIONS.map((names, index) => {
    const first = basePort + PORTS_PER_ORGANIZATION * index;
    const ports = Object.entries(OFFSETS).map(([service, offset]) => [service, first + offset]);
    return {
      ...names,
      host: '127.0.0.1',
      tlsName: 'localhost',
      port: Object.fromEntries(ports) as Record<Service, number>,
    };
  });
}
