export { certificateStatuses, criteria, type CertificateRecord } from './certificate/certificate-record.js';
export type { DrawdownRecord } from './certificate/drawdown-record.js';
export type { LotRecord } from './lot/lot-record.js';
export type { Share, StockShare } from './stock.js';
export {
  traceOrigin,
  type OriginRecords,
  type OriginStep,
  type OriginTrace,
  type TraceBounds,
} from './trace/trace-origin.js';
export { transform } from './transformation/transform.js';
export type { TransformationRecord } from './transformation/transformation-record.js';
