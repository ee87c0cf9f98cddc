import { relative, sep } from 'node:path';

import type { Network } from './administrator.js';
import { json, writeWhole } from './files.js';
import { CHAINCODE, CHANNEL, type Organization, peersOf } from './topology.js';

/** Writes the connection profile (network/schemas/profile.schema.json), again at every start. Paths are relative to it. */
export function writeProfile(network: Network): void {
  const profile = {
    format: 'passage-profile-1',
    network: 'fabric',
    channel: CHANNEL,
    chaincode: CHAINCODE,
    organizations: network.own.map((organization) => describe(network, organization)),
  };
  writeWhole(network.paths.profile, json(profile), 0o644);
}

/**
 * Where clients reach the peers (gRPC name resolution): one by its name, two by their addresses, of which a client takes the
 * first that answers.
 */
function peerTarget(organization: Organization): string {
  const peers = peersOf(organization);
  if (peers.length === 1) return `${organization.tlsName}:${String(organization.port.peer)}`;
  return `ipv4:${peers.map(({ host, port }) => `${host}:${String(port.peer)}`).join(',')}`;
}

function describe({ paths, organizations }: Network, organization: Organization): object {
  const { name, mspId, tlsName, port } = organization;
  const files = paths.organization(name);
  const inProfile = (path: string): string => relative(paths.dir, path).split(sep).join('/');
  const tlsRootCert = inProfile(files.tlsCaCert);
  const { cert, key } = files.member('admin').identity;
  // Its own orderer; for one that does not order, the orderer of customs.
  const ordererOf = (one: Organization): object => {
    const { name: at, tlsName: host, port: ports } = one.orders ? one : (organizations[0] ?? one);
    return {
      address: `${host}:${ports.orderer}`,
      tlsRootCert: inProfile(paths.organization(at).tlsCaCert),
    };
  };
  return {
    name,
    mspId,
    peer: { address: peerTarget(organization), tlsRootCert },
    orderer: ordererOf(organization),
    ca: {
      url: `https://${tlsName}:${port.ca}`,
      name: 'ca',
      // The CA server's own certificate is issued by its CA for identities.
      tlsRootCert: inProfile(files.caCert),
      registrar: inProfile(files.registrar),
    },
    admin: { cert: inProfile(cert), key: inProfile(key) },
    ...(name !== 'auditor' && { gateway: { url: `http://127.0.0.1:${port.gateway}/graphql` } }),
  };
}
