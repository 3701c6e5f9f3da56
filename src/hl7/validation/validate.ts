import { isHeader, type ParsedText, type Segment } from '../codec/parse.ts';
import { type Position, pathWithin } from '../codec/position.ts';
import { valueAt } from '../codec/read.ts';
import { isSegmentName } from '../codec/segmentName.ts';
import type { Dictionary } from '../dictionary/dictionary.ts';
import type { Tables } from '../dictionary/load.ts';
import { occurrencesOf } from '../variables/occurrences.ts';
import { type CustomRule, customIssues } from './customRules.ts';
import { conformanceRules, unknownRules } from './dictionaryRules.ts';
import { escapeRules } from './escapeRules.ts';
import { delimiterRules, mshRules } from './headerRules.ts';
import { type AdjustableCode, type Issue, SEVERITIES, type Severity } from './issue.ts';
import { pidRules } from './pidRules.ts';
import type { Found } from './rule.ts';

/** What validation may use beyond the text. Without dictionaries the rules that need one are left out. */
export interface ValidationContext {
  /** The dictionary in use, for unknown segments and fields. */
  readonly dictionary?: Dictionary;
  /** The dictionary for what MSH-12 says, for the rules of that version. */
  readonly dictionaryFor?: (versionId: string | undefined) => Dictionary | undefined;
  readonly tables?: Tables;
  /** Severities other than `SEVERITIES` says. */
  readonly severities?: Readonly<Partial<Record<AdjustableCode, Severity | 'off'>>>;
  readonly customRules?: readonly CustomRule[];
}

/** What is noteworthy about a text, in document order (hl7.md 7). Never throws; informs, and blocks nothing. */
export function validate(parsed: ParsedText, context: ValidationContext = {}): Issue[] {
  const { segments } = parsed;
  if (segments.length === 0) {
    return [
      { severity: 'error', code: 'EMPTY_MESSAGE', message: 'There is no message. Enter or paste one.' },
    ];
  }
  const issues: Issue[] = [...orderIssues(segments)];
  let dictionary: Dictionary | undefined;
  for (const segment of segments) {
    if (segment.name === 'MSH') {
      dictionary = context.dictionaryFor?.(
        valueAt(parsed, { segment: segment.index, field: 12, component: 1 }),
      );
    }
    for (const found of segmentRules(segment, dictionary, context)) {
      const severity = severityOf(found, context);
      if (severity !== 'off') issues.push(issueFrom(segment, found, severity));
    }
  }
  for (const rule of context.customRules ?? []) {
    for (const issue of customIssues(parsed, rule)) issues.push(issue);
  }
  return inDocumentOrder(issues);
}

/** The same for output that is to be sent: placeholders still in it are reported, one issue for each variable. */
export function validateOutput(parsed: ParsedText, context: ValidationContext = {}): Issue[] {
  const seen = new Set<string>();
  const issues = validate(parsed, context);
  for (const { id, position } of occurrencesOf(parsed)) {
    const segment = parsed.segments[position.segment];
    if (seen.has(id) || !segment) continue;
    seen.add(id);
    const { segment: _, ...place } = position;
    const message = 'A placeholder has no value yet. Enter one, or leave it empty on purpose.';
    issues.push(issueFrom(segment, { code: 'UNFILLED_PLACEHOLDER', ...place, message }, 'warning'));
  }
  return inDocumentOrder(issues);
}

function* orderIssues(segments: readonly Segment[]): Generator<Issue> {
  const severity = 'error';
  if (!segments.some((segment) => segment.name === 'MSH')) {
    yield { severity, code: 'MISSING_MSH', message: 'There is no MSH segment. Begin the message with one.' };
  }
  const first = segments.find((segment) => segment.name !== 'FHS' && segment.name !== 'BHS');
  if (!first || first.name === 'MSH') return;
  const message = 'The first segment is not MSH. Put MSH before everything else.';
  yield issueFrom(first, { code: 'MSH_NOT_FIRST', message }, severity);
}

function* segmentRules(
  segment: Segment,
  dictionary: Dictionary | undefined,
  context: ValidationContext,
): Generator<Found> {
  if (!isSegmentName(segment.name)) {
    const message =
      'A segment name is an upper-case letter and two upper-case letters or digits. Correct the name.';
    yield { code: 'INVALID_SEGMENT_NAME', message };
  }
  if (isHeader(segment)) yield* delimiterRules(segment);
  if (segment.name === 'MSH') yield* mshRules(segment);
  if (segment.name === 'PID') yield* pidRules(segment);
  yield* escapeRules(segment);
  if (context.dictionary) yield* unknownRules(segment, context.dictionary);
  if (dictionary) yield* conformanceRules(segment, dictionary, context.tables ?? {});
}

function severityOf({ code }: Found, { severities }: ValidationContext): Severity | 'off' {
  switch (code) {
    case 'REQUIRED_FIELD':
    case 'TOO_LONG':
    case 'NOT_IN_TABLE':
    case 'NOT_REPEATABLE':
      return severities?.[code] ?? SEVERITIES[code];
    default:
      return SEVERITIES[code];
  }
}

function issueFrom(segment: Segment, { code, message, ...place }: Found, severity: Severity): Issue {
  const position: Position = { segment: segment.index, ...place };
  return {
    severity,
    code,
    message,
    path: pathWithin(segment, position),
    segmentIndex: segment.index,
    ...(place.field !== undefined && { fieldPosition: place.field }),
  };
}

/** Sorting keeps the order of equals, so what concerns one field stays in the order of the rules. */
function inDocumentOrder(issues: Issue[]): Issue[] {
  const segmentOf = (issue: Issue) => issue.segmentIndex ?? -1;
  const fieldOf = (issue: Issue) => issue.fieldPosition ?? 0;
  return issues.sort((a, b) => segmentOf(a) - segmentOf(b) || fieldOf(a) - fieldOf(b));
}
