export { inspectionAnswers, type AcknowledgementRecord } from './acknowledgement-record.js';
export { readImageClaim, type ImageClaim } from './image-statement.js';
export {
  inspectionOutcomes,
  inspectionKinds,
  inspectionResults,
  type InspectionRecord,
} from './inspection-record.js';
export { inspectionStatus, inspectionStatuses, resultOf } from './inspection-steps.js';
export { turnaround, turnaroundSteps } from './turnaround.js';
