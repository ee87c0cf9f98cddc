import { decodeBase64url, encodeBase64url } from '@passage/domain';
import {
  decodeUtf8,
  readCertificatePem,
  readPem,
  recover,
  serializeIdentity,
  toLowS,
  utf8,
} from '@passage/ledger';
import type { Identity, MspManager } from '@passage/ledger';

/** The word of an organisation: who signed and with what. As JSON carries it. */
export interface OrganisationSignature {
  readonly mspId: string;
  /** The signer's certificate, PEM. */
  readonly certificate: string;
  /** ES256's algorithm (ECDSA on P-256 over SHA-256) in the form of every Fabric signature: DER, low S; base64url. */
  readonly signature: string;
}

/** Why a signature does not count, in the order in which it is looked at. */
export type SignatureFault =
  /** The certificate, or the signature, cannot be read as what it should be. */
  | 'unreadable'
  /** The MSP is none of the channel's, or does not stand by the certificate: another CA, revoked, of no role. */
  | 'stranger'
  /** A client, of whom an organisation can have thousands, or an orderer: neither speaks for it. */
  | 'not-its-speaker'
  /** The key signed something else, or another key signed this. */
  | 'wrong-signature';

/** What a signature is worth. */
export type SignatureVerdict =
  | { readonly holds: true; readonly mspId: string; readonly signer: string }
  | { readonly holds: false; readonly mspId: string; readonly fault: SignatureFault };

/**
 * A signature as JSON carries it, from what a key made: ECDSA in DER over the SHA-256 of the bytes to be signed
 * (`treeHeadBytes`, `shipmentStatementBytes`). A high S and loose PEM are mended here.
 *
 * @throws LedgerError MALFORMED_CERTIFICATE
 */
export function organisationSignature(
  mspId: string,
  certificatePem: string,
  signature: Uint8Array,
): OrganisationSignature {
  const { raw } = readCertificatePem(utf8(certificatePem));
  return { mspId, certificate: pemOf(raw), signature: encodeBase64url(toLowS(signature, 'P-256')) };
}

/**
 * Whether an organisation signed the message: its MSP stands by the certificate, which is an administrator's or a peer's, and
 * the signature is that key's. Time plays no part: as for a block, a certificate that has ended since is as good as it was.
 *
 * @param msps those of the channel's configuration at the height that was signed
 */
export function checkSignature(
  message: Uint8Array,
  { mspId, certificate, signature }: OrganisationSignature,
  msps: MspManager,
): SignatureVerdict {
  const fault = (why: SignatureFault): SignatureVerdict => ({ holds: false, mspId, fault: why });
  const bytes = decodeBase64url(signature);
  if (bytes === undefined || !isPlainPem(certificate)) return fault('unreadable');
  const identity = msps.findIdentity(serializeIdentity(mspId, utf8(certificate)));
  if (identity?.isValid !== true) return fault('stranger');
  if (!speaksForItsOrganisation(identity)) return fault('not-its-speaker');
  const { publicKey, commonName } = identity.certificate;
  const isEs256 = publicKey.algorithm === 'ECDSA' && publicKey.curve === 'P-256';
  if (!isEs256 || !identity.verify(message, bytes)) return fault('wrong-signature');
  return { holds: true, mspId, signer: commonName };
}

/** The verdicts on several signatures, those of one organisation together counting once: the organisations that signed. */
export function organisationsIn(verdicts: readonly SignatureVerdict[]): readonly string[] {
  return [...new Set(verdicts.filter(({ holds }) => holds).map(({ mspId }) => mspId))].sort();
}

function speaksForItsOrganisation(identity: Identity): boolean {
  const { mspId } = identity;
  return (['admin', 'peer'] as const).some((role) => identity.satisfies({ kind: 'role', mspId, role }));
}

/** Whether a text is one PEM block and nothing else, so that nothing hides beside the certificate. */
function isPlainPem(text: string): boolean {
  return recover(
    () => {
      const bytes = utf8(text);
      const block = text.isWellFormed() ? readPem(bytes) : undefined;
      return block?.type === 'CERTIFICATE' && decodeUtf8(bytes) === pemOf(block.content);
    },
    () => false,
  );
}

/** PEM of a certificate in its one strict form (RFC 7468 section 3). */
export function pemOf(der: Uint8Array): string {
  const base64 = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(''));
  return `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`;
}
