import { Command, InvalidArgumentError } from 'commander';
import { sampleConsignments } from '../simulator/sample-consignments.js';
import { simulate } from '../simulator/simulate.js';
import { audienceArgument, audienceOfTrustFile } from './audience.js';
import { simulationFiles, writeSimulation } from './write-simulation.js';

interface Options {
  readonly shipments: number;
  readonly seed: string;
  readonly out: string;
  readonly aud?: string;
  readonly trust?: string;
  readonly json?: true;
}

/** `passage simulate`: sails made-up shipments and writes what their devices sign. Needs no network. */
export function simulateCommand(): Command {
  const command = new Command('simulate')
    .description('Let simulated devices travel with made-up shipments and sign what they see')
    .option('--shipments <number>', 'how many shipments', wholeNumber, 10)
    .option('--seed <text>', 'the same seed gives the same devices and events', 'passage')
    .option('--aud <hash>', 'the ledger they sign for: its genesis hash', audienceArgument)
    .option('--trust <file>', 'the same, from a trust file')
    .option('--out <file>', 'where the statements go; devices and openings go beside', 'simulation.jws')
    .option('--json', 'print one JSON object');
  return command.action((options: Options) => run(command, options));
}

function run(command: Command, { shipments, seed, out, aud, trust, json }: Options): void {
  if ((aud === undefined) === (trust === undefined)) {
    command.error('passage: say which ledger the devices sign for, with either --aud HASH or --trust FILE', {
      exitCode: 2,
    });
  }
  const ledger = aud ?? audienceOfTrustFile(trust ?? '');
  const simulation = simulate(sampleConsignments(shipments, seed), { seed, aud: ledger });
  const files = simulationFiles(out);
  writeSimulation(simulation, files);
  const { devices, statements, openings } = simulation;
  const counts = {
    shipments,
    devices: devices.length,
    statements: statements.length,
    openings: openings.length,
  };
  process.stdout.write(
    json === true
      ? `${JSON.stringify({ ...counts, files })}\n`
      : `${counts.shipments} shipments, ${counts.devices} devices, ${counts.statements} statements signed\n` +
          `statements  ${files.statements}\n` +
          `devices     ${files.devices}  (register these first)\n` +
          `openings    ${files.openings}  (these stay with their owners)\n`,
  );
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It must be a whole number from 1.');
}
