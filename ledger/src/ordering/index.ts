export { blockSignatureMessage, goodBlockSignatures, verifyBlockSignatures } from './block-signatures.js';
export type { BlockSignatures } from './block-signatures.js';
export { signatureFaults } from './signature-faults.js';
export { bftQuorum } from './quorum.js';
export { signBlock } from './sign-block.js';
export type { ConsenterSigner } from './sign-block.js';
