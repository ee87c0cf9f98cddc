const began = performance.now();

/** Says on the error output what is being done, and how far it is, with the seconds since the program began: for whoever waits. */
export function progress(what: string): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  process.stderr.write(`${seconds.padStart(5)} s  ${what}\n`);
}
