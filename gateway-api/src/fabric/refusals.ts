import { status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { decodeContractError } from '@passage/domain';

import { Refusal, gatewayError, messageOf, refusalOf } from '../errors.js';
import type { EndorserAnswer } from '../errors.js';

/** gRPC codes after which the same proposal may well succeed. */
const PASSING: readonly number[] = [
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.RESOURCE_EXHAUSTED,
  status.FAILED_PRECONDITION,
];

/**
 * What an error of evaluating or endorsing means. Peers pass on only the chaincode's message, so our codes are read out
 * of `details[].message` (or the message itself); every endorser's answer is kept. Endorsers that disagree are
 * `ENDORSEMENT_MISMATCH`.
 */
export function refusalOfPeers(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (!(error instanceof GatewayError)) return unavailable(messageOf(error), error);
  const endorsers: EndorserAnswer[] = error.details.map(({ mspId, address, message }) => ({
    mspId,
    address,
    message,
  }));
  const transactionId = transactionIdOf(error);
  const facts = { endorsers, cause: error, ...(transactionId !== undefined && { transactionId }) };

  const texts = endorsers.length > 0 ? endorsers.map((e) => e.message) : [error.message];
  const contract = texts.map(decodeContractError);
  const first = contract.find((e) => e !== undefined);
  const agreed = contract.every((e) => e?.code === first?.code);
  if (first && agreed) return refusalOf(first, facts);
  if (first || texts.some((text) => text.includes('ProposalResponsePayloads do not match'))) {
    return gatewayError('ENDORSEMENT_MISMATCH', 'the endorsing peers did not come to the same result', {
      ...facts,
      retryable: true,
    });
  }
  const passing = PASSING.includes(error.code) || error.message.includes('exceeding concurrency limit');
  if (passing || texts.some(isSilentChaincode)) {
    return unavailable(texts.join('; '), error, facts);
  }
  return gatewayError('LEDGER_REFUSED', `the peers refused: ${texts.join('; ')}`, {
    ...facts,
  });
}

/**
 * The chaincode did not answer: it could not be started, died, or took too long. A peer words all of these as a failed
 * simulation (F:core/endorser/endorser.go, simulateProposal); what the chaincode itself refuses is a `chaincode response`.
 */
function isSilentChaincode(text: string): boolean {
  return text.includes('error in simulation') || text.includes('could not launch chaincode');
}

/** What an error of handing a transaction to the orderers means: final, or merely in doubt. */
export function isFinalOrdererRefusal(error: unknown): boolean {
  if (!(error instanceof GatewayError) || error.details.length === 0) return false;
  return error.details.every((d) => /status=(FORBIDDEN|BAD_REQUEST)/.test(d.message));
}

/** What the orderers themselves said, each sentence once; else what the peer said of them. */
export function wordsOfOrderers(error: unknown): string {
  const said = error instanceof GatewayError ? error.details.map(({ message }) => message) : [];
  return said.length === 0 ? messageOf(error) : [...new Set(said)].join('; ');
}

function unavailable(reason: string, cause: unknown, facts: object = {}): Refusal {
  return gatewayError('LEDGER_UNAVAILABLE', `the ledger cannot be reached: ${reason}`, {
    retryable: true,
    cause,
    ...facts,
  });
}

function transactionIdOf(error: object): string | undefined {
  return 'transactionId' in error && typeof error.transactionId === 'string'
    ? error.transactionId
    : undefined;
}
