/** One row of the client's part of docs/errors.md. */
interface ClientRule {
  readonly meaning: string;
  readonly next: string;
}

function rule(meaning: string, next: string): ClientRule {
  return { meaning, next };
}

const DISTRUST =
  'Nothing was signed. Do not send it again through this gateway before its operator has explained the difference.';

/** Every reason for which the client does not sign, or cannot finish; a row of docs/errors.md each, in this order. */
export const clientRules = {
  MESSAGE_MALFORMED: rule('What is to be signed is no Fabric message, or holds more than one.', DISTRUST),
  CHANNEL_DIFFERS: rule('The message is for another channel than was asked for.', DISTRUST),
  CHAINCODE_DIFFERS: rule('The message calls another chaincode than was asked for.', DISTRUST),
  ARGUMENTS_DIFFER: rule('The message has another act, or another input, than was asked for.', DISTRUST),
  TRANSIENT_DIFFERS: rule('The message brings other transient data than was asked for.', DISTRUST),
  CREATOR_DIFFERS: rule('The message names another creator than the one who is to sign.', DISTRUST),
  TIME_DIFFERS: rule(
    'The time in the message is not the time here.',
    "Nothing was signed. Compare this machine's clock with the gateway's, then send it again.",
  ),
  TRANSACTION_ID_DIFFERS: rule('The transaction id does not follow from creator and nonce.', DISTRUST),
  PROPOSAL_DIFFERS: rule('The transaction does not carry the proposal that was signed first.', DISTRUST),
  RESULT_DIFFERS: rule(
    'The transaction does not say that this act was carried out, or not with the result that the gateway tells.',
    DISTRUST,
  ),
  WRITES_DIFFER: rule(
    'The transaction would write under another chaincode, or does not remember this very request.',
    DISTRUST,
  ),
  NOT_CONFIRMED: rule(
    'Whoever was asked to confirm the act did not.',
    'Nothing was sent to the orderers. Send it again when it is wanted.',
  ),
  KEY_UNUSABLE: rule(
    'The key cannot sign: it is no P-256 key, or not the one of the certificate.',
    'Give the key that the certificate was issued for.',
  ),
  GATEWAY_REFUSED: rule(
    'The gateway or the ledger refused; `details.code` is the code of the refusal, which has a row of its own.',
    'Do what that row says; the same request id may be used again.',
  ),
  GATEWAY_UNREACHABLE: rule(
    'The gateway gave no answer that can be read.',
    'Send the same act again with the same request id: it happens once.',
  ),
  ACT_UNFINISHED: rule(
    'The act was proposed several times, and each time others were quicker or the proposal expired.',
    'Send the same act again with the same request id: it happens once.',
  ),
} as const satisfies Record<string, ClientRule>;

/** One of the client's stable codes: a literal, never derived from a class name. */
export type ClientCode = keyof typeof clientRules;

/** Why the client did not sign, or what became of the act. `details` are JSON. */
export class ClientError extends Error {
  readonly code: ClientCode;
  readonly next: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ClientCode,
    sentence: string,
    { details = {}, cause }: { details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(sentence, { cause });
    this.name = 'ClientError';
    this.code = code;
    this.next = clientRules[code].next;
    this.details = details;
  }
}
