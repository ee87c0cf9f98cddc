import { type Network, peerCommand } from './administrator.js';
import type { ProgramName } from './programs.js';
import { programFailed, run } from './run-program.js';
import { CHANNEL, type Organization } from './topology.js';

/**
 * Every orderer and every peer joins the channel, all at once; who has joined stays.
 *
 * @throws FabricError PROGRAM_FAILED
 */
export async function joinChannel(network: Network): Promise<void> {
  await Promise.all(
    network.organizations.flatMap((organization) => [
      ordererJoins(network, organization),
      peerJoins(network, organization),
    ]),
  );
}

/** osnadmin ends with exit code 0 whatever the orderer answers (F:cmd/osnadmin/main.go): its text counts. */
async function ordererJoins({ paths, programs }: Network, { name, host, port }: Organization): Promise<void> {
  const program: ProgramName = 'osnadmin';
  const files = paths.organization(name);
  const { cert, key } = files.member('admin').tls;
  const result = await run(programs[program], [
    ...['channel', 'join', '--channelID', CHANNEL, '--config-block', paths.genesis],
    ...['--orderer-address', `${host}:${port.ordererAdmin}`, '--ca-file', files.tlsCaCert],
    ...['--client-cert', cert, '--client-key', key],
  ]);
  const said = result.stdout + result.stderr;
  if (/Status: 201\b/.test(said) || /channel already exists/.test(said)) return;
  throw programFailed(program, `join orderer-${name} to ${CHANNEL}`, result);
}

async function peerJoins(network: Network, organization: Organization): Promise<void> {
  const result = await peerCommand(network, organization, ['channel', 'join', '-b', network.paths.genesis]);
  if (result.ok || /ledger \[.*\] already exists/.test(result.stderr)) return;
  throw programFailed('peer', `join peer-${organization.name} to ${CHANNEL}`, result);
}
