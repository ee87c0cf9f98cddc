/** One row of the table: what the code means, and what the person who meets it does next. */
export interface DeviceErrorRule {
  readonly meaning: string;
  readonly next: string;
}

function rule(meaning: string, next: string): DeviceErrorRule {
  return { meaning, next };
}

/**
 * The closed list of codes of the device kit and the simulator. A code is never renamed; each has its row in
 * docs/errors.md (a test compares the two).
 */
export const deviceErrorCodes = {
  DEVICE_INVALID: rule('No device can be made of these options.', 'Mend the option that the message names.'),
  DEVICE_EXISTS_HERE: rule(
    'The folder holds a device already.',
    'Open the device that is there, or choose an empty folder.',
  ),
  DEVICE_NOT_FOUND: rule(
    'The folder holds no device.',
    'Give the folder in which the device was created, or create one there.',
  ),
  DEVICE_DAMAGED: rule(
    'The description of the device is not as the kit wrote it.',
    'Write device.json again as it was, or register a new key in a new folder.',
  ),
  DEVICE_LOCKED: rule(
    'Another process has opened the device.',
    'End the other process: one key has one writer.',
  ),
  KEY_DAMAGED: rule(
    'The private key is missing, or is none.',
    'Revoke this key and register a new one in a new folder.',
  ),
  KEY_EXPOSED: rule(
    'Other users of the machine can read the private key.',
    'If nobody has read it, run chmod 600 on the file; otherwise revoke the key.',
  ),
  QUEUE_DAMAGED: rule(
    'The queue is not as the kit wrote it, so which numbers the key has used is not known.',
    'Keep the folder for the auditor; start a new epoch, or revoke this key and register a new one in a new folder.',
  ),
  EPOCH_INVALID: rule(
    'A new epoch cannot start there.',
    'Give the answer of StartEpoch; it starts above every number that the device can have used.',
  ),
  QUEUE_WRITE_FAILED: rule(
    'The disk did not take the statement; its number was not used.',
    'Make room on the disk and sign again.',
  ),
  QUEUE_CLOSED: rule('The device is not open any more.', 'Open the device again.'),
  LINK_FAILED: rule(
    'Statements could not be handed over; they are still in the queue.',
    'Flush again when the link is up.',
  ),
  SIMULATION_INPUT: rule(
    'A consignment cannot be simulated.',
    'Mend the consignment that the message names.',
  ),
  FILE_UNUSABLE: rule(
    'A file or folder cannot be read or written.',
    'Choose one that this user may read or write.',
  ),
} as const satisfies Record<string, DeviceErrorRule>;

export type DeviceErrorCode = keyof typeof deviceErrorCodes;

/** An expected failure: a code of {@link deviceErrorCodes}, what went wrong, and the next step. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';

  readonly code: DeviceErrorCode;

  constructor(code: DeviceErrorCode, sentence: string, options?: ErrorOptions) {
    super(`${code}: ${sentence} ${deviceErrorCodes[code].next}`, options);
    this.code = code;
  }
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
