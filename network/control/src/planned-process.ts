/** One program of a network: how it is started, which ports it takes, and where it may die without harm to the others. */
export interface PlannedProcess {
  readonly name: string;
  /** A file: compiled JavaScript, which Node runs, or a program of the machine's own. */
  readonly program: string;
  readonly args: readonly string[];
  /** Options of Node itself, where it runs the program. */
  readonly nodeOptions?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Where it listens; loopback unless it is said. */
  readonly host?: string;
  readonly ports: readonly number[];
  /** What has to be ready first: its files or its port are needed. */
  readonly after: readonly string[];
  /** What it writes to its log when it serves. Without it this is a step: it is ready when it has ended well. */
  readonly readyText?: string;
}
