import { type FoundPrograms, PROGRAM_NAMES, type ProgramName } from './programs.js';
import { run } from './run-program.js';

/** How each program is asked for its version; osnadmin does not tell. */
const QUESTIONS: Readonly<Partial<Record<ProgramName, readonly string[]>>> = {
  peer: ['version'],
  orderer: ['version'],
  configtxgen: ['-version'],
  'fabric-ca-server': ['version'],
  'fabric-ca-client': ['version'],
};

/** The version of each program that was found and tells it. */
export async function programVersions(found: FoundPrograms): Promise<Partial<Record<ProgramName, string>>> {
  const answers = await Promise.all(PROGRAM_NAMES.map((name) => versionOf(name, found[name])));
  return Object.fromEntries(answers.flatMap((answer) => (answer === undefined ? [] : [answer])));
}

async function versionOf(
  name: ProgramName,
  path: string | undefined,
): Promise<[ProgramName, string] | undefined> {
  const question = QUESTIONS[name];
  if (path === undefined || question === undefined) return undefined;
  const { stdout, stderr } = await run(path, question);
  const version = /Version: v?(\S+)/.exec(stdout + stderr)?.[1];
  return version === undefined ? undefined : [name, version];
}
