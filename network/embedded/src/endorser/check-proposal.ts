import { HeaderType, toHex, transactionId } from '@passage/ledger';
import type { Timestamp } from '@passage/ledger';

import type { Access } from '../access/access.js';
import type { Ledger } from '../network.js';
import { ProposalError } from './proposal-error.js';
import { creatorSignature } from './proposal.js';
import type { UnpackedProposal } from './proposal.js';
import { isSystemChaincode } from './system-chaincodes.js';

/** peer.authentication.timewindow */
const TIME_WINDOW_MS = 15 * 60_000;

/**
 * Everything that a peer checks before it runs a proposal, in its order: the filters before the endorser (F:core/handlers/
 * auth/filter), then the endorser's own checks (F:core/endorser/endorser.go, preProcess).
 *
 * @throws ProposalError
 */
export function checkProposal(proposal: UnpackedProposal, ledger: Ledger, access: Access): void {
  const now = Date.now();
  checkExpiry(proposal, access, now);
  checkClock(proposal.channelHeader.timestamp, now);
  if (proposal.channelHeader.channelId !== ledger.channel) return;
  checkForm(proposal);
  checkCreator(proposal, access);
  checkNew(proposal, ledger);
  if (!isSystemChaincode(proposal.chaincode)) checkPermission(proposal, access);
}

function checkExpiry({ signatureHeader }: UnpackedProposal, access: Access, now: number): void {
  if (now > access.expiresAt(signatureHeader.creator))
    throw new ProposalError('filter', 'proposal client identity expired');
}

function checkClock(timestamp: Timestamp | undefined, now: number): void {
  const proposed = (timestamp?.seconds ?? 0) * 1000 + Math.floor((timestamp?.nanos ?? 0) / 1e6);
  if (Math.abs(proposed - now) <= TIME_WINDOW_MS) return;
  const sentence = `request unauthorized due to incorrect timestamp ${rfc3339(proposed)}, peer time ${rfc3339(now)}`;
  throw new ProposalError('filter', `${sentence}, peer.authentication.timewindow 15m0s`);
}

/** Seconds are enough, and what Fabric prints. A time that no calendar has is shown as the number it is. */
function rfc3339(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString().replace(/\.\d+Z$/, 'Z');
}

function checkForm({ channelHeader, signatureHeader, signed }: UnpackedProposal): void {
  const { type, epoch, txId } = channelHeader;
  const { nonce, creator } = signatureHeader;
  if (type !== HeaderType.ENDORSER_TRANSACTION && type !== HeaderType.CONFIG) {
    throw invalid(`invalid header type ${type}`);
  }
  if (epoch !== 0) throw invalid('epoch is non-zero');
  if (nonce.length === 0) throw invalid('nonce is empty');
  if (creator.length === 0) throw invalid('creator is empty');
  const expected = transactionId(nonce, creator);
  if (txId !== expected) throw invalid(`incorrectly computed txid '${txId}' -- expected '${expected}'`);
  if (signed.signature.length === 0) throw invalid('empty signature bytes');
}

/** The peer's log knows more; the client is told no more than this. */
function checkCreator(proposal: UnpackedProposal, access: Access): void {
  const denied = `access denied: channel [${proposal.channelHeader.channelId}] creator org`;
  const { message, identity, signature } = creatorSignature(proposal);
  const creator = access.identify(identity);
  if (creator === undefined) throw invalid(`${denied} unknown, creator is malformed`);
  if (!creator.isValid || !creator.verify(message, signature)) throw invalid(`${denied} [${creator.mspId}]`);
}

function checkNew({ channelHeader, signatureHeader }: UnpackedProposal, ledger: Ledger): void {
  const { txId } = channelHeader;
  if (ledger.commitStatus(txId) === undefined) return;
  const creator = toHex(signatureHeader.creator);
  throw new ProposalError('check', `duplicate transaction found [${txId}]. Creator [${creator}]`);
}

function checkPermission(proposal: UnpackedProposal, access: Access): void {
  const denial = access.denial('peer/Propose', creatorSignature(proposal));
  if (denial !== undefined) throw new ProposalError('check', denial);
}

function invalid(message: string): ProposalError {
  return new ProposalError('check', `error validating proposal: ${message}`);
}
