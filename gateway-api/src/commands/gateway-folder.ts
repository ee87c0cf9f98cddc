import { readConfig } from '../config.js';
import type { GatewayConfig } from '../config.js';
import { Refusal } from '../errors.js';
import { CommandFailure, EXIT } from './client.js';

/** What every command on a gateway's own folder asks for. */
export interface FolderOptions {
  readonly org: string;
  readonly dir: string;
}

/** The configuration of the gateway whose folder a command works on. Throws CommandFailure. */
export function configOf({ org, dir }: FolderOptions): GatewayConfig {
  return foreseen(() => readConfig({ ...process.env, PASSAGE_DIR: dir, PASSAGE_ORG: org }));
}

/** Does something; a refusal becomes the command's own failure. */
export function foreseen<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asFailure(error);
  }
}

/** A refusal as a command tells it; anything else as it is. */
export function asFailure(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  const { code, message, facts } = error;
  return new CommandFailure(
    `${code}: ${message}${facts.next === undefined ? '' : `. ${facts.next}`}`,
    EXIT.couldNot,
  );
}
