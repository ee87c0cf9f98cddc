export { BUNDLE_FORMAT } from './bundle.js';
export type { BundleEvent, BundleKind, BundleOpening, BundleRecord, EvidenceBundle } from './bundle.js';
export { MAX_BUNDLE_BYTES, readBundle, readSignedShipmentStatement, writeBundle } from './read-bundle.js';
export { shipmentStatementShape, signaturesShape, signatureShape, treeHeadShape } from './signed-shapes.js';
export { bareEnvelope, packBlock, packTip, trimBlock, unpackBlock } from './trim-block.js';
