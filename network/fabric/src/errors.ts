import { CodedError, type ErrorFacts } from '@passage/enrolment';

/** Every refusal of Fabric's network that a person can act on, in the order of `docs/errors.md`. */
export const fabricErrorCodes = {
  USAGE: {
    meaning: 'The command line is not as it should be.',
    next: 'Follow the usage in the message.',
  },
  PROGRAM_MISSING: {
    meaning: "One of Fabric's programs is neither on the PATH nor in FABRIC_BIN; the message names it.",
    next: 'Put the folder of the programs on the PATH or into FABRIC_BIN; docs/fabric.md says where they come from.',
  },
  PROGRAM_FAILED: {
    meaning: "One of Fabric's programs refused; the message has its own words.",
    next: 'Read the log of the peer or orderer that the message names, then run up again: what is done stays done.',
  },
  CA_REFUSED: {
    meaning: "An organisation's CA gave no certificate, or cannot be reached.",
    next: 'Read the log of that CA, then run up again.',
  },
  MEMBER_EXISTS: {
    meaning: 'The folder is that of an organisation already, and with other names or addresses.',
    next: 'Take another folder, or give the values that organization.json holds.',
  },
  MEMBER_UNKNOWN: {
    meaning: 'The folder is not that of one organisation.',
    next: 'Begin with passage network member init.',
  },
  CARD_UNUSABLE: {
    meaning: "Another organisation's card is missing, is none, or is not the one that we had.",
    next: 'Ask that organisation for its card.json, and compare the fingerprints with it by another way.',
  },
  GENESIS_DIFFERS: {
    meaning:
      'The genesis block of another organisation does not say what our own cards and configtx.yaml say.',
    next: 'Do not join: compare cards and program versions with that organisation.',
  },
  DEFINITION_WAITS: {
    meaning: "The chaincode's definition is not in force yet: the channel or others' approvals are missing.",
    next: 'Run it again when the others have come as far; what is done stays done.',
  },
  LEDGER_MISMATCH: {
    meaning: 'The trust file names another genesis block than the network starts with.',
    next: 'Bring back the network that belongs to the trust file; remove the file only if you mean to trust this one.',
  },
  ENDORSEMENT_UNPROVED: {
    meaning: 'The organisations did not all endorse through one of the gateways in time.',
    next: 'Read the logs of the peers and the chaincode servers, then run up again.',
  },
} as const;

export type FabricErrorCode = keyof typeof fabricErrorCodes;

/** An expected failure: a code of {@link fabricErrorCodes}, a sentence, and the next step. */
export class FabricError extends CodedError<FabricErrorCode> {
  override readonly name = 'FabricError';

  constructor(code: FabricErrorCode, sentence: string, facts?: ErrorFacts) {
    super(fabricErrorCodes, code, sentence, facts);
  }
}
