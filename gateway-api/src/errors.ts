import type { PassageError } from '@passage/domain';

/** One row of the gateway's part of docs/errors.md. */
interface GatewayRule {
  readonly meaning: string;
  readonly next: string;
}

function rule(meaning: string, next: string): GatewayRule {
  return { meaning, next };
}

/** Every code this gateway itself answers with; the codes of the custody rules come from `@passage/domain`. */
export const gatewayRules = {
  UNAUTHENTICATED: rule(
    'The request brings no token.',
    'Get a fresh token from the issuer (locally: `passage token`) and send it as `Authorization: Bearer …`.',
  ),
  FORBIDDEN: rule(
    'The token is good, but its caller may not act here: another organisation, no party, or no administrator.',
    "Send it to the gateway of the caller's own organisation, or get a token with the party, role or right.",
  ),
  BAD_ARGUMENT: rule(
    'An argument does not have the form, or is beyond the limit, that the schema names.',
    'Mend the value and ask again.',
  ),
  CURSOR_INVALID: rule(
    'A cursor is none that a gateway has given for this list; `details.pointer` names the argument.',
    "Use `endCursor` or an edge's `cursor` of an earlier page of the same list, or leave it out.",
  ),
  BLOCK_NOT_INDEXED: rule(
    'The answer is asked for as known at a block that this gateway has not verified yet; `details.indexed` is the newest.',
    'Ask for a block that it has, or again once `ledgerStatus` shows the block.',
  ),
  QUERY_INVALID: rule(
    'The request is not one that GraphQL over HTTP and the schema allow; the message says why.',
    'Compare the request with gateway-api/schema.graphql.',
  ),
  QUERY_TOO_DEEP: rule(
    'The request asks for fields deeper inside one another than a gateway follows.',
    'Ask for the deeper part by its own id, in a request of its own.',
  ),
  TOO_MANY_ALIASES: rule(
    'The request renames more fields than a gateway takes.',
    'Ask for less in one request.',
  ),
  TOO_MANY_TOKENS: rule(
    'The text of the request is longer than a gateway reads.',
    'Send values as variables, and ask for less in one request.',
  ),
  QUERY_TOO_COSTLY: rule(
    'The answer could have more fields than a gateway gives at once.',
    'Ask for smaller pages (`first`), or for fewer fields of each element.',
  ),
  EVIDENCE_TOO_LARGE: rule(
    'The evidence bundle would have more events or bytes than a gateway puts together; `details.limit` is how many.',
    'Ask for proofs in place of whole blocks, or for an earlier height; `passage bundle` makes larger ones from a peer.',
  ),
  BATCH_NOT_TAKEN: rule(
    'The body holds several requests.',
    'Send each request by itself; `recordStatements` takes many statements in one.',
  ),
  QUERY_TIMEOUT: rule(
    'The answer to a query was not there in time.',
    'Ask for less at once, or again in a moment.',
  ),
  BLOCK_NOT_REACHED: rule(
    'The request waits for a block that the index did not reach in time.',
    'Send the same request again in a moment; `ledgerStatus` shows how far the index is, and whether it stands still.',
  ),
  OVERLOADED: rule(
    'More is waiting than this gateway takes on.',
    'Send it again after `details.retryAfter` seconds.',
  ),
  TOKEN_MALFORMED: rule(
    'The token is no access token of RFC 9068: its form, its type, or a claim is wrong or missing.',
    'Have the issuer give an access token (`at+jwt`) with the claims of docs/gateway.md.',
  ),
  TOKEN_FORGED: rule(
    "The token's signature was not made by a key of the issuer, or with another algorithm than ES256.",
    "Get a token from the issuer that this gateway trusts; if it is one, compare the gateway's setting of its keys.",
  ),
  TOKEN_NOT_FOR_HERE: rule(
    'The token is of another issuer, or for another audience.',
    'Get a token from the issuer that this gateway trusts, for its audience.',
  ),
  ISSUER_UNAVAILABLE: rule(
    "The issuer's keys cannot be read, so that no token can be checked.",
    'Send the same request again in a moment; if it stays, tell the operator.',
  ),
  TOO_MANY_REQUESTS: rule(
    'The caller has as many requests at once as this gateway carries out for one.',
    'Wait for one of them, or send it again after `retryAfter` seconds.',
  ),
  QUOTA_EXCEEDED: rule(
    'The party or a device sends more statements a minute than this gateway takes from one.',
    'Send it again after `retryAfter` seconds, or fewer at once. Nothing of the request was accepted.',
  ),
  TOKEN_EXPIRED: rule(
    'The token has expired, or expired while its stream went on.',
    'Get a fresh token from the issuer; a stream goes on behind `details.cursor`.',
  ),
  SLOW_READER: rule(
    'More has come on a stream than its reader may leave unread.',
    'Subscribe again with `after: details.cursor`, and read faster or ask for less.',
  ),
  TOO_MANY_STREAMS: rule(
    'The caller, or everybody together, has as many streams open as this gateway serves.',
    'End one, ask for more in one filter, or come back after `details.retryAfter` seconds.',
  ),
  GATEWAY_STOPPING: rule(
    'The gateway stops.',
    'Subscribe again with `after: details.cursor`, here in a moment or at another gateway of the same ledger.',
  ),
  WEBHOOK_REFUSED: rule(
    'The URL of a webhook is none that this gateway calls.',
    'Give an https URL of a public address, or let the operator name its network (docs/webhooks.md).',
  ),
  WEBHOOK_UNKNOWN: rule(
    'The caller has no webhook with this id.',
    'Compare the id with those of `webhooks`.',
  ),
  TOO_MANY_WEBHOOKS: rule(
    'The caller has as many webhooks as this gateway keeps for one.',
    'Remove one, or ask for more in one filter.',
  ),
  ALERT_UNKNOWN: rule(
    'The caller sees no alert with this id, or the gateway has not noticed it yet.',
    'Compare the id with those of `alerts`.',
  ),
  ALERT_CHANGED: rule(
    'Somebody else took a step with the alert since the caller read it; `details` say how it stands.',
    'Read the alert again, and send the step with its newest `version` if it still makes sense.',
  ),
  ALERT_STEP: rule(
    'The alert is at a point of its life that does not have this step; `details.state` says where.',
    'An alert is acknowledged before it is closed, and nothing follows the closing.',
  ),
  ALERT_NOT_YOURS: rule(
    'The alert is assigned to somebody else, or was acknowledged by somebody else.',
    'Have it assigned to you, or leave it to whom `details.assignedTo` names.',
  ),
  ASSIGNEE_UNKNOWN: rule(
    'The party to which an alert is to be assigned does not look after alerts at the same desk.',
    'Name a registered party of the same customs or port; any other party is at a desk of its own.',
  ),
  LEDGER_UNAVAILABLE: rule(
    'The peer, or enough endorsing peers, cannot be reached.',
    'Send the same request again, with the same request id; `./test-network.sh status` shows what is down.',
  ),
  LEDGER_REFUSED: rule(
    'Peers or orderers refused for a reason that is not a custody rule.',
    "Check the organisation's certificates and that the chaincode is installed (`./test-network.sh doctor`).",
  ),
  ENDORSEMENT_MISMATCH: rule(
    'The endorsing peers did not come to the same result; `endorsers` has every answer.',
    'Send it again in a moment: peers may have stood at different blocks. If it stays, compare their chaincode.',
  ),
  COMMIT_UNKNOWN: rule(
    'The transaction was sent, and no verified block has shown it yet.',
    'Send the same request again, with the same request id: it happens once.',
  ),
  CONFLICT_PERSISTS: rule(
    'Others changed the same record each time the transaction was proposed.',
    'Nothing was written. Send the same request again, with the same request id.',
  ),
  PROPOSAL_EXPIRED: rule(
    'A proposal that a party was to sign with its own key came back too late.',
    'Ask for a new proposal with the same request id, and sign it within ten minutes.',
  ),
  TRANSACTION_INVALID: rule(
    'A block holds the transaction as invalid; `details.validationCode` says why.',
    'Nothing was written. Look at the validation code, then send it again.',
  ),
  ENROLMENT_FAILED: rule(
    "The organisation's CA gave no certificate for the party.",
    "Check that the organisation's CA runs (`./test-network.sh doctor`), then send the same request again.",
  ),
  CONFIG_INVALID: rule(
    'The gateway cannot start as it is configured; `details.problems` lists everything that is wrong.',
    'Mend what is listed and start again; `./test-network.sh up` writes profile.json and trust.json.',
  ),
  FOLDER_IN_USE: rule(
    'Another gateway uses the same folder.',
    'Stop the other one first (`./test-network.sh status` shows it), or use another folder.',
  ),
  INDEX_IN_USE: rule(
    'Another gateway writes the index in the database that PASSAGE_INDEX_URL names.',
    'Give each gateway a database of its own, or stop the other one first.',
  ),
  INDEX_UNAVAILABLE: rule(
    "The database of the gateway's index cannot be reached.",
    'Send the same request again in a moment; if it stays, tell the operator.',
  ),
  INDEX_NOT_VERIFIED: rule(
    'The index was rebuilt by links alone, and the other checks are not made up yet: nothing is signed for others.',
    'Have the operator run `passage index-verify`, then send the same request again.',
  ),
  STORAGE_FULL: rule(
    "The gateway's disk is full; nothing was accepted.",
    'Make room on the disk of the running state, then send it again.',
  ),
  BLOCK_DIFFERS: rule(
    'A block that was read again from the own peer is not the one that was verified (`recheck`).',
    "Have the operator compare the peer's blocks with another organisation's (`passage compare`); what the index holds stands.",
  ),
  INDEX_ROW_DIFFERS: rule(
    "A row of this gateway's index is not what its block gives (`recheck`): the index, or the peer's validation flags, were altered.",
    'Do not rest on the answer. Have the operator run `passage index-verify`, and rebuild the index.',
  ),
  STORAGE_DAMAGED: rule(
    "The gateway's outbox cannot be read; what waits in it is on no ledger yet. Nothing was changed.",
    'Restore operational.sqlite from a copy; or move it away, start again, and have the devices send what they signed last.',
  ),
  BACKUP_UNUSABLE: rule(
    'The backup is of another ledger or another gateway, or is not the file that was saved.',
    'Take the backup that belongs to this gateway and to the ledger in trust.json.',
  ),
  BACKUP_OLDER: rule(
    'What is in place was written to after the backup was made: restoring would lose it.',
    'Take a newer backup; or, where what is there is to be given up, move operational.sqlite away first.',
  ),
  INTERNAL: rule(
    'A fault of the gateway itself.',
    'Nothing you sent explains it. Tell the operator the id in the message; it stands in the log.',
  ),
} as const satisfies Record<string, GatewayRule>;

