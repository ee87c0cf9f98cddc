import { build } from 'esbuild';

/**
 * A compiled module with all that it imports, as one script for a browser: its exports are members of the global `name`. An
 * import of Node's own is an error.
 *
 * @param entry file URL or path.
 */
export async function scriptForBrowser(entry: string, name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: name,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
