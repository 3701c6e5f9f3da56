import type { Pace } from './pace.ts';
import type { RefusalCode } from './verdict.ts';

/** Larger files are not read at all: what they hold could not be kept beside what is there (corpus, decision 3). */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

const CHUNK_BYTES = 262_144;
const BYTE_ORDER_MARK = '\uFEFF';

/** First bytes of gzip, zip (three forms), bzip2, xz, zstd, 7z and rar. */
const COMPRESSED = [
  [0x1f, 0x8b],
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0x50, 0x4b, 0x07, 0x08],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c],
  [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07],
];
const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/** The text of a file: strict UTF-8, without the one byte order mark that it may begin with. */
export async function decodeText(
  bytes: Uint8Array,
  pace: Pace,
): Promise<{ kind: 'text'; text: string } | { kind: 'broken'; code: RefusalCode }> {
  const code = tellByFirstBytes(bytes);
  if (code) return { kind: 'broken', code };
  // The mark is taken off by hand, once: the decoder's own way would also take off one that is data.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const pieces: string[] = [];
  try {
    for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
      pieces.push(decoder.decode(bytes.subarray(from, from + CHUNK_BYTES), { stream: true }));
      if (pace.spend(CHUNK_BYTES / 4)) await pace.rest();
    }
    pieces.push(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError) return { kind: 'broken', code: 'invalid-utf8' };
    throw error;
  }
  const text = pieces.join('');
  return { kind: 'text', text: text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
}

/** Says what a file is that is no UTF-8 text of ours, before anything tries to decode it. */
function tellByFirstBytes(bytes: Uint8Array): RefusalCode | undefined {
  if (bytes.length > MAX_FILE_BYTES) return 'too-large';
  if (COMPRESSED.some((magic) => startsWith(bytes, magic))) return 'compressed-file';
  if (UTF16_MARKS.some((mark) => startsWith(bytes, mark)) || hasNulBesideAscii(bytes))
    return 'wrong-encoding';
  // JSON and HL7 begin with ASCII, so this is an image, a database, or the zeros of a file that was never written.
  const [first = 0x20] = startsWith(bytes, UTF8_MARK) ? [] : bytes;
  return first >= 0x80 || first === 0 ? 'not-json' : undefined;
}

/** Our texts begin with two ASCII characters, so a NUL among the first bytes shows wider units (RFC 4627, section 3). */
function hasNulBesideAscii([first, second, third, fourth]: Uint8Array): boolean {
  if (first === 0 && second === 0 && third === 0) return fourth !== 0 && fourth !== undefined;
  return (first === 0) !== (second === 0) && second !== undefined;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => bytes[i] === byte);
}
