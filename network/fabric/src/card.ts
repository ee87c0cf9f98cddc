import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

import { messageOf } from '@passage/enrolment';

import { FabricError } from './errors.js';
import { json, readIfThere, writeWhole } from './files.js';
import { writeMspRoots } from './msp-folders.js';
import { readOrganization } from './own-organization.js';
import type { FabricPaths, OrganizationFiles } from './paths.js';
import { type Organization, ORGANIZATIONS } from './topology.js';

const FORMAT = 'passage-card-1';

/** Which certificates a card carries, and where they lie in every folder: public, all of them. */
const CERTIFICATES = {
  identityRoot: (files: OrganizationFiles) => files.caCert,
  tlsRoot: (files: OrganizationFiles) => files.tlsCaCert,
  orderer: (files: OrganizationFiles) => files.member('orderer').identity.cert,
  ordererTls: (files: OrganizationFiles) => files.member('orderer').tls.cert,
} as const;

type CertificateName = keyof typeof CERTIFICATES;

const NAMES = Object.keys(CERTIFICATES) as CertificateName[];

/** Which root has issued which certificate of the card. */
const ISSUED: readonly (readonly [CertificateName, CertificateName])[] = [
  ['orderer', 'identityRoot'],
  ['ordererTls', 'tlsRoot'],
];

/** What an organisation gives to the others: who it is, where it listens, its roots, its orderer's certificates. */
interface Card {
  readonly format: typeof FORMAT;
  readonly organization: Organization;
  readonly certificates: Readonly<Record<CertificateName, string>>;
}

/** What is compared by another way before a card is relied on: SHA-256 over the DER of each root, with colons. */
export interface CardSummary {
  readonly organization: string;
  readonly identityRoot: string;
  readonly tlsRoot: string;
}

/** Writes our own card. Every certificate must be there. */
export function writeCard(paths: FabricPaths, organization: Organization): void {
  const files = paths.organization(organization.name);
  const pems = NAMES.map((name) => [name, readFileSync(CERTIFICATES[name](files), 'utf8')]);
  const certificates = Object.fromEntries(pems) as Card['certificates'];
  writeWhole(files.card, json({ format: FORMAT, organization, certificates } satisfies Card), 0o644);
}

/**
 * Takes another organisation's card into our folder, as the MSP and certificates that configtx.yaml names.
 *
 * @throws FabricError CARD_UNUSABLE; also when we hold another card of the same organisation
 */
export function addCard(paths: FabricPaths, own: Organization, file: string): CardSummary {
  const { text, card } = readCardFile(file);
  const { organization, certificates } = card;
  const files = paths.organization(organization.name);
  if (organization.name !== own.name) {
    const known = readIfThere(files.card);
    if (known !== undefined && known !== text && existsSync(paths.genesis))
      throw unusable(file, `the channel was set up with another card of ${organization.name}`);
    for (const name of NAMES) writeWhole(CERTIFICATES[name](files), certificates[name]);
    writeMspRoots(files.msp, files);
    writeWhole(files.card, text, 0o644);
  }
  return summaryOf(card);
}

/** What to compare of the cards that we hold, our own among them. */
export function cardSummaries(paths: FabricPaths): readonly CardSummary[] {
  return cardsIn(paths).map(summaryOf);
}

/** The organisations whose cards we hold, in the fixed order. */
export function organizationsByCard(paths: FabricPaths): readonly Organization[] {
  return cardsIn(paths).map(({ organization }) => organization);
}

function cardsIn(paths: FabricPaths): readonly Card[] {
  const files = ORGANIZATIONS.map(({ name }) => paths.organization(name).card);
  return files.filter((file) => existsSync(file)).map((file) => readCardFile(file).card);
}

function readCardFile(file: string): { readonly text: string; readonly card: Card } {
  try {
    const text = readFileSync(file, 'utf8');
    const { format, organization, certificates } = JSON.parse(text) as Card;
    if ((format as string) !== FORMAT) throw new Error(`it is not of the format ${FORMAT}`);
    const card: Card = { format, organization: readOrganization(organization), certificates };
    checkCertificates(card);
    return { text, card };
  } catch (error) {
    throw unusable(file, messageOf(error));
  }
}

function checkCertificates({ certificates }: Card): void {
  for (const [name, root] of ISSUED) {
    const issuer = new X509Certificate(certificates[root]);
    if (!issuer.ca) throw new Error(`${root} is no certificate of a CA`);
    if (!new X509Certificate(certificates[name]).verify(issuer.publicKey))
      throw new Error(`${name} was not issued by ${root}`);
  }
}

function summaryOf({ organization, certificates }: Card): CardSummary {
  const fingerprint = (name: CertificateName): string =>
    new X509Certificate(certificates[name]).fingerprint256;
  return {
    organization: organization.name,
    identityRoot: fingerprint('identityRoot'),
    tlsRoot: fingerprint('tlsRoot'),
  };
}

function unusable(file: string, why: string): FabricError {
  return new FabricError('CARD_UNUSABLE', `${file}: ${why}`);
}
