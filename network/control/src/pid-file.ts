import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A process that was started here: its pid and, where /proc tells, when the kernel started it. */
export interface PidRecord {
  readonly pid: number;
  readonly startTime: string;
}

/**
 * Start time of a process in kernel ticks (proc(5), field 22 of /proc/PID/stat), '' where /proc does not tell.
 * It tells our process from a stranger that later got the same pid.
 */
function startTimeOf(pid: number): string {
  const file = `/proc/${String(pid)}/stat`;
  if (!existsSync(file)) return '';
  try {
    const stat = readFileSync(file, 'utf8');
    // The second field, the name, may hold blanks and brackets: count from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent does not know yet.
    return fields[0] === 'Z' ? '' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

/** Notes that `pid` is the process of this file. */
export function writePid(file: string, pid: number): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ pid, startTime: startTimeOf(pid) })}\n`);
}

export function forgetPid(file: string): void {
  rmSync(file, { force: true });
}

function readRecord(file: string): PidRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PidRecord;
  } catch {
    return undefined;
  }
}

/** The pid in the file, if that very process is still alive. */
export function runningPid(file: string): number | undefined {
  const record = readRecord(file);
  if (record === undefined) return undefined;
  try {
    process.kill(record.pid, 0);
  } catch {
    return undefined;
  }
  return startTimeOf(record.pid) === record.startTime ? record.pid : undefined;
}

/** Whether a process was started and noted here, alive or not. */
export function wasStarted(file: string): boolean {
  return existsSync(file);
}
