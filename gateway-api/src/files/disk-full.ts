import { gatewayError, messageOf } from '../errors.js';
import type { Refusal } from '../errors.js';

/** SQLITE_FULL, and SQLITE_IOERR_SHMSIZE: the index of the write-ahead log could not grow (sqlite.org/rescode.html). */
const SQLITE_CODES: readonly (number | undefined)[] = [13, 4874];

/** What file systems answer when there is no room: the disk's, or the user's quota. */
const SYSTEM_CODES: readonly (string | undefined)[] = ['ENOSPC', 'EDQUOT'];

/** Whether there was no room to write: of a file, or as node:sqlite reports it; also as the cause of another error. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { errcode, code } = error as Error & { errcode?: number; code?: string };
  return SQLITE_CODES.includes(errcode) || SYSTEM_CODES.includes(code) || isDiskFull(error.cause);
}

/** What is said where nothing could be written. */
export function diskFull(cause: unknown): Refusal {
  return gatewayError('STORAGE_FULL', "the gateway's disk is full: nothing was accepted", {
    retryable: true,
    cause,
  });
}

/** Why something could not be written, for `/health` and the log; it is tried again. */
export function reasonOf(error: unknown): string {
  if (!isDiskFull(error)) return messageOf(error);
  return "STORAGE_FULL: the gateway's disk is full; make room, and it goes on by itself";
}