/** One of the gateway's own stable codes: a literal, never derived from a class name. */
export type GatewayCode = keyof typeof gatewayRules;

/** What one endorsing peer answered: its MSP, its address, its words. */
export interface EndorserAnswer {
  readonly mspId: string;
  readonly address: string;
  readonly message: string;
}

/** What an error tells besides its sentence. */
export interface RefusalFacts {
  /** What the caller can do next, as one sentence. */
  readonly next?: string;
  /** True when the very same request may succeed later. */
  readonly retryable?: boolean;
  readonly transactionId?: string;
  readonly endorsers?: readonly EndorserAnswer[];
  /** Machine-readable particulars, for example the refused statements of a batch. */
  readonly details?: unknown;
  /** HTTP status when this is the reason the whole request fails. */
  readonly status?: number;
  readonly cause?: unknown;
}

/**
 * An expected failure: a code out of a closed list (the gateway's or the domain's), a sentence, what to do next.
 * It reaches GraphQL clients as `extensions`; anything else that is thrown is masked as `INTERNAL`.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly facts: RefusalFacts;

  constructor(code: string, message: string, facts: RefusalFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.facts = facts;
  }
}

/** One of the gateway's own errors; what to do next is the table's unless the facts say it better. */
export function gatewayError(code: GatewayCode, message: string, facts: RefusalFacts = {}): Refusal {
  return new Refusal(code, message, { next: gatewayRules[code].next, ...facts });
}

/** A refusal of the custody rules, as this gateway passes it on: the same code, sentence and next step. */
export function refusalOf(error: PassageError, facts: RefusalFacts = {}): Refusal {
  const retryable = error.family === 'unavailable';
  return new Refusal(error.code, error.message, {
    next: error.next,
    retryable,
    details: error.details,
    cause: error,
    ...facts,
  });
}

/** The sentence of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
