import { sha256 } from '#crypto';
import { bytesKey, concatBytes, equalBytes, toHex } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import { readCertificatePem } from './certificate.js';
import { ExtensionOid } from './extensions.js';
import { readRevocationList } from './revocation-list.js';
import { refuseRevoked, sanitized, uniqueChain } from './trusted-chain.js';
import type { FabricMSPConfig, FabricNodeOUs, FabricOUIdentifier } from '../proto/index.js';
import type { Certificate } from './certificate.js';
import type { Chain } from './chain.js';
import type { NodeRole } from './principal.js';
import type { Trust } from './trusted-chain.js';

/** The organizational unit that stands for a role, and the CAs it must come from if that is said. */
export interface NodeOu {
  readonly unit: string;
  readonly certifiers?: Uint8Array;
}

/** What a FabricMSPConfig says, read and checked. */
export interface MspRules {
  readonly mspId: string;
  readonly trust: Trust;
  /** Certificates that are administrators by name, DER. */
  readonly admins: readonly Certificate[];
  /** If any are listed, an identity needs one of these: unit name to certifiers (hex). */
  readonly units: ReadonlyMap<string, ReadonlySet<string>>;
  /** Undefined where identities are not told apart by unit. */
  readonly nodeOus?: ReadonlyMap<NodeRole, NodeOu>;
}

/**
 * Reads an MSP's configuration and checks it as Fabric does when it sets one up (msp/mspimplsetup.go, preSetupV142).
 *
 * @throws LedgerError INVALID_MSP, INVALID_IDENTITY or MALFORMED_CERTIFICATE
 */
export function readMspRules(config: FabricMSPConfig): MspRules {
  refuseOtherHashes(config);
  const trust = readTrust(config);
  refuseInvalidTlsCas(config);
  const units = new Map<string, Set<string>>();
  for (const { certificate, organizationalUnitIdentifier: unit } of config.organizationalUnitIdentifiers) {
    const certifiers = units.get(unit) ?? new Set();
    units.set(unit, certifiers.add(toHex(certifiersIdentifier(certificate, trust))));
  }
  const nodeOus = readNodeOus(config.fabricNodeOus, trust);
  const admins = config.admins.map((pem) => sanitized(readCertificatePem(pem), trust));
  if (admins.length === 0 && nodeOus?.has('admin') !== true) {
    throw new LedgerError('INVALID_MSP', `${config.name} has neither admin certificates nor an admin unit`);
  }
  return { mspId: config.name, trust, admins, units, ...(nodeOus && { nodeOus }) };
}

/** Fabric can be set to SHA-3; nobody does, and this library says so instead of computing something else. */
function refuseOtherHashes({ name, cryptoConfig }: FabricMSPConfig): void {
  const { signatureHashFamily = '', identityIdentifierHashFunction = '' } = cryptoConfig ?? {};
  if (
    !['', 'SHA2'].includes(signatureHashFamily) ||
    !['', 'SHA256'].includes(identityIdentifierHashFunction)
  ) {
    throw new LedgerError('INVALID_MSP', `${name} uses another hash than SHA-256, which is not supported`);
  }
}

function readTrust({ name, rootCerts, intermediateCerts, revocationList }: FabricMSPConfig): Trust {
  if (rootCerts.length === 0) throw new LedgerError('INVALID_MSP', `${name} has no root certificate`);
  const given = {
    roots: rootCerts.map(readCertificatePem),
    intermediates: intermediateCerts.map(readCertificatePem),
  };
  const roots = given.roots.map((certificate) => sanitized(certificate, given));
  const intermediates = given.intermediates.map((certificate) => sanitized(certificate, given));
  const revocationLists = revocationList.map(readRevocationList);
  const trust = { roots, intermediates, revocationLists, issuersOfCas: new Set<string>() };
  for (const ca of [...roots, ...intermediates]) refuseInvalidCa(ca, trust);
  const issuers = intermediates.flatMap((ca) => uniqueChain(ca, trust).slice(1));
  return { ...trust, issuersOfCas: new Set(issuers.map(({ raw }) => bytesKey(raw))) };
}

function refuseInvalidTlsCas({ tlsRootCerts, tlsIntermediateCerts }: FabricMSPConfig): void {
  const roots = tlsRootCerts.map(readCertificatePem);
  const intermediates = tlsIntermediateCerts.map(readCertificatePem);
  const trust = { roots, intermediates, revocationLists: [], issuersOfCas: new Set<string>() };
  for (const ca of [...roots, ...intermediates]) refuseInvalidCa(ca, trust);
}

function refuseInvalidCa(ca: Certificate, trust: Trust): void {
  if (ca.basicConstraints?.isCa !== true) {
    throw new LedgerError(
      'INVALID_MSP',
      `${ca.commonName} is listed as a CA, but its certificate is not one's`,
    );
  }
  if (ca.subjectKeyIdentifier === undefined) {
    throw new LedgerError('INVALID_MSP', `the CA ${ca.commonName} has no subject key identifier`);
  }
  if (ca.extensions.has(ExtensionOid.NAME_CONSTRAINTS)) {
    throw new LedgerError('INVALID_MSP', `the CA ${ca.commonName} constrains names, which is not supported`);
  }
  const chain = uniqueChain(ca, trust);
  if (chain.length > 1) refuseRevoked(ca, chain, trust);
}

/** SHA-256 over the CA certificates of a chain: who vouches for a unit. */
export function chainIdentifier(cas: Chain): Uint8Array {
  return sha256(concatBytes(...cas.map(({ raw }) => raw)));
}

function certifiersIdentifier(pem: Uint8Array, trust: Trust): Uint8Array {
  const ca = sanitized(readCertificatePem(pem), trust);
  const isAmong = (cas: readonly Certificate[]): boolean => cas.some(({ raw }) => equalBytes(raw, ca.raw));
  if (isAmong(trust.roots)) return chainIdentifier([ca]);
  if (isAmong(trust.intermediates)) return chainIdentifier(uniqueChain(ca, trust));
  throw new LedgerError('INVALID_MSP', `a unit is bound to ${ca.commonName}, which is not a CA of the MSP`);
}

function readNodeOus(
  config: FabricNodeOUs | undefined,
  trust: Trust,
): ReadonlyMap<NodeRole, NodeOu> | undefined {
  if (config?.enable !== true) return undefined;
  const given: readonly (readonly [NodeRole, FabricOUIdentifier | undefined])[] = [
    ['client', config.clientOuIdentifier],
    ['peer', config.peerOuIdentifier],
    ['admin', config.adminOuIdentifier],
    ['orderer', config.ordererOuIdentifier],
  ];
  const nodeOus = new Map<NodeRole, NodeOu>();
  for (const [role, identifier] of given) {
    if (identifier === undefined) continue;
    const { organizationalUnitIdentifier: unit, certificate } = identifier;
    const certifiers = certificate.length > 0 ? certifiersIdentifier(certificate, trust) : undefined;
    nodeOus.set(role, { unit, ...(certifiers && { certifiers }) });
  }
  return nodeOus.size > 0 ? nodeOus : undefined;
}
