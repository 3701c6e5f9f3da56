import { identifyingSpans, parse, parsePath, pathAt } from '../../../hl7/index.ts';

/** Fields of a text that hold what may tell who somebody is, such as `PID-5`: each once, never the values (I22). */
export function patientLikePlaces(text: string): string[] {
  const parsed = parse(text);
  const places = new Set<string>();
  for (const { from } of identifyingSpans(parsed)) {
    const path = parsePath(pathAt(parsed, from) ?? '');
    if (path) places.add(`${path.segment}-${path.field}`);
  }
  return [...places];
}
