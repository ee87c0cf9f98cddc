/** Tells the steps of the demo, each with its time. */
export interface Steps {
  /** Runs `work` as one step; `say` adds a remark to its line. */
  readonly step: <T>(title: string, work: (say: (remark: string) => void) => Promise<T>) => Promise<T>;
  /** A line of its own. */
  readonly tell: (line: string) => void;
  /** Seconds since the demo began. */
  readonly seconds: () => number;
}

/** Steps written to `write`, a line each as they end. `began` is what `performance.now()` was when the demo began. */
export function steps(write: (line: string) => void, began: number): Steps {
  const seconds = (): number => (performance.now() - began) / 1000;
  return {
    seconds,
    tell: write,
    async step(title, work) {
      const from = performance.now();
      let remark = '';
      const result = await work((text) => (remark = `: ${text}`));
      write(
        `${`${seconds().toFixed(1)} s`.padStart(8)}  ${title}${remark} (${((performance.now() - from) / 1000).toFixed(1)} s)`,
      );
      return result;
    },
  };
}
