import { type Delimiters, delimitersOfHeader, isDelimiterCharacter } from '../codec/delimiters.ts';
import { encodeDelimiters } from '../codec/encode.ts';
import { tokenise } from '../codec/escape.ts';
import type { ParsedText, Segment } from '../codec/parse.ts';
import { childrenOf, fieldsOf, isDivided, type Part, separatorWithin } from '../codec/parts.ts';
import { type Change, type Edit, edited, type Refused, refused } from './edit.ts';

/** Five different characters, all in use. */
export type CompleteDelimiters = { readonly [Role in keyof Delimiters]: string };

/**
 * Rewrites a header and everything up to the next one with other delimiters. Every value reads the same afterwards;
 * sequences that are no delimiters keep their meaning.
 *
 * @param index  of a segment that is MSH, FHS or BHS
 * @returns `bad-delimiters` unless they are five different characters that can divide; `breaks-out` where a name or a
 *   sequence such as `\.br\` holds one of them and would fall apart
 */
export function changeDelimiters(parsed: ParsedText, index: number, next: CompleteDelimiters): Edit {
  const characters = Object.values(next);
  if (!characters.every(isDelimiterCharacter) || new Set(characters).size < 5)
    return refused('bad-delimiters');
  const header = parsed.segments[index];
  if (!header || !delimitersOfHeader(header.wire)) return refused('no-such-place');
  const changes: Change[] = [];
  for (const segment of parsed.segments.slice(index)) {
    if (segment !== header && delimitersOfHeader(segment.wire)) break;
    const wire = rewriteSegment(segment, next);
    if (typeof wire !== 'string') return wire;
    changes.push({ from: segment.start, to: segment.start + segment.wire.length, insert: wire });
  }
  return edited(parsed.text, changes);
}

function rewriteSegment(segment: Segment, next: CompleteDelimiters): string | Refused {
  if (segment.name.includes(next.field)) return refused('breaks-out');
  let wire = segment.name;
  for (const field of fieldsOf(segment)) {
    const isHeaderField = delimitersOfHeader(segment.wire) !== undefined && field.number <= 2;
    if (isHeaderField && field.number === 1) continue;
    const rewritten = isHeaderField ? headerField(field, next) : rewritePart(field, next);
    if (typeof rewritten !== 'string') return rewritten;
    wire += next.field + rewritten;
  }
  return wire;
}

/** A truncation character (HL7 2.7) stays, unless it is now needed for something else. */
function headerField({ wire }: Part, next: CompleteDelimiters): string {
  const rest = wire.slice(4);
  const isTaken = Object.values(next).some((character) => rest.includes(character));
  return next.component + next.repetition + next.escape + next.subcomponent + (isTaken ? '' : rest);
}

function rewritePart(part: Part, next: CompleteDelimiters): string | Refused {
  const separator = separatorWithin(part.level, next);
  if (!isDivided(part) || separator === undefined) return rewriteLeaf(part, next);
  const pieces: string[] = [];
  for (const child of childrenOf(part)) {
    const piece = rewritePart(child, next);
    if (typeof piece !== 'string') return piece;
    pieces.push(piece);
  }
  return pieces.join(separator);
}

function rewriteLeaf({ wire, delimiters }: Part, next: CompleteDelimiters): string | Refused {
  let rewritten = '';
  for (const token of tokenise(wire, delimiters)) {
    const body = token.wire.slice(1, -1);
    if (token.kind !== 'sequence' || /^[FSRTE]$/.test(body)) {
      rewritten += encodeDelimiters(token.text, next);
      continue;
    }
    if (Object.values(next).some((character) => body.includes(character))) return refused('breaks-out');
    rewritten += next.escape + body + next.escape;
  }
  return rewritten;
}
