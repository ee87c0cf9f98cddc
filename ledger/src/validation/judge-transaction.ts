import { readEnvelope, transactionId } from '../block/index.js';
import { HeaderType, TxValidationCode } from '../proto/index.js';
import { readAction } from './chaincode-action.js';
import { checkEndorsement } from './endorsement-policy.js';
import { isRefusal, refuse } from './refusal.js';
import { checkAction, checkEnvelope, checkLayers } from './well-formed.js';
import { writesAnything } from '../rwset/index.js';
import type { ChannelConfig } from '../config/index.js';
import type { EnvelopeReading } from '../block/index.js';
import type { ActionReading } from './chaincode-action.js';
import type { EndorsementRules } from './endorsement-policy.js';
import type { Refusal } from './refusal.js';
import type { Signatures } from './signatures.js';
import type { TransactionVerdict } from './verdict.js';
import type { Layers } from './well-formed.js';

/** What transactions are judged by, one by one. */
export interface TransactionRules extends EndorsementRules {
  readonly channel: string;
  readonly signatures: Signatures;
  isKnownTransaction(txId: string): boolean;
}
