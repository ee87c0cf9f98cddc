import {
  commitmentOf,
  PassageError,
  placesOf,
  readHeldOpenings,
  readJson,
  readStatement,
  verifyStatement,
  type HeldOpening,
  type PublicJwk,
  type UnverifiedStatement,
} from '@passage/domain';
import { Command } from 'commander';
import { DeviceError } from '../errors/device-error.js';
import { readInputFile } from './input-file.js';
import { knownKeys } from './known-keys.js';

interface Options {
  readonly statements?: string;
  readonly commitment?: string;
  readonly key?: readonly string[];
  readonly json?: true;
}

/** What is said of one opening. */
interface Proof {
  readonly subject: string;
  readonly owner: string;
  readonly field: string;
  readonly value: string;
  readonly commitment: string | null;
  readonly proven: boolean;
  /** Null where it is proven. */
  readonly code: 'OPENING_WRONG' | 'COMMITMENT_NOT_FOUND' | 'SIGNATURE_INVALID' | null;
  /** Where the commitment stands that it opens. */
  readonly places: readonly Place[];
  readonly notes: readonly string[];
}

interface Place {
  readonly statementId: string;
  readonly kid: string;
  readonly seq: number;
  /** Into the payload. */
  readonly pointer: string;
}

const help = `
The opening is a JSON object with ledger, subject, owner, field, salt and value, as the gateway's query \`opening\` answers, or a
list of such. It proves the field if it opens the commitment that is given, or one that stands in a signed statement of the same
ledger. Nothing is sent or loaded. Whose the commitment is, and that it stands on the ledger, is for the source to show that it
came from.

Exit codes: 0 every field is proven, 1 one is not, 2 wrong use, 3 a file could not be read.`;

/** `passage prove-field`: anyone who holds an opening shows what a commitment hides. */
export function proveFieldCommand(): Command {
  const command = new Command('prove-field')
    .description('Prove a private field by its opening, offline')
    .argument('<opening>', 'a file with one opening, or a list of them')
    .option('--statements <file>', 'signed statements, one a line, in which the commitment is looked for')
    .option('--commitment <text>', 'the commitment itself, as a certificate, declaration or statement has it')
    .option(
      '--key <file>',
      'public keys of the devices, by which statements are verified (repeatable)',
      collect,
    )
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', help);
  return command.action((file: string, options: Options) => {
    if ((options.statements === undefined) === (options.commitment === undefined)) {
      command.error('passage: say what is to be opened, with either --statements FILE or --commitment TEXT', {
        exitCode: 2,
      });
    }
    process.exitCode = prove(file, options);
  });
}

function prove(file: string, { statements, commitment, key, json }: Options): 0 | 1 | 3 {
  try {
    const openings = readFile(file, (bytes) => readHeldOpenings(readJson(bytes)));
    const keys = key && knownKeys(key);
    const proofs =
      statements === undefined
        ? openings.map((opening) => proofByCommitment(opening, commitment))
        : proofsIn(openings, readFile(statements, statementsIn), keys);
    for (const proof of proofs) process.stdout.write(`${json ? JSON.stringify(proof) : sentence(proof)}\n`);
    return proofs.every(({ proven }) => proven) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    process.stderr.write(`passage: ${error.message}\n`);
    return 3;
  }
}

/** What a file holds. @throws DeviceError FILE_UNUSABLE, too, where it holds something else */
function readFile<T>(file: string, read: (bytes: Uint8Array) => T): T {
  const bytes = readInputFile(file);
  try {
    return read(bytes);
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    throw new DeviceError('FILE_UNUSABLE', `${file}: ${error.code}: ${error.message}.`);
  }
}

function statementsIn(bytes: Uint8Array): readonly UnverifiedStatement[] {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  return lines.filter((line) => line !== '').map(readStatement);
}

function proofByCommitment(opening: HeldOpening, commitment: string | undefined): Proof {
  const opened = commitmentOf(opening);
  const code = opened !== undefined && opened === commitment ? null : 'OPENING_WRONG';
  return proofOf(opening, opened, code, [], []);
}

function proofsIn(
  openings: readonly HeldOpening[],
  statements: readonly UnverifiedStatement[],
  keys: ReadonlyMap<string, PublicJwk> | undefined,
): readonly Proof[] {
  const notes = keys === undefined ? ['not judged: the signatures of the statements'] : [];
  return openings.map((opening) => {
    const opened = commitmentOf(opening);
    if (opened === undefined) return proofOf(opening, opened, 'OPENING_WRONG', [], notes);
    const having = statements.filter((each) => placesOf(opened, opening.ledger, each).length > 0);
    const signed = having.filter((each) => keys === undefined || isSigned(each, keys));
    const places = signed.flatMap((each) => placesIn(each, opened, opening.ledger));
    const missing = having.length === 0 ? 'COMMITMENT_NOT_FOUND' : 'SIGNATURE_INVALID';
    return proofOf(opening, opened, places.length > 0 ? null : missing, places, notes);
  });
}

function placesIn(statement: UnverifiedStatement, commitment: string, ledger: string): readonly Place[] {
  const { statementId, header } = statement;
  return placesOf(commitment, ledger, statement).map((pointer) => ({
    statementId,
    kid: header.kid,
    seq: header.seq,
    pointer,
  }));
}

function isSigned(statement: UnverifiedStatement, keys: ReadonlyMap<string, PublicJwk>): boolean {
  const key = keys.get(statement.header.kid);
  if (key === undefined) return false;
  try {
    verifyStatement(statement, key);
    return true;
  } catch (error) {
    if (error instanceof PassageError) return false;
    throw error;
  }
}

function proofOf(
  { subject, owner, field, value }: HeldOpening,
  commitment: string | undefined,
  code: Proof['code'],
  places: readonly Place[],
  notes: readonly string[],
): Proof {
  const proven = code === null;
  return { subject, owner, field, value, commitment: commitment ?? null, proven, code, places, notes };
}

const reasons = {
  OPENING_WRONG: 'salt and value do not open the commitment',
  COMMITMENT_NOT_FOUND: 'no statement of this ledger has the commitment',
  SIGNATURE_INVALID: 'no statement with the commitment was signed by a key that is known',
} as const;

function sentence({ subject, owner, field, value, code, places, notes }: Proof): string {
  const what = `${field} of ${subject} (owner ${owner})`;
  if (code !== null) return `${what} is not proven: ${code}, ${reasons[code]}`;
  const where = places.map(({ kid, seq, pointer }) => `statement ${String(seq)} of ${kid}, ${pointer}`);
  const remarks = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
  return [`${what} is ${value}`, ...where].join('; ') + remarks;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
