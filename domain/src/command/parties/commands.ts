import type { Operation } from '../operation.js';
import { decideAeo } from './decide-aeo.js';
import { grantMandate } from './grant-mandate.js';
import { init } from './init.js';
import { registerParty } from './register-party.js';
import { updateParty } from './update-party.js';
import { withdrawMandate } from './withdraw-mandate.js';

/** Parties, their trusted-trader status and who may act for whom. */
export const partyCommands: readonly Operation[] = [
  init,
  registerParty,
  updateParty,
  decideAeo,
  grantMandate,
  withdrawMandate,
];
