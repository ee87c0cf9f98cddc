export {
  askedNetwork,
  type AskedNetwork,
  describeChoice,
  networkCommand,
  withNetwork,
  withWhere,
} from './command.js';
export type { Choice, NetworkKind } from './held-network.js';
export { ControlError, controlErrorCodes, type ControlErrorCode } from './errors.js';
export { fabricPrograms, type FabricPrograms } from './fabric.js';
export { layout, type Layout, type Organization, organizations } from './layout.js';
export { type Added, addOrganization, type AddOptions } from './add-organization.js';
export { down } from './down.js';
export { type ChaincodePackage, packageChaincode } from './package-chaincode.js';
export { type Health, status } from './status.js';
export { upgrade, type Upgraded } from './upgrade.js';
export { type Started, up, type UpOptions } from './up.js';
