import { describeDifference } from '@passage/ledger';
import { describeVersion, type SourceDifference } from './compare/source-difference.js';
import { describeStanding } from './compare/source-standing.js';
import { describeFinding } from './findings.js';
import { type AuditDifference, type FullReport, notChecked, verdictOf } from './report.js';
import type { SignedHeader } from './resume/signed-header.js';

/** A report as one page that needs nothing else: no script, no picture, no address. */
export function reportHtml(report: FullReport): string {
  const { differences, findings, complete } = report;
  const verdict = verdictOf(report);
  const color = verdict.startsWith('verified') ? '#080' : '#b00';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Replay of ${escape(report.channel || 'a ledger')}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }
th { text-align: left; vertical-align: top; padding-right: 2em; font-weight: normal; color: #555 }
td { overflow-wrap: anywhere }
.verdict { font-size: 1.4em; padding: .5em; border-left: .4em solid ${color} }
</style>
</head>
<body>
<h1>Replay of ${escape(report.channel || 'a ledger')}</h1>
<p class="verdict">${escape(verdict)}</p>
${table(facts(report))}
${sourcesHtml(report)}<h2>Checked, level ${report.level}</h2>
${table(Object.entries(report.checks).map(([name, count]) => [name, String(count)]))}
<h2>Transactions by code</h2>
${table(Object.entries(report.codes).map(([name, count]) => [name, String(count)]))}
<h2>Differences</h2>
${list(differences.map(describeSigned))}
${partingHtml(report)}${complete ? '' : '<p>Not everything was judged: replay stopped at the first difference.</p>'}
<h2>Findings</h2>
<p>Allowed, and unwelcome.</p>
${list(findings.map(describeFinding))}
<h2>Not checked</h2>
${list(notChecked(report))}
</body>
</html>
`;
}

/** How several sources stand to each other, and where they do not have the same. */
function sourcesHtml({ sources, sourceDifferences = [] }: FullReport): string {
  if (sources === undefined) return '';
  return `<h2>Sources</h2>
${list(sources.map((one) => describeStanding(one) + (one.failure === undefined ? '' : `: ${one.failure}`)))}
${sourceDifferences.map(sourceDifferenceHtml).join('')}`;
}

/** What each source has, with the header for others to check, where it is another one. */
function sourceDifferenceHtml(difference: SourceDifference): string {
  const { block, kind, versions } = difference;
  return `<h3>block ${String(block)}: ${kind}</h3>
${list(versions.map(describeVersion))}
${versions.map(({ header }) => headerHtml(header)).join('')}`;
}

/** The header that was judged before and the one that the source has now. */
function partingHtml({ parting }: FullReport): string {
  if (parting === undefined) return '';
  return `<h3>${parting.kind}: the header that was judged before</h3>
${headerHtml(parting.known)}<h3>${parting.kind}: the header that the source has</h3>
${headerHtml(parting.found)}`;
}

function headerHtml(header: SignedHeader | undefined): string {
  if (header === undefined) return '';
  return `${table(Object.entries(header).map(([name, value]) => [name, String(value)]))}\n`;
}

function describeSigned(difference: AuditDifference): string {
  const { signedBy = [] } = difference;
  return describeDifference(difference) + (signedBy.length === 0 ? '' : `, signed by ${signedBy.join(', ')}`);
}

function facts(report: FullReport): readonly (readonly [name: string, value: string])[] {
  const { blocks, rerun } = report;
  return [
    ['genesis block (trusted)', report.genesisHash],
    [
      'range',
      blocks === 0
        ? 'none'
        : `blocks 0 to ${String(blocks - 1)}, ${String(report.transactions)} transactions`,
    ],
    ['source', report.source],
    ...(report.resumedFrom === undefined
      ? []
      : [['judged by earlier runs', `the first ${String(report.resumedFrom)} blocks`] as const]),
    ...(report.stateDigest === undefined ? [] : [['saved state', report.stateDigest] as const]),
    ['last block', report.lastHeaderHash],
    ['commit hash', report.commitHash || 'none'],
    ['keys in the state', String(report.stateKeys)],
    ...(rerun
      ? [['rerun', `${String(rerun.rerun)}; by hashes alone ${String(rerun.byHashes)}`] as const]
      : []),
    ['version', report.version],
    ['made at', report.madeAt],
  ];
}

function table(rows: readonly (readonly [name: string, value: string])[]): string {
  if (rows.length === 0) return '<p>none</p>';
  const cells = rows.map(([name, value]) => `<tr><th>${escape(name)}</th><td>${escape(value)}</td></tr>`);
  return `<table>\n${cells.join('\n')}\n</table>`;
}

function list(items: readonly string[]): string {
  if (items.length === 0) return '<p>none</p>';
  return `<ul>\n${items.map((item) => `<li>${escape(item)}</li>`).join('\n')}\n</ul>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
