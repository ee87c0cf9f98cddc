import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';

/**
 * Lets every other thread of the process, and so whoever answers queries, have a core before this one. Linux keeps a priority for each
 * thread (setpriority(2), "C library/kernel differences"); elsewhere nothing happens.
 */
export function yieldToOthers(): void {
  try {
    const thread = Number(basename(readlinkSync('/proc/thread-self')));
    setPriority(thread, constants.priority.PRIORITY_LOW);
  } catch {
    // It is only a courtesy.
  }
}
