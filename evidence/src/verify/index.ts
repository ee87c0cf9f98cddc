export { BUNDLE_CHECKS, BUNDLE_FAULTS } from './verdict.js';
export type { BundleCheck, BundleFault, BundleVerdict, VerdictLine } from './verdict.js';
export { verifyBundle } from './verify-bundle.js';
export type { BundleTrust } from './verify-bundle.js';
