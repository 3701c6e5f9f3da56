import type { Json } from '../vault/types.ts';
import type { Pace } from './pace.ts';
import { findStringFault, lineAndColumn, skipSpace } from './scanText.ts';
import { keyAt, scalarEnd } from './scanToken.ts';
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

/** How often the scanner asks whether it is time to pause. */
const CHARACTERS_BETWEEN_LOOKS = 4_096;

export type Scan =
  /** `unsafe`: offsets of whole numbers beyond 2^53, which may have changed when they were read. */
  { kind: 'value'; value: Json; unsafe: number[]; spans: Spans } | Broken;

/** Where the assembled containers and the pieces right below them stand in the text. */
export type Spans = ReadonlyMap<object, { readonly from: number; readonly to: number }>;

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
  readonly from: number;
}

/**
 * Strict JSON (RFC 8259), in one pass without recursion: also refuses what `JSON.parse` hides or cannot survive:
 * duplicate keys (escaped ones, too), keys that reach a prototype, nesting deeper than 64, numbers beyond any double.
 */
export async function scanJson(text: string, pace: Pace): Promise<Scan> {
  const scanner = createScanner(text);
  let paid = 0;
  for (;;) {
    const scan = scanner.step();
    if (scan) return scan;
    const done = scanner.at() - paid;
    if (done < CHARACTERS_BETWEEN_LOOKS) continue;
    paid += done;
    if (pace.spend(done)) await pace.rest();
  }
}

/** Reads one token a step, until it has the value or knows that there is none. */
function createScanner(text: string): { step(): Scan | undefined; at(): number } {
  const stack: Frame[] = [];
  const unsafe: number[] = [];
  const spans = new Map<object, { readonly from: number; readonly to: number }>();
  let root: Json = null;
  let expects: 'value' | 'firstValue' | 'firstKey' | 'key' | 'next' = 'value';
  let at = skipSpace(text, 0);

  function step(): Scan | undefined {
    const frame = stack.at(-1);
    const unit = text.charCodeAt(at);
    if (!frame && expects === 'next')
      return at < text.length ? broken('not-json') : { kind: 'value', value: root, unsafe, spans };
    if (frame && unit === (frame.isList ? CLOSE_LIST : CLOSE) && expects !== 'value' && expects !== 'key')
      return close(frame);
    if (frame && expects === 'next') {
      if (unit !== COMMA) return broken('not-json');
      return goOn(at + 1, frame.isList ? 'value' : 'key');
    }
    if (frame?.keys && (expects === 'key' || expects === 'firstKey')) return readKey(frame, frame.keys);
    return unit === OPEN || unit === OPEN_LIST ? open(unit === OPEN_LIST) : readScalar();
  }

  function readKey(frame: Frame, keys: Set<string>): Broken | undefined {
    const key = keyAt(text, at);
    if (key.kind === 'broken') return broken('not-json', key.at);
    if (DANGEROUS_KEYS.has(key.name)) return broken('dangerous-key');
    if (keys.has(key.name)) return broken('duplicate-key');
    keys.add(key.name);
    frame.key = key.name;
    at = skipSpace(text, key.at);
    return text.charCodeAt(at) === COLON ? goOn(at + 1, 'value') : broken('not-json');
  }

  function open(isList: boolean): Broken | undefined {
    if (stack.length === MAX_DEPTH) return broken('too-deep');
    const target = stack.length < ASSEMBLED_DEPTH ? (isList ? [] : {}) : null;
    if (target) put(target);
    stack.push({ isList, keys: isList ? null : new Set(), target, key: '', from: at });
    return goOn(at + 1, isList ? 'firstValue' : 'firstKey');
  }

  function close({ from, target }: Frame): Broken | undefined {
    stack.pop();
    if (target) spans.set(target, { from, to: at + 1 });
    else if (stack.length === ASSEMBLED_DEPTH && !putPiece(from, at + 1))
      return broken('not-json', findStringFault(text, from));
    return goOn(at + 1, 'next');
  }

  function readScalar(): Broken | undefined {
    const end = scalarEnd(text, at);
    if (end.kind === 'broken') return broken('not-json', end.at);
    if (end.kind === 'number') {
      const number = Number(text.slice(at, end.at));
      if (!Number.isFinite(number)) return broken('unsafe-integer');
      if (end.isWhole && !Number.isSafeInteger(number)) unsafe.push(at);
    }
    if (stack.length <= ASSEMBLED_DEPTH && !putPiece(at, end.at))
      return broken('not-json', findStringFault(text, at));
    return goOn(end.at, 'next');
  }

  function goOn(from: number, next: typeof expects): undefined {
    at = skipSpace(text, from);
    expects = next;
  }

  /** Structure is sound by now; what is inside strings is the parser's to judge. */
  function putPiece(from: number, to: number): boolean {
    let value: Json;
    try {
      value = JSON.parse(text.slice(from, to)) as Json;
    } catch {
      return false;
    }
    if (typeof value === 'object' && value !== null) spans.set(value, { from, to });
    put(value);
    return true;
  }

  function put(value: Json): void {
    const frame = stack.at(-1);
    if (!frame) root = value;
    else if (Array.isArray(frame.target)) frame.target.push(value);
    else if (frame.target) frame.target[frame.key] = value;
  }

  function broken(code: RefusalCode, where = at): Broken {
    const isCutOff = code === 'not-json' && where >= text.length;
    const partial = isCutOff ? (stack[0]?.target ?? undefined) : undefined;
    return { kind: 'broken', code, at: lineAndColumn(text, where), isCutOff, partial };
  }

  return { step, at: () => at };
}

const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
