export { approversOf, isAgreed, organizationsOf } from './agreement.js';
export {
  parameterNames,
  parameterTable,
  type OriginRule,
  type ParameterName,
  type Parameters,
  type Silence,
} from './parameter-table.js';
export { defaultParameters, withDefaults, type ParameterChanges } from './parameters.js';
export type { ParametersInForce, ParametersRecord } from './parameters-record.js';
export type { ApprovalRecord, ProposalRecord, ProposalStatus } from './proposal-record.js';
