import { type Network, peerCommand } from './administrator.js';
import { type ProgramResult, programFailed, run } from './run-program.js';
import { CHANNEL, type Organization, peersOf, type PeerSite } from './topology.js';

/**
 * Our own orderers and peers join the channel, all at once, where we are among its founders; who has joined stays.
 *
 * @throws FabricError PROGRAM_FAILED
 */
export async function joinChannel(network: Network): Promise<void> {
  await Promise.all(
    network.own
      .filter(({ isFounder }) => isFounder)
      .flatMap((organization) => [
        ordererJoins(network, organization, network.paths.genesis),
        ...peersOf(organization).map(({ name }) => peerJoins(network, organization, name)),
      ]),
  );
}

/**
 * Lets an organisation's orderer join by a configuration block: the first one or, of a channel that goes on already, the newest.
 *
 * osnadmin ends with exit code 0 whatever the orderer answers (F:cmd/osnadmin/main.go): its text counts.
 *
 * @throws FabricError PROGRAM_FAILED
 */
export async function ordererJoins(
  network: Network,
  organization: Organization,
  configBlock: string,
): Promise<void> {
  const result = await osnadmin(network, organization, ['join', '--config-block', configBlock]);
  const said = result.stdout + result.stderr;
  if (/Status: 201\b/.test(said) || /channel already exists/.test(said)) return;
  throw programFailed('osnadmin', `join orderer-${organization.name} to ${CHANNEL}`, result);
}

/** Runs `osnadmin channel …` as an organisation's administrator at its own orderer. */
export function osnadmin(
  { paths, programs }: Network,
  { name, host, port }: Organization,
  [action = '', ...args]: readonly string[],
): Promise<ProgramResult> {
  const files = paths.organization(name);
  const { cert, key } = files.member('admin').tls;
  return run(programs.osnadmin, [
    ...['channel', action, '--channelID', CHANNEL, ...args],
    ...['--orderer-address', `${host}:${port.ordererAdmin}`, '--ca-file', files.tlsCaCert],
    ...['--client-cert', cert, '--client-key', key],
  ]);
}

/** Lets an organisation's peer join by block 0: it fetches every block from there on. @throws FabricError PROGRAM_FAILED */
export async function peerJoins(
  network: Network,
  organization: Organization,
  peer: PeerSite['name'] = 'peer',
): Promise<void> {
  const args = ['channel', 'join', '-b', network.paths.genesis];
  const result = await peerCommand(network, organization, args, peer);
  if (result.ok || /ledger \[.*\] already exists/.test(result.stderr)) return;
  throw programFailed('peer', `join ${peer}-${organization.name} to ${CHANNEL}`, result);
}
