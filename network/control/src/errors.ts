/** Every way in which starting, stopping or examining the processes can fail, and what to do about it. */
export const controlErrorCodes = {
  PORT_IN_USE: 'Stop the program that holds the port, or take other ports with --base-port.',
  PROCESS_FAILED: 'Read the log file that the message names.',
  PROCESS_SLOW: 'Read the log file that the message names; if the machine is busy, run up again.',
  FOLDER_UNUSABLE: 'Choose a folder that this user may write, with --dir.',
  NOT_BUILT: 'Run ./test-network.sh up, which builds first.',
} as const;

export type ControlErrorCode = keyof typeof controlErrorCodes;

/** An expected failure: a code of {@link controlErrorCodes}, a sentence, and the next step. */
export class ControlError extends Error {
  override readonly name = 'ControlError';

  readonly code: ControlErrorCode;

  constructor(code: ControlErrorCode, sentence: string) {
    super(`${code}: ${sentence} ${controlErrorCodes[code]}`);
    this.code = code;
  }
}
