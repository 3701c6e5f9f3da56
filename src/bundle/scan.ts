import type { Json } from '../vault/types.ts';
import type { Pace } from './pace.ts';
import { lineAndColumn, skipSpace, stringEnd } from './scanText.ts';
import type { Place, RefusalCode } from './verdict.ts';

/** Containers within containers (corpus, decision 2). HL7 needs 3. */
export const MAX_DEPTH = 64;

/**
 * Down to here, containers are put together member by member; deeper values are handed to `JSON.parse` one by one, so
 * that no single call parses the whole file. In a bundle the records lie right below.
 */
const ASSEMBLED_DEPTH = 4;

/** Keys that reach an object's prototype when somebody copies or looks them up carelessly. */
export const DANGEROUS_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export type Scan =
  /** `unsafe`: offsets of whole numbers beyond 2^53, which may have changed when they were read. */
  { kind: 'value'; value: Json; unsafe: number[] } | Broken;

interface Broken {
  kind: 'broken';
  code: RefusalCode;
  at: Place;
  isCutOff: boolean;
  /** What was complete before the text ended, where it was cut off. */
  partial: Json | undefined;
}

interface Frame {
  readonly isList: boolean;
  /** Keys so far; `null` in a list. */
  readonly keys: Set<string> | null;
  /** What its members are put into; `null` below the assembled depth. */
  readonly target: Json[] | { [member: string]: Json } | null;
  /** The key whose value comes next. */
  key: string;
}

/**
 * Strict JSON (RFC 8259), in one pass without recursion: also refuses what `JSON.parse` hides or cannot survive:
 * duplicate keys (escaped ones, too), keys that reach a prototype, nesting deeper than 64, numbers beyond any double.
 */
export async function scanJson(text: string, pace: Pace): Promise<Scan> {
  const stack: Frame[] = [];
  const unsafe: number[] = [];
  let root: Json = null;
  let at = skipSpace(text, 0);
  let expects: 'value' | 'firstValue' | 'firstKey' | 'key' | 'next' = 'value';
  /** Where the value began that goes to `JSON.parse` as one piece. */
  let pieceStart = 0;
  let paid = 0;

  const broken = (code: RefusalCode, where = at): Broken => {
    const isCutOff = code === 'not-json' && where >= text.length;
    const partial = isCutOff ? (stack[0]?.target ?? undefined) : undefined;
    return { kind: 'broken', code, at: lineAndColumn(text, Math.min(where, text.length)), isCutOff, partial };
  };
  const put = (value: Json) => {
    const frame = stack.at(-1);
    if (!frame) root = value;
    else if (Array.isArray(frame.target)) frame.target.push(value);
    else if (frame.target) frame.target[frame.key] = value;
  };
  const putPiece = (from: number, to: number) => put(JSON.parse(text.slice(from, to)) as Json);

  for (;;) {
    if (at - paid > 4_096) {
      if (pace.spend(at - paid)) await pace.rest();
      paid = at;
    }
    const frame = stack.at(-1);
    const unit = text.charCodeAt(at);

    if (expects === 'next') {
      if (!frame) {
        return at < text.length ? broken('not-json') : { kind: 'value', value: root, unsafe };
      }
      if (unit === COMMA) {
        expects = frame.isList ? 'value' : 'key';
        at = skipSpace(text, at + 1);
        continue;
      }
    }

    if (frame && expects !== 'value' && expects !== 'key' && unit === (frame.isList ? CLOSE_LIST : CLOSE)) {
      stack.pop();
      if (frame.target === null && stack.length === ASSEMBLED_DEPTH) putPiece(pieceStart, at + 1);
      expects = 'next';
      at = skipSpace(text, at + 1);
      continue;
    }
    if (expects === 'next') return broken('not-json');

    if (frame?.keys && (expects === 'key' || expects === 'firstKey')) {
      if (unit !== QUOTE) return broken('not-json');
      const end = stringEnd(text, at);
      if (end.kind === 'broken') return broken('not-json', end.at);
      const quoted = text.slice(at, end.at);
      const key = end.hasEscapes ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
      if (DANGEROUS_KEYS.has(key)) return broken('dangerous-key');
      if (frame.keys.has(key)) return broken('duplicate-key');
      frame.keys.add(key);
      frame.key = key;
      at = skipSpace(text, end.at);
      if (text.charCodeAt(at) !== COLON) return broken('not-json');
      expects = 'value';
      at = skipSpace(text, at + 1);
      continue;
    }

    if (unit === OPEN || unit === OPEN_LIST) {
      if (stack.length === MAX_DEPTH) return broken('too-deep');
      const isList = unit === OPEN_LIST;
      const target = stack.length < ASSEMBLED_DEPTH ? (isList ? [] : {}) : null;
      if (target) put(target);
      else if (stack.length === ASSEMBLED_DEPTH) pieceStart = at;
      stack.push({ isList, keys: isList ? null : new Set(), target, key: '' });
      expects = isList ? 'firstValue' : 'firstKey';
      at = skipSpace(text, at + 1);
      continue;
    }

    const end = scalarEnd(text, at, unit);
    if (end.kind === 'broken') return broken('not-json', end.at);
    if (end.kind === 'number') {
      const number = Number(text.slice(at, end.at));
      if (!Number.isFinite(number)) return broken('unsafe-integer');
      if (end.isWhole && !Number.isSafeInteger(number)) unsafe.push(at);
    }
    if (stack.length <= ASSEMBLED_DEPTH) putPiece(at, end.at);
    expects = 'next';
    at = skipSpace(text, end.at);
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const LITERALS = ['true', 'false', 'null'];

type ScalarEnd =
  | { kind: 'text' | 'literal' | 'broken'; at: number }
  | { kind: 'number'; at: number; isWhole: boolean };

function scalarEnd(text: string, at: number, unit: number): ScalarEnd {
  if (unit === QUOTE) {
    const end = stringEnd(text, at);
    return { kind: end.kind === 'broken' ? 'broken' : 'text', at: end.at };
  }
  const literal = LITERALS.find((word) => text.startsWith(word, at));
  if (literal) return { kind: 'literal', at: at + literal.length };
  NUMBER.lastIndex = at;
  const found = NUMBER.exec(text);
  if (found) return { kind: 'number', at: NUMBER.lastIndex, isWhole: !found[1] && !found[2] };
  const rest = text.slice(at, at + 5);
  const isCutShort = rest.length < 5 && [...LITERALS, '-'].some((word) => word.startsWith(rest));
  return { kind: 'broken', at: isCutShort ? text.length : at };
}
