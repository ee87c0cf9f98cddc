import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

/**
 * The page that checks bundles, as one HTML text that needs nothing else: script and style stand in it, and its policy names
 * both by their hashes and allows nothing besides, no connection, no picture, no form's target. Equal sources give equal bytes.
 */
export async function buildPage(): Promise<string> {
  const style = read('../page/style.css');
  const script = await bundled();
  const { version } = JSON.parse(read('../package.json')) as { readonly version: string };
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts: Readonly<Record<string, string>> = {
    '{policy}': policy,
    '{version}': version,
    '<style></style>': `<style>${style}</style>`,
    '<script></script>': `<script>${script}</script>`,
  };
  // In one pass: what is put in is not looked at again.
  return read('../page/page.html').replace(
    /\{policy\}|\{version\}|<(style|script)><\/\1>/g,
    (part) => parts[part] ?? part,
  );
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('browser/page.js', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    minify: true,
    // Licences of what stands in the page have to stand in it, too.
    legalComments: 'eof',
    charset: 'utf8',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** As a policy names an inline script or style (CSP level 3, section 2.3.1). */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
