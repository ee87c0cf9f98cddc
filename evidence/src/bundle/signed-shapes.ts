import { decodeBase64url, isUcr } from '@passage/domain';
import { constant, integer, list, object, oneOf, sha256Hex, such } from '@passage/domain/shapes';
import { TREE_HEAD_FORMAT } from '../head/index.js';
import { SHIPMENT_STATEMENT_FORMAT } from '../shipment-statement/index.js';
import { MAX_TREE_SIZE } from '../tree/index.js';
import type { Shape } from '@passage/domain/shapes';
import type { SignedTreeHead, TreeHead } from '../head/index.js';
import type { ShipmentStatement, SignedShipmentStatement } from '../shipment-statement/index.js';
import type { OrganisationSignature } from '../signing/index.js';

/** More signatures than a channel has organisations help nobody. */
const MOST_SIGNATURES = 100;

export const bytes = such((text) => decodeBase64url(text) !== undefined, 'bytes in base64url');
export const text = such((value) => value.length > 0 && value.isWellFormed(), 'a text');
export const treeSize = integer(0, MAX_TREE_SIZE);
export const network = oneOf(['embedded', 'fabric'] as const);
export const ucr = such(isUcr, 'a UCR');
const height = integer(1);

/** An organisation's signature as JSON carries it: form alone, like all of these. */
export const signatureShape: Shape<OrganisationSignature> = object<OrganisationSignature>(
  { mspId: text, certificate: text, signature: bytes },
  {},
);

export const signaturesShape = list(signatureShape, { min: 1, max: MOST_SIGNATURES });

/** A tree head. */
export const treeHeadShape: Shape<TreeHead> = object<TreeHead>(
  {
    format: constant(TREE_HEAD_FORMAT),
    network,
    genesisHash: sha256Hex,
    height,
    size: treeSize,
    root: sha256Hex,
  },
  {},
);

/** The same with the signatures under it. */
export const signedHeadShape: Shape<SignedTreeHead> = object<SignedTreeHead>(
  { head: treeHeadShape, signatures: signaturesShape },
  {},
);

/** A shipment statement. */
export const shipmentStatementShape: Shape<ShipmentStatement> = object<ShipmentStatement>(
  {
    format: constant(SHIPMENT_STATEMENT_FORMAT),
    network,
    genesisHash: sha256Hex,
    height,
    ucr,
    events: treeSize,
    root: sha256Hex,
    state: sha256Hex,
    devices: sha256Hex,
  },
  {},
);

/** The same with the signatures under it. */
export const signedStatementShape: Shape<SignedShipmentStatement> = object<SignedShipmentStatement>(
  { statement: shipmentStatementShape, signatures: signaturesShape },
  {},
);
