export { callerOf } from './caller.js';
export { PassageContract } from './contract.js';
export { eventName, invoke } from './invoke.js';
