import { readFileSync } from 'node:fs';

import { PassageError, isJsonObject, readJson } from '@passage/domain';
import type { JsonObject, JsonValue } from '@passage/domain';

/** Why an act could not be tried, as one sentence, and the exit code that says so. */
export class ActFailure extends Error {
  override readonly name = 'ActFailure';
  readonly exitCode: number;

  constructor(sentence: string, exitCode: number) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

/** Where an organisation's gateway is, and what it serves, as the connection profile says. */
export interface ActAddress {
  readonly url: string;
  readonly mspId: string;
  readonly channel: string;
  readonly chaincode: string;
}

/** The input of an act, read as strictly as the ledger reads it. @throws ActFailure */
export function inputIn(file: string): JsonObject {
  const input = jsonIn(file);
  if (isJsonObject(input)) return input;
  throw new ActFailure(`${shown(file)} holds no JSON object`, 2);
}

/** Transient data of an act on private fields; none without a file. @throws ActFailure */
export function openingsIn(file: string | undefined): ReadonlyMap<string, Uint8Array> {
  if (file === undefined) return new Map();
  return new Map([['openings', new TextEncoder().encode(JSON.stringify(jsonIn(file)))]]);
}

/** Reads the profile: its word is enough, for what is signed names channel and chaincode, and is checked. @throws ActFailure */
export function addressOf(file: string, organization: string): ActAddress {
  const profile = jsonIn(file) as unknown as Profile;
  const found = profile.organizations.find(({ name }) => name === organization);
  if (found?.gateway === undefined) {
    throw new ActFailure(`${file} knows no gateway of "${organization}": name another with --org`, 2);
  }
  const { channel, chaincode } = profile;
  return { url: found.gateway.url, mspId: found.mspId, channel, chaincode };
}

interface Profile {
  readonly channel: string;
  readonly chaincode: string;
  readonly organizations: readonly {
    readonly name: string;
    readonly mspId: string;
    readonly gateway?: { readonly url: string };
  }[];
}

/** The text of a file. @throws ActFailure where it cannot be read */
export function textIn(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ActFailure(`${shown(file)} cannot be read (${why}): check its name`, 3);
  }
}

function jsonIn(file: string): JsonValue {
  const text = textIn(file);
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof PassageError)
      throw new ActFailure(`${shown(file)}: ${error.code}: ${error.message}`, 2);
    throw error;
  }
}

function shown(file: string): string {
  return file === '-' ? 'standard input' : file;
}
