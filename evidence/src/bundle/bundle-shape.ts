import { decodeBase64url, readPublicJwk } from '@passage/domain';
import { constant, integer, list, object, oneOf, readWith, sha256Hex, such } from '@passage/domain/shapes';
import { BUNDLE_FORMAT } from './bundle.js';
import {
  bytes,
  network,
  signedHeadShape,
  signedStatementShape,
  text,
  treeSize,
  ucr,
} from './signed-shapes.js';
import type { PublicJwk } from '@passage/domain';
import type { Shape } from '@passage/domain/shapes';
import type { BundleEvent, BundleOpening, BundleRecord, EvidenceBundle } from './bundle.js';

const MOST = 100_000;
/** Levels of the largest tree. */
const LONGEST_PATH = 47;

const hash = such((text) => decodeBase64url(text)?.length === 32, '32 bytes in base64url');
const many = <T>(shape: Shape<T>, min = 0): Shape<readonly T[]> => list(shape, { min, max: MOST });

const event = object<BundleEvent>(
  { id: text },
  {
    jws: text,
    envelope: bytes,
    block: integer(1),
    transaction: integer(0),
    leaf: treeSize,
    path: list(hash, { min: 0, max: LONGEST_PATH }),
  },
);

const record = object<BundleRecord>({ key: text, value: text }, {});

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
