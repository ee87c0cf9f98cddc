/*
 * Preloaded into a process (`--import`), this makes it a machine whose clock is years off and whose chance falls otherwise.
 */
const offset = Number(process.env['CLOCK_OFFSET_MS'] ?? 0);
const clock = Date.now.bind(Date);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...parts: readonly unknown[]) {
    super(...((parts.length === 0 ? [clock() + offset] : parts) as [number]));
  }

  static override now(): number {
    return clock() + offset;
  }
} as DateConstructor;

Math.random = (): number => 0.5;
