/** Every way in which starting, stopping or examining the processes can fail, and what to do about it. */
export const controlErrorCodes = {
  PORT_IN_USE: {
    meaning: 'Another program listens on a port that is needed.',
    next: 'Stop that program, or take other ports with `--base-port`.',
  },
  PROCESS_FAILED: {
    meaning: 'A process ended before it was ready; the message has its last words.',
    next: 'Read the log file that the message names.',
  },
  PROCESS_SLOW: {
    meaning: 'A process was not ready in time and was stopped.',
    next: 'Read the log file that the message names; if the machine is busy, run up again.',
  },
  FOLDER_UNUSABLE: {
    meaning: 'The folder of the running state cannot be made, read or written.',
    next: 'Choose a folder that this user may write, with `--dir`.',
  },
  OTHER_NETWORK: {
    meaning:
      'The folder holds the other kind of network; a ledger is never continued by another network than its own.',
    next: 'Leave out `--fabric` and `--embedded` to continue it, choose another folder with `--dir`, or forget it with `./test-network.sh reset`.',
  },
  RUNS_OTHERWISE: {
    meaning: 'What runs here was started with other ports, or in the other chaincode mode.',
    next: 'Run `./test-network.sh down` first, or leave out `--base-port`, `--faithful` and `--no-faithful` to go on as it is.',
  },
  FABRIC_UNUSABLE: {
    meaning: "Fabric's own programs cannot be used here; the message says why.",
    next: 'Mend what the message names, or take `--embedded` in another folder.',
  },
  NOT_STARTED: {
    meaning: 'The folder holds no network.',
    next: 'Start one with `./test-network.sh up`, or name its folder with `--dir`.',
  },
  ORGANIZATION_UNUSABLE: {
    meaning: 'An organisation cannot join under this name or MSP id; the message says why.',
    next: 'Choose another name, and with `--msp` another MSP id.',
  },
  NOT_BUILT: {
    meaning: 'A program is not compiled.',
    next: 'Run `./test-network.sh up`, which builds first.',
  },
} as const;

export type ControlErrorCode = keyof typeof controlErrorCodes;

/** An expected failure: a code of {@link controlErrorCodes}, a sentence, and the next step. */
export class ControlError extends Error {
  override readonly name = 'ControlError';

  readonly code: ControlErrorCode;

  constructor(code: ControlErrorCode, sentence: string) {
    super(`${code}: ${sentence} ${controlErrorCodes[code].next}`);
    this.code = code;
  }
}
