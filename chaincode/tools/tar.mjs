import { crc32 } from 'node:zlib';

/*
 * A tar and a gzip writer that leave nothing to chance: no owner, no time, no order of a file system, no compression
 * whose output depends on the version or the processor. The same files give the same bytes everywhere, so organisations
 * that build the package each for themselves agree on its id.
 */

const BLOCK = 512;
const LARGEST_STORED_BLOCK = 0xffff;

/**
 * A POSIX ustar archive of plain files, in byte order of their names.
 *
 * @param {ReadonlyMap<string, Uint8Array>} files name (with slashes, at most 100 bytes) to content
 * @returns {Buffer}
 */
export function tar(files) {
  const names = [...files.keys()].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  const entries = names.flatMap((name) => {
    const content = Buffer.from(files.get(name));
    return [header(name, content.length), content, Buffer.alloc(-content.length & (BLOCK - 1))];
  });
  return Buffer.concat([...entries, Buffer.alloc(2 * BLOCK)]);
}

function header(name, size) {
  if (Buffer.byteLength(name) > 100) throw new Error(`the name is too long for a tar header: ${name}`);
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${octal(size, 11)}\0`, 124);
  block.write(`${octal(0, 11)}\0`, 136);
  block.write(' '.repeat(8), 148); // the checksum counts as blanks while it is computed
  block.write('0', 156);
  block.write('ustar\0' + '00', 257);
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${octal(checksum, 6)}\0 `, 148);
  return block;
}

function octal(value, digits) {
  return value.toString(8).padStart(digits, '0');
}

/**
 * A gzip member (RFC 1952) of stored blocks (RFC 1951, section 3.2.4): no compression, hence no choice.
 *
 * @param {Uint8Array} content
 * @returns {Buffer}
 */
export function gzipStored(content) {
  const parts = [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])];
  for (let at = 0; at === 0 || at < content.length; at += LARGEST_STORED_BLOCK) {
    const chunk = content.subarray(at, at + LARGEST_STORED_BLOCK);
    const start = Buffer.alloc(5);
    start[0] = at + chunk.length >= content.length ? 1 : 0;
    start.writeUInt16LE(chunk.length, 1);
    start.writeUInt16LE(chunk.length ^ 0xffff, 3);
    parts.push(start, chunk);
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length % 2 ** 32, 4);
  return Buffer.concat([...parts, trailer]);
}
