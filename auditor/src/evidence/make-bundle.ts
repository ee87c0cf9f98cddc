import {
  buildBundle,
  organisationSignature,
  shipmentStatementBytes,
  treeHeadBytes,
  writeBundle,
} from '@passage/evidence';
import { decode, SerializedIdentity } from '@passage/ledger';
import type {
  BundleKind,
  BundleOpening,
  OrganisationSignature,
  SignedShipmentStatement,
} from '@passage/evidence';
import type { Signer } from '../source/signer.js';
import type { Gathered } from './gather.js';

/** What is made of what was gathered. */
export interface BundleWish {
  readonly kind: BundleKind;
  readonly genesisHash: string;
  /** Who signs tree head and shipment statement here. */
  readonly signers: readonly Signer[];
  /** A statement that others have signed, of the height that was gathered; otherwise one is made if two sign here. */
  readonly statement?: SignedShipmentStatement;
  readonly openings: readonly BundleOpening[];
}

/** The bytes of a bundle. @throws EvidenceError NO_EVENTS, MATERIAL_MISSING */
export function makeBundle({ channel, collector, lookUp }: Gathered, wish: BundleWish): Uint8Array {
  const { kind, genesisHash, signers, openings } = wish;
  const signedBy = (bytes: Uint8Array): readonly OrganisationSignature[] =>
    signers.map((one) => signature(one, bytes));
  const head = collector.treeHead(genesisHash);
  const ours = collector.shipmentStatement(genesisHash, lookUp);
  const made =
    signers.length > 1 ? { statement: ours, signatures: signedBy(shipmentStatementBytes(ours)) } : undefined;
  const statement = wish.statement ?? made;
  return writeBundle(
    buildBundle({
      kind,
      channel,
      genesisHash,
      shipment: collector.material(lookUp),
      openings,
      ...(kind === 'proofs' &&
        signers.length > 0 && { head: { head, signatures: signedBy(treeHeadBytes(head)) } }),
      ...(statement && { statement }),
    }),
  );
}

function signature(signer: Signer, message: Uint8Array): OrganisationSignature {
  const { mspid, idBytes } = decode(SerializedIdentity, signer.creator);
  return organisationSignature(mspid, Buffer.from(idBytes).toString('utf8'), signer.sign(message));
}
