/** The organisations that found the channel, in their fixed order: consenter ids, ports and lists follow it (docs/architecture.md). */
export const ORGANIZATIONS = [
  { name: 'customs', mspId: 'CustomsMSP' },
  { name: 'port', mspId: 'PortMSP' },
  { name: 'business', mspId: 'BusinessMSP' },
  { name: 'auditor', mspId: 'AuditorMSP' },
] as const;

export type OrganizationName = string;

/** An organisation that joins after the channel was founded. */
export interface Joining {
  readonly name: OrganizationName;
  readonly mspId: string;
  /** Whether it runs an orderer: a BFT consenter more. */
  readonly orders: boolean;
}

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

/** What each peer needs ports for; the second peer of an organisation has these four only. */
export const PEER_SERVICES = ['peer', 'chaincode', 'peerChaincode', 'peerOperations'] as const;

export type PeerPorts = Readonly<Record<(typeof PEER_SERVICES)[number], number>>;

/** The second peer's ports are those of the first and this. */
export const SECOND_PEER_OFFSET = 100;

/** One peer of an organisation: the name of its folder, and where it listens with its chaincode server. */
export interface PeerSite {
  readonly name: 'peer' | 'peer2';
  readonly host: string;
  readonly port: PeerPorts;
}

/** One organisation: its names, where its programs listen. */
export interface Organization {
  readonly name: OrganizationName;
  readonly mspId: string;
  readonly orders: boolean;
  /** Whether the genesis block names it. */
  readonly isFounder: boolean;
  /** Where its programs listen. Every configuration file takes its addresses from here. */
  readonly host: string;
  /** A name in its TLS certificates: clients may not ask for an IP address (RFC 6066, section 3). */
  readonly tlsName: string;
  readonly port: Readonly<Record<Service, number>>;
  /** A second peer, with a chaincode server of its own. */
  readonly second?: { readonly host: string; readonly port: PeerPorts };
}

/** The organisation's peers, the first one first. */
export function peersOf({ host, port, second }: Organization): readonly PeerSite[] {
  const first: PeerSite = { name: 'peer', host, port };
  return second === undefined ? [first] : [first, { name: 'peer2', ...second }];
}

/** Ports of the organisation at a place in the order, counted from `basePort`. */
export function portsOf(basePort: number, index: number): Organization['port'] {
  const first = basePort + PORTS_PER_ORGANIZATION * index;
  const ports = Object.entries(OFFSETS).map(([service, offset]) => [service, first + offset]);
  return Object.fromEntries(ports) as Record<Service, number>;
}

/** All organisations on this machine, founders first, their ports counted from `basePort`. */
export function topology(basePort: number, joining: readonly Joining[] = []): readonly Organization[] {
  const founders = ORGANIZATIONS.map((names) => ({ ...names, orders: true, isFounder: true }));
  const others = joining.map((names) => ({ ...names, isFounder: false }));
  return [...founders, ...others].map((names, index) => ({
    ...names,
    host: '127.0.0.1',
    tlsName: 'localhost',
    port: portsOf(basePort, index),
  }));
}

/** Reads `name:mspId`, or `name:mspId:orderer` for one that orders. */
export function parseJoining(text: string): Joining {
  const [name = '', mspId = '', role] = text.split(':');
  return { name, mspId, orders: role === 'orderer' };
}

/** Id of an organisation's orderer among the BFT consenters. */
export function consenterId(organizations: readonly Organization[], { name }: Organization): number {
  return organizations.findIndex((one) => one.name === name) + 1;
}
