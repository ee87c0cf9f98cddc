import { customsPolicy } from '../../customs/held-keys.js';
import { guard } from '../../customs/customs-word.js';
import { PassageError } from '../../errors/passage-error.js';
import { openProposal } from '../../parameters/proposal.js';
import { proposalDigest, type ApprovalRecord, type ApprovalWord } from '../../parameters/proposal-record.js';
import { customsMspId } from '../../party/roles.js';
import { entry, type StateEntry } from '../../state/codec.js';
import { keys } from '../../state/keys.js';
import type { WorldView } from '../../state/world-view.js';
import { proposalOf, sayOf, type ProposalRef, type Say } from './say.js';
import type { ProposalRecord } from '../../parameters/proposal-record.js';

/** An organisation's word on a proposal, and what it stands on. */
export interface WordOnProposal {
  readonly say: Say;
  readonly proposal: ProposalRecord;
  readonly said: ApprovalRecord;
  /** What saying it writes. */
  readonly writes: readonly StateEntry[];
}

/**
 * Says an organisation's word on a proposal. It may say another one as long as the proposal is open. Customs' word is kept like all
 * its words: it counts only under customs' policy.
 *
 * @throws PassageError LEDGER_NOT_INITIALISED, NO_SAY, PROPOSAL_UNKNOWN, PROPOSAL_CLOSED, PROPOSAL_OUTDATED, WORD_GIVEN
 */
export function sayWord(
  word: ApprovalWord,
  about: ProposalRef & { readonly reason?: string },
  mspId: string,
  view: WorldView,
  at: string,
): WordOnProposal {
  const say = sayOf(mspId, view);
  const proposal = openProposal(proposalOf(about, view), say.inForce);
  const key = keys.approval(about.proposedBy, about.proposal, mspId);
  const digest = proposalDigest(proposal);
  const before = view.get(key);
  if (before?.word === word && before.digest === digest) {
    const message = `${mspId} has ${word} the proposal ${about.proposal} already`;
    throw new PassageError('WORD_GIVEN', message, { mspId, word, at: before.at });
  }
  const { reason } = about;
  const said: ApprovalRecord = { v: 1, word, digest, at, ...(reason !== undefined && { reason }) };
  const isFirstOfCustoms = mspId === customsMspId && before === undefined;
  const writes = isFirstOfCustoms
    ? [entry(key, said, { policy: customsPolicy(customsMspId) }), guard(customsMspId)]
    : [entry(key, said)];
  return { say, proposal, said, writes };
}
