export {
  adminCaller,
  cast,
  castMembers,
  certifier,
  opening,
  partyCaller,
  registerCertifier,
  shipmentInput,
  testLedger,
  testUcr,
  type CastMember,
  type Play,
} from './cast.js';
export { DeviceLife, idOf } from './device-life.js';
export { actEvent, StatementStage } from './statement-stage.js';
export { oldLedger, oldLedgerNames, type OldLedgerName } from './old-ledgers.js';
export { observation, TestDevice } from './test-device.js';
export { TestWorld, type Played } from './test-world.js';
export {
  people,
  prologue,
  scenarios,
  scenesOf,
  type Expectation,
  type Scenario,
  type Scene,
} from './scenarios/index.js';
export { InspectionStage, testContainer } from './inspection-stage.js';
export { imageHash, scanEvent } from './scan-event.js';
