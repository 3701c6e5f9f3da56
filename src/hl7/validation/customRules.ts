import type { ParsedText } from '../codec/parse.ts';
import { parsePath } from '../codec/path.ts';
import { type Position, partAt, pathOf } from '../codec/position.ts';
import { readPart } from '../codec/read.ts';
import { findPlaceholders } from '../variables/placeholder.ts';
import type { Issue, Severity } from './issue.ts';
import { isMissing } from './presence.ts';

/**
 * What must hold at a place. There is no free pattern: rules are shared between people, and a pattern from elsewhere
 * could hang the page.
 */
export type Condition =
  | { readonly kind: 'present' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'maximumLength'; readonly length: number };

/** A rule of the user's own; stored with the settings. */
export interface CustomRule {
  /** `PID-3.1`: checked in every segment of that name, or in one with `PID[2]-3.1`. */
  readonly path: string;
  readonly condition: Condition;
  readonly message: string;
  readonly severity: Severity;
}

/** What a user's rule finds. A rule whose path is none finds nothing. */
export function* customIssues(parsed: ParsedText, rule: CustomRule): Generator<Issue> {
  const path = parsePath(rule.path);
  if (path?.field === undefined) return;
  const { segment: name, occurrence, ...place } = path;
  const isOne = rule.path.startsWith(`${name}[`);
  const { severity, message } = rule;
  let isFound = false;
  for (const segment of parsed.segments) {
    if (segment.name !== name || (isOne && segment.occurrence !== occurrence)) continue;
    isFound = true;
    const position: Position = { segment: segment.index, ...place };
    if (holds(parsed, position, rule.condition)) continue;
    yield {
      severity,
      code: 'CUSTOM',
      message,
      path: pathOf(parsed, position) ?? rule.path,
      segmentIndex: segment.index,
      fieldPosition: path.field,
    };
  }
  if (!isFound && rule.condition.kind === 'present')
    yield { severity, code: 'CUSTOM', message, path: rule.path };
}

function holds(parsed: ParsedText, position: Position, condition: Condition): boolean {
  const part = partAt(parsed, position);
  if (!part || isMissing(part)) return condition.kind !== 'present';
  if (condition.kind === 'present') return true;
  if (condition.kind === 'absent') return false;
  if (findPlaceholders(part.wire).length > 0) return true;
  const reading = readPart(part);
  const value = reading.kind === 'value' ? reading.value : reading.wire;
  return condition.kind === 'oneOf' ? condition.values.includes(value) : value.length <= condition.length;
}
