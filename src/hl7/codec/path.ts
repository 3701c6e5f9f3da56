/** A place in words: `PID-3[2].1` (hl7.md 5.3). All numbers count from 1. */
export interface Path {
  readonly segment: string;
  /** The how-manieth segment of this name in the whole text. */
  readonly occurrence: number;
  /** Absent: the whole segment. */
  readonly field?: number;
  /** Absent: the first. */
  readonly repetition?: number;
  readonly component?: number;
  readonly subcomponent?: number;
}

const NUMBER = '([1-9]\\d{0,8})';
const PATH = new RegExp(
  `^([A-Z][A-Z0-9]{2})(?:\\[${NUMBER}\\])?(?:[-.]${NUMBER}(?:\\[${NUMBER}\\])?(?:\\.${NUMBER}(?:\\.${NUMBER})?)?)?$`,
);

/**
 * Reads `SEG`, `SEG-F`, `SEG[n]-F[r].C.S`; a `.` may stand for the `-`. `undefined` for anything else, also for a
 * segment name in lower case: in a message that would be another, invalid segment.
 */
export function parsePath(text: string): Path | undefined {
  const match = PATH.exec(text);
  if (!match?.[1]) return undefined;
  const [, segment, occurrence, field, repetition, component, subcomponent] = match;
  return {
    segment,
    occurrence: Number(occurrence ?? 1),
    ...(field && { field: Number(field) }),
    ...(repetition && { repetition: Number(repetition) }),
    ...(component && { component: Number(component) }),
    ...(subcomponent && { subcomponent: Number(subcomponent) }),
  };
}

/** Writes a path the short way: `[1]` is left out. */
export function formatPath(path: Path): string {
  let text = path.segment + ordinal(path.occurrence);
  if (path.field === undefined) return text;
  text += `-${path.field}${ordinal(path.repetition ?? 1)}`;
  if (path.component === undefined) return text;
  text += `.${path.component}`;
  return path.subcomponent === undefined ? text : `${text}.${path.subcomponent}`;
}

function ordinal(number: number): string {
  return number > 1 ? `[${number}]` : '';
}
