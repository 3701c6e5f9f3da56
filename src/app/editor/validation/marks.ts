import { type Issue, type ParsedText, type Position, spanOf } from '../../../hl7/index.ts';

/** An issue where it stands in the text. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly severity: Issue['severity'];
  readonly message: string;
}

/** More marks than this say no more than "much is wrong", and cost time. */
const MOST_MARKS = 200;

const marksByIssues = new WeakMap<readonly Issue[], readonly Mark[]>();

/**
 * Where errors, warnings and bad escapes stand. Other notes are in the list only: half of a sound message would be
 * underlined. The same issues give the same marks, so a view can tell that nothing changed.
 */
export function marksOf(parsed: ParsedText, issues: readonly Issue[]): readonly Mark[] {
  const known = marksByIssues.get(issues);
  if (known) return known;
  const marks: Mark[] = [];
  for (const issue of issues) {
    if (issue.severity === 'info' && issue.code !== 'BAD_ESCAPE') continue;
    const span = spanFor(parsed, issue);
    if (span) marks.push({ ...span, severity: issue.severity, message: issue.message });
    if (marks.length === MOST_MARKS) break;
  }
  marksByIssues.set(issues, marks);
  return marks;
}

/** The place an issue is about, as far as it exists. */
export function placeOf({ segmentIndex, fieldPosition }: Issue): Position | undefined {
  if (segmentIndex === undefined) return undefined;
  return { segment: segmentIndex, ...(fieldPosition !== undefined && { field: fieldPosition }) };
}

/** What is missing has no place of its own; then the name of its segment is marked. */
function spanFor(parsed: ParsedText, issue: Issue): { from: number; to: number } | undefined {
  const segment = parsed.segments[issue.segmentIndex ?? -1];
  if (!segment) return undefined;
  const place = placeOf(issue);
  const span = issue.fieldPosition === undefined || !place ? undefined : spanOf(parsed, place);
  if (span && span.to > span.from) return span;
  return { from: segment.start, to: segment.start + Math.max(1, segment.name.length) };
}
