import { PassageError, prepareTransaction } from '@passage/domain';
import type { Caller as LedgerCaller } from '@passage/domain';

import type { PartyInRole } from '../enrolment/identities.js';
import { gatewayError, refusalOf } from '../errors.js';
import type { ChannelNames } from '../fabric/fabric-ledger.js';
import type { OwnKeyLedger } from '../fabric/ports.js';
import type { Commands, Receipt } from '../submission/commands.js';
import { VALID } from '../submission/commits.js';
import type { Sender } from '../submission/sender.js';
import {
  certifiedParty,
  isSignedByCreator,
  preparedTransaction,
  proposedTransaction,
  readCertificateText,
  readProposal,
  readTransaction,
} from './messages.js';
import type { SignedMessage } from './messages.js';

/** How long a proposal may be signed and endorsed, in milliseconds; peers refuse one that is 15 minutes off. */
const PROPOSAL_LIFE_MS = 600_000;
/** How long a caller waits for the block before the answer is COMMIT_UNKNOWN. */
const PATIENCE_MS = 60_000;

/** The party that a token speaks for. */
export interface OwnKeyCaller extends PartyInRole {
  readonly mspId: string;
}

export interface OwnKeyParts extends ChannelNames {
  readonly ledger: OwnKeyLedger;
  readonly sender: Sender;
  readonly commands: Pick<Commands, 'earlier'>;
  /** MSP ids of the only organisations that may see an act's private part; none where any will do. */
  readonly endorsers: (command: string, argument: string) => Promise<readonly string[]>;
}

/** An act that enough peers have endorsed, or one that had been carried out before. */
export type EndorsedAct =
  | { readonly answer: string; readonly transaction: Uint8Array }
  | { readonly answer: string; readonly receipt: Receipt };

/**
 * Acts of parties that keep their own key. Nothing is remembered between the steps: each message that comes back says what it is,
 * and is let through only for the party of the token. Throws Refusals.
 */
export class OwnKeyActs {
  readonly #parts: OwnKeyParts;

  constructor(parts: OwnKeyParts) {
    this.#parts = parts;
  }

  /** The first message, for the holder of the certificate to check and sign. */
  propose(
    { command, argument, certificate }: { command: string; argument: string; certificate: string },
    transient: ReadonlyMap<string, Uint8Array>,
    caller: OwnKeyCaller,
  ): { readonly proposal: Uint8Array; readonly expiresAt: Date } {
    needCertificateOf(certifiedParty(readCertificateText(certificate)), caller);
    checkForm(command, argument, transient, caller);
    const creator = { mspId: caller.mspId, cert: certificate };
    const proposal = this.#parts.ledger.propose(command, argument, creator, transient);
    return { proposal, expiresAt: new Date(readProposal(proposal).time + PROPOSAL_LIFE_MS) };
  }

  /** Has a signed proposal endorsed; the second message, to check and sign, or the receipt where nothing is left to do. */
  async endorse(bytes: Uint8Array, signature: Uint8Array, caller: OwnKeyCaller): Promise<EndorsedAct> {
    const message = readProposal(bytes);
    this.#need(message, bytes, signature, caller);
    if (message.time + PROPOSAL_LIFE_MS < Date.now()) {
      throw gatewayError('PROPOSAL_EXPIRED', 'the proposal was signed too late', { retryable: true });
    }
    const { command, argument, transient } = message;
    checkForm(command, argument, transient, caller);
    const endorsers = await this.#parts.endorsers(command, argument);
    const { result, payload } = await this.#parts.ledger.endorse(
      proposedTransaction(message, bytes, signature, endorsers),
      signature,
    );
    const receipt = await this.#parts.commands.earlier(result, ledgerCaller(caller), argument);
    return receipt ? { answer: result, receipt } : { answer: result, transaction: payload };
  }

  /** Sends a signed transaction until a verified block shows its fate. */
  async submit(payload: Uint8Array, signature: Uint8Array, caller: OwnKeyCaller): Promise<Receipt> {
    const message = readTransaction(payload);
    this.#need(message, payload, signature, caller);
    const { transactionId, argument } = message;
    const prepared = preparedTransaction(message, payload);
    const commit = await this.#parts.sender.deliver(
      { transactionId, prepared, signature },
      AbortSignal.timeout(PATIENCE_MS),
    );
    if (commit.code !== VALID) this.#parts.sender.refuseDead(commit);
    return {
      requestId: requestIdIn(argument),
      duplicate: false,
      transactionId,
      block: commit.block,
      result: {},
    };
  }

  /** Lets through only what is for our chaincode, by the party of the token, and signed by its key. */
  #need(message: SignedMessage, bytes: Uint8Array, signature: Uint8Array, caller: OwnKeyCaller): void {
    const { channel, chaincode } = this.#parts;
    if (message.channel !== channel || message.chaincode !== chaincode) {
      throw gatewayError('BAD_ARGUMENT', `this is for ${message.chaincode} on ${message.channel}`, {
        next: `Sign what proposeAct of this gateway gives: it serves ${chaincode} on ${channel}.`,
      });
    }
    if (message.mspId !== caller.mspId) throw foreign(`the certificate is one of ${message.mspId}`);
    needCertificateOf(certifiedParty(message.certificate), caller);
    if (!isSignedByCreator(message, bytes, signature)) {
      throw gatewayError('BAD_ARGUMENT', 'the signature does not fit the message and the certificate', {
        next: 'Sign the bytes as they came: ECDSA over SHA-256, DER, low S, by the key of the certificate.',
      });
    }
  }
}

function needCertificateOf(
  { party, role, keyHeldBy }: ReturnType<typeof certifiedParty>,
  caller: OwnKeyCaller,
): void {
  if (party !== caller.party || role !== caller.role) {
    throw foreign(`the certificate is for ${party ?? 'no party'} as ${role ?? 'nothing'}`);
  }
  if (keyHeldBy !== 'party')
    throw foreign('the certificate is for a key that the party does not hold itself');
}

function foreign(message: string): Error {
  return gatewayError('FORBIDDEN', message, {
    next: "Get a token for the certificate's party and role, or a certificate by `passage enroll`.",
    status: 403,
  });
}

function ledgerCaller({ mspId, party, role }: OwnKeyCaller): LedgerCaller {
  return { mspId, admin: false, partyId: party, role, keyHeldBy: 'party' };
}

/** The rules about form and certificate need no state: a refusal comes before any peer is asked. */
function checkForm(
  command: string,
  argument: string,
  transient: ReadonlyMap<string, Uint8Array>,
  caller: OwnKeyCaller,
): void {
  try {
    prepareTransaction(command, argument, ledgerCaller(caller), transient);
  } catch (error) {
    if (error instanceof PassageError) throw refusalOf(error);
    throw error;
  }
}

function requestIdIn(argument: string): string {
  const { requestId } = JSON.parse(argument) as { readonly requestId?: unknown };
  return typeof requestId === 'string' ? requestId : '';
}
