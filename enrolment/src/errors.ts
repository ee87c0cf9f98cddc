import { CodedError, type ErrorFacts } from './coded-error.js';

/** Every refusal of `passage enroll` and of the parts under it, in the order of `docs/errors.md`. */
export const enrolmentErrorCodes = {
  CA_UNREACHABLE: {
    meaning: 'The CA cannot be reached, or what answers is no CA.',
    next: 'Check its address and the file of its TLS root (--ca-url, --tls-root), and that it runs.',
  },
  CA_REFUSED: {
    meaning: 'The CA refused; the message has its own words.',
    next: 'Mend what the CA names, then run the same command again.',
  },
  SECRET_REFUSED: {
    meaning: 'The CA does not take this id with this secret.',
    next: 'Check both. A secret counts once: ask the registrar for another (`passage enroll reset`).',
  },
  CERTIFICATE_REFUSED: {
    meaning: 'The CA does not take this certificate: it has ended, is revoked, or is of another CA.',
    next: 'Enrol anew with a secret of the registrar (`passage enroll reset` gives one).',
  },
  NOT_ALLOWED: {
    meaning: 'The CA knows who asks, and that identity may not do this.',
    next: "Ask with the organisation's registrar or administrator.",
  },
  ID_TAKEN: {
    meaning: 'The CA has registered this id already.',
    next: 'Choose another with --id. If its owner lost the key or the secret, use `passage enroll reset`.',
  },
  ID_UNKNOWN: {
    meaning: 'The CA has registered no such id.',
    next: 'Check the spelling; `passage enroll list` shows every id, `passage enroll register` makes one.',
  },
  PROFILE_UNUSABLE: {
    meaning: 'The connection profile cannot be read, or knows no such organisation.',
    next: 'Name the folder of profile.json with --dir and the organisation with --org, or give --ca-url and --tls-root.',
  },
  IDENTITY_UNUSABLE: {
    meaning: 'The folder of an identity cannot be used as it is; the message says why.',
    next: 'Restore it from a copy, or enrol into a new folder.',
  },
  KEY_UNUSABLE: {
    meaning: 'The private key cannot be used; the message says why.',
    next: 'Give a P-256 key (PKCS#8 PEM) that this user may read, or the name of a file that does not exist yet.',
  },
  TOKEN_UNUSABLE: {
    meaning: 'The PKCS#11 token cannot be used; the message says why.',
    next: 'Check --pkcs11-module, --pkcs11-token and the PIN; docs/enrolment.md says what has to be installed.',
  },
  FILE_UNUSABLE: {
    meaning: 'A file cannot be read or written.',
    next: 'Choose one that this user may read or write.',
  },
  CHANNEL_UNREACHABLE: {
    meaning: "The organisation's peer or orderer cannot be reached, or does not answer as one.",
    next: 'See that the network runs (`./test-network.sh status`), then run the same command again.',
  },
  CHANNEL_REFUSED: {
    meaning: 'The channel did not take the revocation list; the message has the words of the orderer.',
    next: "Run `passage enroll crl` with the organisation's administrator, whose signature is enough for it.",
  },
} as const;

export type EnrolmentErrorCode = keyof typeof enrolmentErrorCodes;

/** An expected failure: a code of {@link enrolmentErrorCodes}, a sentence, and the next step. */
export class EnrolmentError extends CodedError<EnrolmentErrorCode> {
  override readonly name = 'EnrolmentError';

  constructor(code: EnrolmentErrorCode, sentence: string, facts?: ErrorFacts) {
    super(enrolmentErrorCodes, code, sentence, facts);
  }
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
