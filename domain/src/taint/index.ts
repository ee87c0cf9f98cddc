export { judgeKey, type ChainedStatement, type JudgedKey, type Standing } from './judge-key.js';
export { judgedKeyOf, type DeviceStep } from './judged-key.js';
export { reachOf, type Reached } from './reach.js';
export { witnessesOf, type Witness, type WitnessTolerances } from './witness.js';
