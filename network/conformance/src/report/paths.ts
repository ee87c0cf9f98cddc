import { fileURLToPath } from 'node:url';

/** The checkout, and where in it the suite keeps what it has recorded. */
export const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));
export const RECORDS = `${REPOSITORY}docs/conformance`;
export const REASONS = `${RECORDS}/reasons.json`;
export const REPORT = `${REPOSITORY}docs/conformance.md`;
/** What was last seen on Fabric: machines without its programs hold the embedded network against that. */
export const FABRIC_OBSERVATIONS = `${REPOSITORY}network/conformance/recorded/fabric.jsonl`;
