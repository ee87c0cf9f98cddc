import { decodeBase64url, isUcr, readPublicJwk } from '@passage/domain';
import { constant, integer, list, object, oneOf, readWith, sha256Hex, such } from '@passage/domain/shapes';
import { TREE_HEAD_FORMAT } from '../head/index.js';
import { SHIPMENT_STATEMENT_FORMAT } from '../shipment-statement/index.js';
import { MAX_TREE_SIZE } from '../tree/index.js';
import { BUNDLE_FORMAT } from './bundle.js';
import type { PublicJwk } from '@passage/domain';
import type { Shape } from '@passage/domain/shapes';
import type { SignedTreeHead, TreeHead } from '../head/index.js';
import type { ShipmentStatement, SignedShipmentStatement } from '../shipment-statement/index.js';
import type { OrganisationSignature } from '../signing/index.js';
import type { BundleEvent, BundleOpening, BundleRecord, EvidenceBundle } from './bundle.js';

const MOST = 100_000;
/** More signatures than a channel has organisations help nobody. */
const MOST_SIGNATURES = 100;
/** Levels of the largest tree. */
const LONGEST_PATH = 47;

const bytes = such((text) => decodeBase64url(text) !== undefined, 'bytes in base64url');
const hash = such((text) => decodeBase64url(text)?.length === 32, '32 bytes in base64url');
const text = such((value) => value.length > 0 && value.isWellFormed(), 'a text');
const count = integer(0, MAX_TREE_SIZE);
const height = integer(1);
const network = oneOf(['embedded', 'fabric'] as const);
const ucr = such(isUcr, 'a UCR');
const many = <T>(shape: Shape<T>, min = 0): Shape<readonly T[]> => list(shape, { min, max: MOST });

const event = object<BundleEvent>(
  { id: text },
  {
    jws: text,
    envelope: bytes,
    block: integer(1),
    transaction: integer(0),
    leaf: count,
    path: list(hash, { min: 0, max: LONGEST_PATH }),
  },
);

const record = object<BundleRecord>({ key: text, value: text }, {});

const signatures = list(
  object<OrganisationSignature>({ mspId: text, certificate: text, signature: bytes }, {}),
  { min: 1, max: MOST_SIGNATURES },
);

export const signedHeadShape = object<SignedTreeHead>(
  {
    head: object<TreeHead>(
      {
        format: constant(TREE_HEAD_FORMAT),
        network,
        genesisHash: sha256Hex,
        height,
        size: count,
        root: sha256Hex,
      },
      {},
    ),
    signatures,
  },
  {},
);

export const signedStatementShape = object<SignedShipmentStatement>(
  {
    statement: object<ShipmentStatement>(
      {
        format: constant(SHIPMENT_STATEMENT_FORMAT),
        network,
        genesisHash: sha256Hex,
        height,
        ucr,
        events: count,
        root: sha256Hex,
        state: sha256Hex,
        devices: sha256Hex,
      },
      {},
    ),
    signatures,
  },
  {},
);

const key: Shape<PublicJwk> = readWith(readPublicJwk);

/** Nothing but what the commitment covers. */
const opening = object<BundleOpening>(
  { ledger: sha256Hex, subject: text, owner: text, field: text, salt: hash, value: text },
  {},
);

/** A bundle as JSON has it. What it says is not looked at, and members come out in the order of the format. */
export const bundleShape: Shape<EvidenceBundle> = object<EvidenceBundle>(
  {
    format: constant(BUNDLE_FORMAT),
    network,
    kind: oneOf(['blocks', 'proofs'] as const),
    genesisHash: sha256Hex,
    ucr,
    configuration: many(bytes, 1),
    tips: many(bytes),
    blocks: many(bytes),
    events: many(event, 1),
    keys: many(key),
    state: many(record),
    devices: many(record),
    openings: many(opening),
  },
  { head: signedHeadShape, statement: signedStatementShape },
);
