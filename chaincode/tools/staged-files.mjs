import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What keeps the package from being built, with the command that mends it. */
export class StagingError extends Error {}

/** Name of the list of private collections, in the package and in the workspace: the format of `--collections-config`. */
export const COLLECTIONS = 'collections.json';

/**
 * The files that make the chaincode run, by their names in the package: its compiled code, that of the domain where Node
 * looks for it, what it needs from npm, the peer's part of the connection and, where there is one, the list of its private
 * collections, so that the package's hash stands for them, too. Tests, maps, types and what is for browsers stay behind.
 *
 * @param {string} root the repository
 * @param {string} [collections] a list of private collections in place of the chaincode's own
 * @returns {Map<string, Buffer>}
 */
export function stagedFiles(root, collections = join(root, 'chaincode', COLLECTIONS)) {
  const chaincode = packageOf(join(root, 'chaincode'));
  const domain = packageOf(join(root, 'domain'));
  const { '@passage/domain': _, ...fromNpm } = chaincode.manifest.dependencies;
  const { name, version, license, type, exports, imports } = domain.manifest;
  return new Map([
    ['connection.json', json({ dial_timeout: '10s' })],
    [
      'package.json',
      json({
        name: 'passage-chaincode',
        version: chaincode.manifest.version,
        private: true,
        license: chaincode.manifest.license,
        type: 'module',
        dependencies: fromNpm,
        overrides: readJson(join(root, 'package.json')).overrides,
      }),
    ],
    ...(existsSync(collections) ? [[COLLECTIONS, readFileSync(collections)]] : []),
    ...chaincode.code,
    [
      'node_modules/@passage/domain/package.json',
      json({ name, version, license, type, exports: exports['.'].default, imports: forNode(imports) }),
    ],
    ...domain.code.map(([path, content]) => [`node_modules/@passage/domain/${path}`, content]),
  ]);
}

/** A workspace's manifest and its compiled code: one file for each source file, so that nothing stale slips in. */
function packageOf(folder) {
  const source = join(folder, 'src');
  const paths = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(source, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path.endsWith('.ts') && !/(\.d|\.test|\/portable)\.ts$|(^|\/)testing\//.test(path));
  return {
    manifest: readJson(join(folder, 'package.json')),
    code: paths.map((path) => {
      const compiled = `dist/${path.replace(/\.ts$/, '.js')}`;
      return [compiled, readCompiled(join(folder, compiled))];
    }),
  };
}

/** A package's inner imports without those for browsers. */
function forNode(imports) {
  return Object.fromEntries(Object.entries(imports).map(([name, { browser: _, ...rest }]) => [name, rest]));
}

function readCompiled(path) {
  if (existsSync(path)) return readFileSync(path);
  throw new StagingError(`${path} is not there: run \`npm run build\` first`);
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function json(value) {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
