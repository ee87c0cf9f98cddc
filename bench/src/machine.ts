import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** What was measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly node: string;
}

/** Time (ISO 8601 UTC) and load average of the last minute, five, fifteen. */
export interface Moment {
  readonly time: string;
  readonly load: readonly number[];
}

export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1e9),
    node: process.version,
  };
}

export function moment(): Moment {
  return { time: new Date().toISOString(), load: loadavg().map((value) => Math.round(value * 100) / 100) };
}

/**
 * P-256 signatures that OpenSSL checks in a second, by its own benchmark: of processor time in one process, of wall time in
 * several at once. Undefined where there is no `openssl`.
 */
export function opensslVerifications(processes?: number): number | undefined {
  const several = processes === undefined ? [] : ['-multi', String(processes)];
  return opensslSpeed([...several, 'ecdsap256'], verificationsIn);
}

/** Bytes that OpenSSL hashes by SHA-256 in a second of processor time, in pieces of this size; undefined where there is no `openssl`. */
export function opensslHashed(bytes: number): number | undefined {
  return opensslSpeed(['-bytes', String(bytes), 'sha256'], hashedIn);
}

function opensslSpeed(
  what: readonly string[],
  read: (told: string) => number | undefined,
): number | undefined {
  try {
    const args = ['speed', '-seconds', '2', '-mr', ...what];
    return read(execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}

/** The verifications a second in what `openssl speed -mr` prints: `+F4:…:256:<sign>:<verify>`. */
export function verificationsIn(told: string): number | undefined {
  const fields = told
    .split('\n')
    .find((line) => line.startsWith('+F4:'))
    ?.split(':');
  return fields === undefined ? undefined : Number(fields.at(-1));
}

/** The bytes a second in what `openssl speed -mr` prints of one algorithm and one size: `+F:…:sha256:<bytes>`. */
export function hashedIn(told: string): number | undefined {
  const line = told.split('\n').find((each) => /^\+F:\d+:sha256:/.test(each));
  return line === undefined ? undefined : Number(line.split(':').at(-1));
}

/** How long Node takes to check a P-256 signature, microseconds: what the machine is, for figures from another. */
export function microsecondsOfVerification(): number {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const message = Buffer.alloc(300);
  const signature = sign('sha256', message, privateKey);
  const rounds = 2000;
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) verify('sha256', message, publicKey, signature);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / rounds;
}
