import type { ConformanceRecord } from './record.js';

/** docs/conformance.md: the last record for people. */
export function page({ made, commit, versions, scenarios, differences, seconds }: ConformanceRecord): string {
  const total = scenarios.reduce((sum, { observations }) => sum + observations, 0);
  const rows = scenarios.map(({ name, observations }) => `| ${name} | ${String(observations)} |`);
  return `# Conformance: the embedded network held against Fabric

This page is written by \`npm run conformance\`, which plays the same scenarios on the embedded network and on Fabric's own
programs, through Fabric's ordinary client, and compares everything it observes: results, gRPC codes and messages, the
words of each endpoint, events, read-write sets, validation codes, private data, answers of the deliver services. On each
network \`ledger/\` then derives every flag and every commit hash from the blocks alone and must agree with all four peers.

| what | |
|---|---|
| made | ${made.slice(0, 16).replace('T', ' ')} UTC |
| commit | \`${commit}\` |
| Fabric | ${versions.fabric} |
| Node | ${versions.node} |
| observations | ${String(total)} in ${String(scenarios.length)} scenarios (${String(seconds.fabric)} s on Fabric, ${String(seconds.embedded)} s on the embedded network) |
| differences | ${String(differences.length)} |

## Differences

${differences.length === 0 ? 'None.' : differences.map(describe).join('\n')}

## What is not compared

Gossip, service discovery, the consensus wire protocol, snapshots, rich queries beyond their refusal (they need CouchDB), lscc
and osnadmin: the embedded network has none of them. Chance is taken out before comparing: transaction ids, block numbers,
times, addresses, the channel's name, which of several sufficient endorsers a gateway picks, and which orderers were the first
to refuse. Crashes of chaincode processes are not played.

A transaction with an unreadable read-write set or action, in a block before one that writes, makes a peer of Fabric 3.1.5 wait
for ever. The embedded network goes on. The scenario gives each such envelope a block of its own.

## How to make a new record

\`\`\`sh
FABRIC_BIN=/path/to/fabric/bin npm run conformance
\`\`\`

It takes about two minutes and ends with exit code 1 if it finds a difference. A test compares the sources of \`ledger/\` and of
both networks with those of the last record. Where a change cannot alter their behaviour, an entry in
\`docs/conformance/reasons.json\` may say so instead: \`{"sources": "<digest that the test names>", "reason": "…", "date": "…"}\`.
On machines without Fabric's programs the embedded network is held against what was last observed on Fabric
(\`network/conformance/recorded/fabric.jsonl\`).

## Scenarios

| scenario | observations |
|---|---|
${rows.join('\n')}
`;
}

function describe({ scenario, step, fabric, embedded }: ConformanceRecord['differences'][number]): string {
  const told = (seen: unknown): string => (seen === undefined ? 'nothing' : `\`${JSON.stringify(seen)}\``);
  return `- **${scenario}: ${step}**. Fabric: ${told(fabric)}; embedded: ${told(embedded)}`;
}
