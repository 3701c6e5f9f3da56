import { toBytes } from './bytes.ts';
import { canonical } from './canonical.ts';
import { type Digest, sha256 } from './sha256.ts';

/**
 * Large enough to become a side file in Chromium, so that its damage stays in this page; small enough that parsing one is
 * a short task (docs/decisions/0002). Readers take pages of any size.
 */
const PAGE_BYTES = 1 << 19;

/** Body lines cut into pages, with their digests: all of a commit or snapshot but the header. */
export interface Body {
  pages: readonly Uint8Array<ArrayBuffer>[];
  digests: readonly string[];
}

/**
 * Cuts lines into pages between lines; a bigger line has a page of its own. Always at least one page.
 *
 * Waits for the digest of each page before it makes the next one, so that a large body is no long task (performance T9).
 *
 * @param lines  made while they are asked for, so that only those of one page are in memory
 */
export async function makeBody(
  lines: Iterable<string> | AsyncIterable<string>,
  digest: Digest,
): Promise<Body> {
  const pages: Uint8Array<ArrayBuffer>[] = [];
  const digests: string[] = [];
  const close = async (text: string) => {
    const page = toBytes(text);
    pages.push(page);
    digests.push(await digest(page));
  };
  let text = '';
  for await (const line of lines) {
    if (text !== '' && text.length + line.length >= PAGE_BYTES) {
      await close(text);
      text = '';
    }
    text += `${line}\n`;
  }
  await close(text);
  return { pages, digests };
}

/** Adds `pages` and `seal` to the members of a header. Synchronous: it runs inside the transaction (durability 3.4). */
export function sealHeader<Members extends object>(members: Members, body: Body) {
  const unsealed = { ...members, pages: body.digests };
  return { ...unsealed, seal: sha256(canonical(unsealed)) };
}

/** What is stored: the header line and the first body lines in page 0, the rest in pages 1…. */
export function toPages(header: object, body: Body): Uint8Array<ArrayBuffer>[] {
  const [first = new Uint8Array(), ...rest] = body.pages;
  const line = toBytes(`${canonical(header)}\n`);
  const page = new Uint8Array(line.length + first.length);
  page.set(line);
  page.set(first, line.length);
  return [page, ...rest];
}
