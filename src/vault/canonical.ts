import { StorageError } from '../engines/errors.ts';

/** Deeper values are refused. Ends a circular one, too. */
const MAX_DEPTH = 1_000;

/**
 * The one text form of a value: object keys sorted by code unit, no whitespace, ASCII only (durability 3.2).
 *
 * Everything beyond ASCII is written `\uXXXX`, so lone surrogates survive and a text has one byte a character.
 *
 * @throws StorageError of class `programmer` for what JSON cannot hold: NaN, undefined, BigInt, Date, Map, cycles (F30)
 */
export function canonical(value: unknown, depth = 0): string {
  switch (typeof value) {
    case 'string':
      return canonicalText(value);
    case 'number':
      if (Number.isFinite(value)) return JSON.stringify(value);
      break;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth > MAX_DEPTH) throw refusal('nested too deeply, or circular');
      if (Array.isArray(value)) return canonicalList(value, depth);
      if (isPlainObject(value)) return canonicalObject(value, depth);
  }
  throw refusal(`a ${kindOf(value)}`);
}

/** Equal as stored: the same canonical text. */
export function isSameValue(one: unknown, other: unknown): boolean {
  return one === other || canonical(one) === canonical(other);
}

/** An object as JSON makes them: no class, no exotic behaviour. Objects of another realm count. */
export function isPlainObject(value: unknown): value is { [member: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function canonicalText(text: string): string {
  const quoted = JSON.stringify(text);
  return isAscii(quoted) ? quoted : quoted.replace(/[\u0080-\uffff]/g, escapeUnit);
}

function canonicalList(list: readonly unknown[], depth: number): string {
  // A sparse list or one with named members would come back as another value.
  if (Object.keys(list).length !== list.length) throw refusal('a list with holes or named members');
  let text = '[';
  for (let i = 0; i < list.length; i++) text += (i ? ',' : '') + canonical(list[i], depth + 1);
  return `${text}]`;
}

function canonicalObject(object: { [member: string]: unknown }, depth: number): string {
  let text = '{';
  for (const key of Object.keys(object).sort()) {
    text += `${(text.length > 1 ? ',' : '') + canonicalText(key)}:${canonical(object[key], depth + 1)}`;
  }
  return `${text}}`;
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII itself
  return !/[^\u0000-\u007f]/.test(text);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice(8, -1);
}

function refusal(what: string): StorageError {
  return new StorageError('programmer', `cannot be stored: ${what}`);
}
