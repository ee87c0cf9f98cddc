/** Every way in which a device kit or the simulator can refuse, and what to do about it. Rows stand in docs/errors.md. */
export const deviceErrorCodes = {
  DEVICE_INVALID: 'Mend the option that the message names.',
  DEVICE_EXISTS_HERE: 'Open the device that is there, or choose an empty folder.',
  DEVICE_NOT_FOUND: 'Give the folder in which the device was created, or create one there.',
  DEVICE_DAMAGED:
    'Bring device.json back from where it was noted down, or register a new key in a new folder.',
  DEVICE_LOCKED: 'End the other process that signs with this device; one key has one writer.',
  KEY_DAMAGED: 'Bring key.json back from its backup, or register a new key in a new folder.',
  KEY_EXPOSED: 'If nobody else can have read the key, run chmod 600 on it; otherwise revoke it.',
  QUEUE_DAMAGED:
    'Keep the folder for the auditor, revoke this key and register a new one: which numbers it has used is not known.',
  QUEUE_WRITE_FAILED: 'Make room on the disk and sign again: the number was not used.',
  QUEUE_CLOSED: 'Open the device again.',
  LINK_FAILED: 'Nothing is lost: the statements stay in the queue. Flush again when the link is up.',
  SIMULATION_INPUT: 'Mend the consignment as the message says.',
  FILE_UNUSABLE: 'Choose a file that this user may read or write.',
} as const;

export type DeviceErrorCode = keyof typeof deviceErrorCodes;

/** An expected failure: a code of {@link deviceErrorCodes}, what went wrong, and the next step. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';

  readonly code: DeviceErrorCode;

  constructor(code: DeviceErrorCode, sentence: string, options?: ErrorOptions) {
    super(`${code}: ${sentence} ${deviceErrorCodes[code]}`, options);
    this.code = code;
  }
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
