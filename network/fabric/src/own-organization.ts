import { isIP } from 'node:net';

import { FabricError } from './errors.js';
import { json, readIfThere, writeWhole } from './files.js';
import type { FabricPaths } from './paths.js';
import { type Organization, ORGANIZATIONS, PEER_SERVICES, portsOf, SECOND_PEER_OFFSET } from './topology.js';

const FORMAT = 'passage-organization-1';

/** What an organisation decides when it founds its folder. */
export interface Founding {
  readonly name: string;
  /** IP address or DNS name of its machine. */
  readonly host: string;
  /** First of its ten ports. */
  readonly basePort: number;
  /** Address of a second peer. */
  readonly secondHost?: string;
}

/**
 * Writes `organization.json`: from now on the folder is one organisation's own. The same once more is fine.
 *
 * @throws FabricError USAGE for a name or address that cannot be; MEMBER_EXISTS where the folder says otherwise already
 */
export function foundOrganization(paths: FabricPaths, founding: Founding): Organization {
  const organization = organizationOf(founding);
  const text = json({ format: FORMAT, ...organization });
  const known = readIfThere(paths.organizationFile);
  if (known !== undefined && known !== text)
    throw new FabricError('MEMBER_EXISTS', `${paths.organizationFile} says otherwise`);
  writeWhole(paths.organizationFile, text);
  return organization;
}

/** The organisation whose folder it is; undefined in a folder that holds all of them, or nothing yet. */
export function ownOrganization(paths: FabricPaths): Organization | undefined {
  const text = readIfThere(paths.organizationFile);
  return text === undefined ? undefined : readOrganization(JSON.parse(text));
}

/** @throws FabricError MEMBER_UNKNOWN where the folder is not one organisation's */
export function needMember(paths: FabricPaths): Organization {
  const member = ownOrganization(paths);
  if (member === undefined) throw new FabricError('MEMBER_UNKNOWN', `${paths.organizationFile} is not there`);
  return member;
}

/**
 * Reads an organisation as this file writes it: from our own folder or from another's card.
 *
 * @throws FabricError USAGE naming what is wrong
 */
export function readOrganization(value: unknown): Organization {
  const { name, host, port, second } = value as Partial<Record<keyof Organization, unknown>>;
  const [first, other] = [port, second] as readonly (Readonly<Record<string, unknown>> | undefined)[];
  return organizationOf({
    name: String(name),
    host: String(host),
    basePort: Number(first?.orderer),
    ...(other && { secondHost: String(other.host) }),
  });
}

/** Ports count from a base of the organisation's own: it is alone on its addresses. */
function organizationOf({ name, host, basePort, secondHost }: Founding): Organization {
  const names = ORGANIZATIONS.find((one) => one.name === name);
  if (names === undefined) {
    const known = ORGANIZATIONS.map((one) => one.name).join(', ');
    throw new FabricError('USAGE', `there is no organisation ${name}; there are ${known}`);
  }
  if (!Number.isInteger(basePort) || basePort < 1024 || basePort > 65_400)
    throw new FabricError('USAGE', `${String(basePort)} is no first port (1024 to 65400)`);
  needHost(host);
  const port = portsOf(basePort, 0);
  const site = { ...names, orders: true, isFounder: true, host, tlsName: host, port };
  if (secondHost === undefined) return site;
  needAddress(host);
  needAddress(secondHost);
  return { ...site, second: { host: secondHost, port: secondPorts(port) } };
}

function secondPorts(port: Organization['port']): NonNullable<Organization['second']>['port'] {
  const ports = PEER_SERVICES.map((service) => [service, port[service] + SECOND_PEER_OFFSET]);
  return Object.fromEntries(ports) as NonNullable<Organization['second']>['port'];
}

function needHost(host: string): void {
  if (isIP(host) === 4 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host)) return;
  throw new FabricError('USAGE', `${host} is neither an IPv4 address nor a name of a host`);
}

/** Clients are told of two peers by their addresses (gRPC name resolution, ipv4). */
function needAddress(host: string): void {
  if (isIP(host) === 4) return;
  throw new FabricError('USAGE', `${host} is no IPv4 address, which two peers need`);
}
