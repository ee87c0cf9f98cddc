import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

import type { Observation } from '../observation.js';
import { compare, type Difference } from './compare.js';
import { RECORDS, REPOSITORY } from './paths.js';
import { sourceDigest } from './source-digest.js';

/** One full run over both networks, as it is kept in docs/conformance. */
export interface ConformanceRecord {
  readonly format: 'passage-conformance-1';
  /** When it was made, ISO 8601, UTC. */
  readonly made: string;
  /** The commit that was checked out, `+` behind it if files had been changed; unknown without a repository. */
  readonly commit: string;
  readonly versions: { readonly fabric: string; readonly node: string };
  /** What the record speaks of: see sourceDigest. */
  readonly sources: string;
  /** Seconds that the scenarios took on each network, bring-up not counted. */
  readonly seconds: { readonly fabric: number; readonly embedded: number };
  /** How much was observed in each scenario. */
  readonly scenarios: readonly { readonly name: string; readonly observations: number }[];
  readonly differences: readonly Difference[];
}

export interface Run {
  readonly observations: readonly Observation[];
  readonly seconds: number;
}

/** Makes the record of a run over both networks. */
export function makeRecord(fabric: Run, embedded: Run, fabricVersion: string, now: Date): ConformanceRecord {
  const counts = Map.groupBy(fabric.observations, ({ scenario }) => scenario);
  return {
    format: 'passage-conformance-1',
    made: now.toISOString(),
    commit: commitOf(REPOSITORY),
    versions: { fabric: fabricVersion, node: process.versions.node },
    sources: sourceDigest(REPOSITORY),
    seconds: { fabric: Math.round(fabric.seconds), embedded: Math.round(embedded.seconds) },
    scenarios: [...counts].map(([name, list]) => ({ name, observations: list.length })),
    differences: compare(fabric.observations, embedded.observations),
  };
}

/** Keeps a record under its day; a later one of the same day takes its place. */
export function keepRecord(record: ConformanceRecord): string {
  mkdirSync(RECORDS, { recursive: true });
  const file = `${RECORDS}/${record.made.slice(0, 10)}.json`;
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  return file;
}

/** The newest record; undefined where none was ever made. */
export function latestRecord(): ConformanceRecord | undefined {
  if (!existsSync(RECORDS)) return undefined;
  const newest = readdirSync(RECORDS)
    .filter((name) => /^\d{4}-\d\d-\d\d\.json$/.test(name))
    .sort()
    .at(-1);
  return newest === undefined
    ? undefined
    : (JSON.parse(readFileSync(`${RECORDS}/${newest}`, 'utf8')) as ConformanceRecord);
}

function commitOf(repository: string): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: repository,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    return git('rev-parse', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '+');
  } catch {
    return 'unknown';
  }
}
