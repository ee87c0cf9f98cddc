import { decode } from '../codec/index.js';
import { LedgerError } from '../errors.js';
import {
  ChaincodeAction,
  ChaincodeActionPayload,
  ChaincodeInvocationSpec,
  ChaincodeProposalPayload,
  ProposalResponsePayload,
  Transaction,
} from '../proto/index.js';
import type { ChaincodeInput, Endorsement } from '../proto/index.js';

/** The one action of an endorser transaction, taken apart. */
export interface EndorserTransaction {
  /** The signature header, once more, as it stands in the action. */
  readonly actionHeader: Uint8Array;
  /** Chaincode proposal payload without its transient map: what the proposal hash covers. */
  readonly visiblePayload: Uint8Array;
  /** What every endorser signed, followed by its own identity. */
  readonly responsePayloadBytes: Uint8Array;
  readonly responsePayload: ProposalResponsePayload;
  readonly chaincodeAction: ChaincodeAction;
  readonly endorsements: readonly Endorsement[];
}

/**
 * Takes apart the data of an ENDORSER_TRANSACTION payload that is as it should be.
 *
 * @throws LedgerError MALFORMED_MESSAGE where a part is missing or cannot be read. A validator that must tell apart which
 *   code a broken transaction gets reads the layers one by one itself.
 */
export function readEndorserTransaction(payloadData: Uint8Array): EndorserTransaction {
  const { actions } = decode(Transaction, payloadData);
  const [action] = actions;
  if (action === undefined || actions.length > 1) {
    throw new LedgerError('MALFORMED_MESSAGE', `a transaction of ${String(actions.length)} actions`);
  }
  const { action: endorsed, chaincodeProposalPayload } = decode(ChaincodeActionPayload, action.payload);
  if (endorsed === undefined) throw new LedgerError('MALFORMED_MESSAGE', 'a transaction without its action');
  const responsePayload = decode(ProposalResponsePayload, endorsed.proposalResponsePayload);
  return {
    actionHeader: action.header,
    visiblePayload: chaincodeProposalPayload,
    responsePayloadBytes: endorsed.proposalResponsePayload,
    responsePayload,
    chaincodeAction: decode(ChaincodeAction, responsePayload.extension),
    endorsements: endorsed.endorsements,
  };
}

/**
 * Name and arguments of the chaincode that a proposal payload calls.
 *
 * @throws LedgerError MALFORMED_MESSAGE
 */
export function readInvocation(proposalPayload: Uint8Array): { name: string; input: ChaincodeInput } {
  const { input } = decode(ChaincodeProposalPayload, proposalPayload);
  const { chaincodeSpec } = decode(ChaincodeInvocationSpec, input);
  if (chaincodeSpec?.input === undefined) {
    throw new LedgerError('MALFORMED_MESSAGE', 'a proposal without arguments');
  }
  return { name: chaincodeSpec.chaincodeId?.name ?? '', input: chaincodeSpec.input };
}
