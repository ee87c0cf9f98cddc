import { existsSync, readFileSync } from 'node:fs';

import { ControlError } from './errors.js';
import type { Layout } from './layout.js';

/** The organisation whose own folder it is, as `network/fabric` wrote it to organization.json. */
export interface OwnOrganization {
  readonly name: string;
  readonly host: string;
  /** Its ports; the orderer's is the first. */
  readonly port: { readonly orderer: number };
  /** Its second peer's machine. */
  readonly second?: { readonly host: string };
}

/** Whose folder it is; undefined where it holds all organisations, or nothing. */
export function ownOrganization(at: Layout): OwnOrganization | undefined {
  if (!existsSync(at.ownOrganization)) return undefined;
  return JSON.parse(readFileSync(at.ownOrganization, 'utf8')) as OwnOrganization;
}

/** @throws ControlError NOT_STARTED where the folder is not one organisation's */
export function needOwnOrganization(at: Layout): OwnOrganization {
  const own = ownOrganization(at);
  if (own === undefined)
    throw new ControlError('NOT_STARTED', `${at.dir} is not the folder of one organisation.`);
  return own;
}
